import { StopOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { listText } from '../../i18n/list.ts';
import { ownBar } from './ready.ts';
import type { Ready } from './ready.ts';
import '../../components/verdict.css';

type Bar = Ready['barred'][number]['bars'][number];

function useBars(): (bars: readonly Bar[]) => string {
  const { t } = useTranslation('certificates');
  return (bars) => listText(bars.map((bar) => t(`bar.${bar}`)));
}

/** In the list: whether the reader must stand back; why stands beside it. */
export function OwnBar({ row }: { row: Ready }) {
  const { t } = useTranslation('certificates');
  if (!ownBar(row)) return null;
  return (
    <span className="tag tag-refer">
      <StopOutlined aria-hidden="true" />
      {t('ready.youBarred')}
    </span>
  );
}

/** Every officer who must stand back from a case, each with the reason, and whether anyone is left to sign. */
export function BarredOfficers({ row }: { row: Ready }) {
  const { t } = useTranslation('certificates');
  const say = useBars();
  if (row.barred.length === 0) return <span className="quiet">{t('ready.nobodyBarred')}</span>;
  return (
    <>
      {row.barred.map(({ officer, bars, you }) => (
        <div key={officer.id}>
          {you ? t('ready.you') : officer.name} <span className="quiet">{t('ready.because', { bars: say(bars) })}</span>
        </div>
      ))}
      {row.free === 0 && <strong style={{ color: 'var(--refused)' }}>{t('ready.nobodyFree')}</strong>}
    </>
  );
}
