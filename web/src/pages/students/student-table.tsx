import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import type { StudentItem } from '../../api/students.ts';
import { isNotMetYet } from '../../components/not-met.ts';
import { StageTag } from '../../components/stage-tag.tsx';
import { TargetName } from '../../components/target-name.tsx';
import { VerdictIcon } from '../../components/verdict-tag.tsx';
import { daysBetween } from '../../components/waiting-sentence.tsx';
import { legalDateOf } from '../../i18n/dates.ts';
import './student-table.css';

type Status = StudentItem['pathways'][number];

/** One line a student, one column a certificate: stage, verdict and who is waited for. */
export function StudentTable({ rows }: { rows: readonly StudentItem[] }) {
  const { t } = useTranslation('students');
  const targets = targetsOf(rows);
  return (
    <div className="dense-frame student-table">
      <table className="dense fits">
        <thead>
          <tr>
            <th scope="col">{t('columns.studentNo')}</th>
            <th scope="col">{t('columns.name')}</th>
            <th scope="col">{t('columns.class')}</th>
            {targets.map((target) => (
              <th scope="col" key={keyOf(target)}>
                <TargetName target={target} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <StudentRow key={row.id} row={row} targets={targets} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StudentRow({ row, targets }: { row: StudentItem; targets: readonly Status[] }) {
  const { t } = useTranslation('students');
  return (
    <tr>
      <td className="nowrap">{row.studentNo}</td>
      <th scope="row" className="student-name">
        <Link to="/students/$studentId" params={{ studentId: row.id }}>
          {row.name}
        </Link>
        {row.status !== 'enrolled' && <span className="quiet small"> {t(`statuses.${row.status}`)}</span>}
      </th>
      <td className="nowrap">{row.class?.name}</td>
      {targets.map((target) => (
        <td key={keyOf(target)}>
          <StatusCell status={row.pathways.find((one) => keyOf(one) === keyOf(target))} />
        </td>
      ))}
    </tr>
  );
}

function StatusCell({ status }: { status: Status | undefined }) {
  const { t } = useTranslation('verdict');
  const { today } = useSession();
  if (!status) return <span className="quiet">—</span>;
  if (status.stage === null) return <span className="quiet">{t('notSeen')}</span>;
  const late =
    status.until === null || today === null
      ? 0
      : daysBetween(status.until.length > 10 ? legalDateOf(status.until) : status.until, today);
  const { waiting } = status;
  return (
    <span className="status-cell">
      {status.verdict && (
        <VerdictIcon
          type={status.verdict}
          words={isNotMetYet(status.verdict, status.stage) ? t('notMet') : undefined}
        />
      )}
      <span className="status-target">
        <TargetName target={status} />
      </span>
      <StageTag name={status.stage} />
      {waiting && waiting.role !== 'system' && waiting.role !== 'public' && (
        <span className="quiet clip">
          {t('waitShort', { who: [t(`role.${waiting.role}`), waiting.person?.name].filter(Boolean).join(' ') })}
        </span>
      )}
      {late > 0 && <span className="late">{t('overdue', { count: late })}</span>}
    </span>
  );
}

const keyOf = ({ type, standard, level }: Status): string => `${type}/${standard?.id ?? ''}/${level ?? ''}`;

/** The certificates these students aim at, in the order of the answer. */
function targetsOf(rows: readonly StudentItem[]): Status[] {
  const found = new Map<string, Status>();
  for (const { pathways } of rows) for (const one of pathways) if (!found.has(keyOf(one))) found.set(keyOf(one), one);
  return [...found.values()];
}
