import { useTranslation } from 'react-i18next';
import { instantText } from '../../i18n/dates.ts';
import type { Sheet } from './sheet-model.ts';

const known = [
  'submitted',
  'accepted',
  'returned',
  'unlock_requested',
  'unlock_refused',
  'unlocked',
  'archived',
  'corrected',
] as const;

export function SheetHistory({ events }: Pick<Sheet, 'events'>) {
  const { t } = useTranslation('sheets');
  if (events.length === 0) return null;
  const word = (kind: string) =>
    known.find((one) => one === kind) ? t(`event.${kind as (typeof known)[number]}`) : kind;
  return (
    <section style={{ marginTop: 20 }}>
      <h2>{t('history')}</h2>
      <ol style={{ paddingLeft: 18 }}>
        {events.map(({ kind, at, by, reason }) => (
          <li key={`${kind} ${at}`}>
            <strong>{word(kind)}</strong> {by?.name} <span className="quiet small">{instantText(at)}</span>
            {reason && <div className="quiet">{t('reasonGiven', { reason })}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}
