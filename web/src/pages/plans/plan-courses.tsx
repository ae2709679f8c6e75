import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { decimalText } from '../../i18n/dates.ts';
import type { CourseKind } from '../student/courses-tab.tsx';
import '../student/student.css';

type Course = components['schemas']['PlanCourse'];

export function PlanCourses({ courses }: { courses: readonly Course[] }) {
  const { t } = useTranslation(['plans', 'student']);
  if (courses.length === 0) return <EmptyState words={t('noCourses')} />;
  const terms = [...new Set(courses.map(({ termNo }) => termNo))];
  return (
    <div className="dense-frame">
      <table className="dense fits">
        <thead>
          <tr>
            <th scope="col" className="wide-only">
              {t('code')}
            </th>
            <th scope="col">{t('name')}</th>
            <th scope="col" className="wide-only">
              {t('kind')}
            </th>
            <th scope="col" className="num">
              {t('creditsOf')}
            </th>
            <th scope="col" className="num">
              {t('hours')}
            </th>
            <th scope="col" className="num">
              {t('practice')}
            </th>
          </tr>
        </thead>
        {terms.map((term) => (
          <Term key={term} term={term} courses={courses.filter(({ termNo }) => termNo === term)} />
        ))}
      </table>
    </div>
  );
}

function Term({ term, courses }: { term: number; courses: readonly Course[] }) {
  const { t } = useTranslation(['plans', 'student']);
  const may = useMay();
  const sum = (of: (course: Course) => number) => courses.reduce((total, course) => total + of(course), 0);
  return (
    <tbody>
      <tr className="term-row">
        <th scope="rowgroup" colSpan={6}>
          {t('term', { term })}{' '}
          <span className="quiet small">
            {t('termTotal', {
              credits: decimalText(
                sum(({ credits }) => credits),
                1,
              ),
              hours: sum(({ hours }) => hours),
            })}
          </span>
        </th>
      </tr>
      {courses.map(({ id, code, name, kind, credits, hours, practiceHours, required }) => (
        <tr key={id}>
          <td className="nowrap wide-only">{code}</td>
          <td>
            {may('schemes.read') ? (
              <Link to="/courses/$courseId/schemes" params={{ courseId: id }}>
                {name}
              </Link>
            ) : (
              name
            )}
          </td>
          <td className="quiet wide-only">
            {t(`student:courses.kinds.${kind as CourseKind}`)} ·{' '}
            {required ? t('student:courses.required') : t('student:courses.elective')}
          </td>
          <td className="num">{decimalText(credits, 1)}</td>
          <td className="num">{hours}</td>
          <td className="num">{practiceHours}</td>
        </tr>
      ))}
    </tbody>
  );
}
