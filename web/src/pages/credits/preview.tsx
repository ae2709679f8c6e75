import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Grounds } from '../../components/reason-panel.tsx';

interface Props {
  student: string;
  outcome: string;
  courses: readonly string[];
}

/** What the rules of today answer for each course, with their grounds. Nothing is stored. */
export function Preview({ student, outcome, courses }: Props) {
  const { t } = useTranslation('credits');
  const { data, error } = useQuery({
    queryKey: ['equivalence', outcome, courses],
    queryFn: () =>
      answer(
        api.POST('/v1/equivalences/evaluate', {
          body: { purpose: 'credit', outcomeId: outcome, studentId: student, courseIds: [...courses] },
        }),
      ),
  });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <p className="quiet">{t('wizard.previewing')}</p>;
  return (
    <div className="stack">
      {data.answers.map(({ course, verdict, title, reasons, ruleSet, ruleTitle, revision, hash, effectiveDate }) => (
        <section key={course?.id ?? ruleSet} className="panel">
          <h3>{course?.name}</h3>
          <Grounds
            why={{
              verdict,
              title,
              reasons,
              nearMisses: [],
              rule: { ruleSet, title: ruleTitle, revision, hash, effectiveDate, suspended: false },
            }}
          />
        </section>
      ))}
    </div>
  );
}
