import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { outcomesQuery } from '../../api/students.ts';
import type { Student } from '../../api/students.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { dateText, decimalText } from '../../i18n/dates.ts';
import { PartLoading } from './part-loading.tsx';

type Outcome = components['schemas']['Outcome'];

export function OutcomesTab({ student }: { student: Student }) {
  const { t } = useTranslation('student');
  const may = useMay();
  const query = useQuery(outcomesQuery(student.id));
  const toCredits = may('applications.read') && (
    <Link to="/credits" search={{ student: student.id }}>
      {t('outcomes.toCredits')}
    </Link>
  );
  return (
    <PartLoading query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState words={t('outcomes.none')}>{toCredits}</EmptyState>
        ) : (
          <div className="stack">
            <div className="dense-frame">
              <table className="dense">
                <thead>
                  <tr>
                    {(['name', 'kind', 'issuer', 'issuedOn', 'verified', 'spent'] as const).map((column) => (
                      <th scope="col" key={column}>
                        {t(`outcomes.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((outcome) => (
                    <OutcomeRow key={outcome.id} outcome={outcome} />
                  ))}
                </tbody>
              </table>
            </div>
            <div>{toCredits}</div>
          </div>
        )
      }
    </PartLoading>
  );
}

function OutcomeRow({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('student');
  const { name, number, origin, issuer, issuedOn, expiresOn, expired, credits, spentOn } = outcome;
  return (
    <tr>
      <td>
        {name} <OutcomeDetail outcome={outcome} />
        {number && <div className="quiet small">{number}</div>}
      </td>
      <td>{t(`outcomes.kinds.${outcome.kind}`)}</td>
      <td>{origin === 'own' ? t('outcomes.own') : issuer}</td>
      <td>
        {issuedOn && dateText(issuedOn)}
        {expiresOn && (
          <div className={`small ${expired ? 'truth-false' : 'quiet'}`}>
            {t(expired ? 'outcomes.expired' : 'outcomes.until', { date: dateText(expiresOn) })}
          </div>
        )}
      </td>
      <td>
        <Verified verified={outcome.verified} />
      </td>
      <td>
        {credits.map(({ courseId, course, credits: earned }) => (
          <div key={courseId}>{t('outcomes.creditLine', { course, credits: decimalText(earned, 1) })}</div>
        ))}
        {spentOn === null && <span className="quiet">{t('outcomes.unspent')}</span>}
      </td>
    </tr>
  );
}

/** Level, or tier and prize. */
export function OutcomeDetail({
  outcome: { level, contestTier, contestPrize },
}: {
  outcome: Pick<Outcome, 'level' | 'contestTier' | 'contestPrize'>;
}) {
  const { t } = useTranslation(['student', 'verdict']);
  const parts = [
    level && t(`verdict:level.${level as 'four'}`, { defaultValue: level }),
    contestTier && t(`outcomes.tiers.${contestTier as 'city'}`, { defaultValue: contestTier }),
    contestPrize && t(`outcomes.prizes.${contestPrize as 'first'}`, { defaultValue: contestPrize }),
  ];
  return <span className="quiet">{parts.filter(Boolean).join(' ')}</span>;
}

function Verified({ verified }: Pick<Outcome, 'verified'>) {
  const { t } = useTranslation('student');
  if (verified === null) return <span className="truth-unknown">{t('outcomes.toVerify')}</span>;
  return verified ? (
    <span className="truth-true">{t('outcomes.isVerified')}</span>
  ) : (
    <span className="truth-false">{t('outcomes.notVerified')}</span>
  );
}
