import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Batch } from './kinds.ts';

const summaryKeys = [
  'students',
  'classes',
  'people',
  'courses',
  'added',
  'changed',
  'scores',
  'sheets',
  'results',
  'outcomes',
] as const;
const dependentKeys = [
  'score_sheet_rows',
  'score_events',
  'learning_outcomes',
  'enrolment_events',
  'credit_applications',
  'certificates',
  'decisions',
  'assessment_results',
  'decision_points',
  'users',
  'public_notices',
  'score_corrections',
  'score_sheets',
] as const;

/** What a commit writes, in counts. */
export function Summary({ summary }: { summary: Batch['report']['summary'] }) {
  const { t } = useTranslation('imports');
  const word = (key: string) =>
    summaryKeys.find((one) => one === key) ? t(`summary.${key as (typeof summaryKeys)[number]}`) : key;
  return (
    <dl className="row" style={{ gap: 12, margin: 0 }}>
      {Object.entries(summary).map(([key, count]) => (
        <div key={key} className="panel" style={{ padding: '8px 16px', minWidth: 90 }}>
          <dt className="quiet small">{word(key)}</dt>
          <dd style={{ margin: 0, fontSize: 20, fontWeight: 600 }}>{count}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What rests on a batch and keeps it from being undone. */
export function Dependents({ dependents }: { dependents: Batch['dependents'] }) {
  const { t } = useTranslation('imports');
  const word = (code: string) =>
    dependentKeys.find((one) => one === code) ? t(`dependent.${code as (typeof dependentKeys)[number]}`) : code;
  return (
    <Alert
      type="info"
      showIcon
      title={t('batch.prevented')}
      description={dependents.map(({ code, count }) => `${word(code)} ${count}`).join(' · ')}
    />
  );
}
