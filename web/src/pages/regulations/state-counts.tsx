import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { articleStates, StateTag } from './state-tag.tsx';

/** How many articles are carried out how; a kind that does not occur is left out. */
export function StateCounts({ counts }: { counts: components['schemas']['Regulation']['counts'] }) {
  const { t } = useTranslation('regulations');
  return (
    <span className="row" style={{ gap: 4, flexWrap: 'wrap' }}>
      <span className="quiet nowrap">{t('counts', { total: counts.executable + counts.manual + counts.open })}</span>
      {articleStates.map((state) => counts[state] > 0 && <StateTag key={state} state={state} count={counts[state]} />)}
    </span>
  );
}
