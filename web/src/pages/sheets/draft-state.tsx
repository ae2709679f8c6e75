import { CheckOutlined, LoadingOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../api/client.ts';
import { currentLanguage } from '../../i18n/index.ts';
import { scoreText } from '../../score-grid/entry.ts';
import type { CellFault } from '../../score-grid/model.ts';
import type { Draft } from './use-draft.ts';

const clock = (at: Date): string =>
  at.toLocaleTimeString(currentLanguage(), { hour: '2-digit', minute: '2-digit', second: '2-digit' });

interface Props {
  draft: Draft;
  missing: number;
  faults: number;
  first: CellFault | null;
}

/** Always in sight while entering: who is missing, what is wrong, and whether the draft is safe. */
export function DraftState({ draft, missing, faults, first }: Props) {
  const { t } = useTranslation('sheets');
  return (
    <div className="row draft-state" style={{ marginBottom: 8, gap: 16 }}>
      <strong>{missing > 0 ? t('missing', { count: missing }) : t('complete')}</strong>
      {faults > 0 && (
        <span style={{ color: 'var(--refused)' }}>
          {t('faultsKept', { count: faults })}
          {first &&
            t('firstFault', {
              name: first.name,
              column: first.column.name,
              words: t(`grid.fault.${first.code}`, { max: scoreText(first.column.max) }),
            })}
        </span>
      )}
      <span className="quiet" role="status">
        <SaveState draft={draft} />
      </span>
    </div>
  );
}

function SaveState({ draft: { saving, failed, savedAt, unsaved } }: { draft: Draft }) {
  const { t } = useTranslation('sheets');
  if (saving) {
    return (
      <>
        <LoadingOutlined /> {t('saving')}
      </>
    );
  }
  if (failed !== null) {
    return (
      <span style={{ color: 'var(--refused)' }}>
        <WarningOutlined />{' '}
        {failed instanceof Refused && failed.code === 'version_mismatch' ? t('stale') : t('saveFailed')}
      </span>
    );
  }
  if (unsaved > 0) return <>{t('unsaved')}</>;
  return savedAt ? (
    <>
      <CheckOutlined /> {t('saved', { time: clock(savedAt) })}
    </>
  ) : null;
}
