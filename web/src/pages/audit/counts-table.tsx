import { useTranslation } from 'react-i18next';
import { TargetName } from '../../components/target-name.tsx';
import { VerdictTag } from '../../components/verdict-tag.tsx';
import type { Counts, Progress } from './counts.ts';
import { ScrollFrame } from '../../components/scroll-frame.tsx';

const verdicts = ['grant', 'refer', 'undetermined', 'deny', 'out-of-scope'] as const;
const stages = [
  'application',
  'collecting',
  'assessment',
  'deciding',
  'public_notice',
  'sign_off',
  'issuing',
  'issued',
  'refused',
  'referred',
  'suspended',
  'closed',
] as const;

interface Props {
  now: readonly Progress[];
  before: Counts | null;
}

/** How many pathways stand where; with what stood before an audit beside it. */
export function CountsTable({ now, before }: Props) {
  const { t } = useTranslation(['audit', 'verdict']);
  const usedStages = stages.filter((stage) => [...now, ...(before ?? [])].some((one) => (one.stages[stage] ?? 0) > 0));
  const usedVerdicts = verdicts.filter((verdict) =>
    [...now, ...(before ?? [])].some((one) => (one.verdicts[verdict] ?? 0) > 0),
  );
  const was = (one: Progress) => before?.find(({ type, level }) => type === one.type && level === one.level);
  return (
    <ScrollFrame>
      <table className="dense">
        <thead>
          <tr>
            <th scope="col">{t('column.target')}</th>
            <th scope="col" className="num">
              {t('total')}
            </th>
            {usedVerdicts.map((verdict) => (
              <th scope="col" className="num" key={verdict}>
                <VerdictTag type={verdict} />
              </th>
            ))}
            {usedStages.map((stage) => (
              <th scope="col" className="num" key={stage}>
                {t(`verdict:stage.${stage}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {now.map((one) => (
            <tr key={`${one.type} ${one.level}`}>
              <th scope="row">
                <TargetName
                  target={{
                    type: one.type,
                    level: one.level,
                    standard: one.standard && { id: '', code: '', edition: '', name: one.standard },
                  }}
                />
              </th>
              <td className="num">{one.total}</td>
              {usedVerdicts.map((verdict) => (
                <Count
                  key={verdict}
                  now={one.verdicts[verdict] ?? 0}
                  before={was(one) && (was(one)?.verdicts[verdict] ?? 0)}
                />
              ))}
              {usedStages.map((stage) => (
                <Count key={stage} now={one.stages[stage] ?? 0} before={was(one) && (was(one)?.stages[stage] ?? 0)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Count({ now, before }: { now: number; before: number | undefined }) {
  const { t } = useTranslation('audit');
  if (before === undefined || before === now) return <td className="num">{now}</td>;
  return (
    <td className="num">
      <span className="quiet" title={t('before')}>
        {before} →{' '}
      </span>
      <strong title={t('after')}>{now}</strong>{' '}
      <span className="small">
        ({now > before ? '+' : '−'}
        {Math.abs(now - before)})
      </span>
    </td>
  );
}
