import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { coursesQuery } from '../../api/students.ts';
import type { Student } from '../../api/students.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { decimalText } from '../../i18n/dates.ts';
import { PartLoading } from './part-loading.tsx';

type Course = components['schemas']['StudentCourse'];
type Result = Course['best'];

export function CoursesTab({ student }: { student: Student }) {
  const { t } = useTranslation('student');
  const query = useQuery(coursesQuery(student.id));
  return (
    <PartLoading query={query}>
      {({ items, passMark, creditsEarned, creditsNeeded }) => {
        if (items.length === 0) return <EmptyState words={t('courses.none')} />;
        const terms = [...new Set(items.map(({ termNo }) => termNo))];
        return (
          <div className="stack">
            <p className="quiet">
              {passMark === null
                ? t('courses.noPolicy')
                : t('courses.summary', {
                    pass: decimalText(passMark, 1),
                    earned: decimalText(creditsEarned ?? 0, 1),
                    needed: decimalText(creditsNeeded, 1),
                  })}
            </p>
            <div className="dense-frame">
              <table className="dense fits">
                <thead>
                  <tr>
                    <th scope="col" className="wide-only">
                      {t('courses.code')}
                    </th>
                    <th scope="col">{t('courses.name')}</th>
                    <th scope="col" className="wide-only">
                      {t('courses.kind')}
                    </th>
                    <th scope="col" className="num">
                      {t('courses.credits')}
                    </th>
                    <th scope="col" className="num">
                      {t('courses.result')}
                    </th>
                    <th scope="col">{t('courses.standing')}</th>
                    <th scope="col">{t('courses.attempts')}</th>
                  </tr>
                </thead>
                {terms.map((term) => (
                  <tbody key={term}>
                    <tr className="term-row">
                      <th scope="rowgroup" colSpan={7}>
                        {t('courses.term', { term })}
                      </th>
                    </tr>
                    {items
                      .filter(({ termNo }) => termNo === term)
                      .map((item) => (
                        <CourseRow key={item.course.id} item={item} />
                      ))}
                  </tbody>
                ))}
              </table>
            </div>
          </div>
        );
      }}
    </PartLoading>
  );
}

function CourseRow({ item }: { item: Course }) {
  const { t } = useTranslation('student');
  const resultText = useResultText();
  const [open, setOpen] = useState(false);
  const { course, credits, required, standing, best, attempts, converted } = item;
  return (
    <Fragment>
      <tr>
        <td className="nowrap wide-only">{course.code}</td>
        <td>{course.name}</td>
        <td className="quiet wide-only">
          {t(`courses.kinds.${course.kind as CourseKind}`)} · {required ? t('courses.required') : t('courses.elective')}
        </td>
        <td className="num">{decimalText(credits, 1)}</td>
        <td className="num">{resultText(best)}</td>
        <td>
          {standing === null ? (
            <span className="quiet">{t('courses.unknownStanding')}</span>
          ) : (
            <Standing standing={standing} />
          )}
          {converted && (
            <span className="quiet small">
              {' '}
              {t('courses.converted', { credits: decimalText(converted.credits, 1) })}
            </span>
          )}
        </td>
        <td>
          {attempts.length > 0 && (
            <Button
              type="link"
              size="small"
              aria-expanded={open}
              aria-label={`${t('courses.show')} ${course.name}`}
              onClick={() => setOpen(!open)}
            >
              {attempts.length}
            </Button>
          )}
        </td>
      </tr>
      {open && (
        <tr>
          <td className="wide-only" />
          <td colSpan={6}>
            <Attempts attempts={attempts} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

export type CourseKind =
  | 'public_basic'
  | 'professional_basic'
  | 'professional_core'
  | 'professional_elective'
  | 'public_elective'
  | 'practice'
  | 'internship'
  | 'politics'
  | 'physical_education';

const tone = { passed: 'truth-true', failed: 'truth-false', open: 'truth-unknown' } as const;

function Standing({ standing }: { standing: NonNullable<Course['standing']> }) {
  const { t } = useTranslation('student');
  return <span className={`nowrap ${tone[standing]}`}>{t(`courses.standings.${standing}`)}</span>;
}

function Attempts({ attempts }: Pick<Course, 'attempts'>) {
  const { t } = useTranslation('student');
  const resultText = useResultText();
  return (
    <div className="attempts">
      {attempts.map(({ attempt, result, components }) => (
        <div key={attempt} className="row">
          <strong>
            {t('courses.attempt', { n: attempt })} {resultText(result)}
          </strong>
          {components.map(({ name, weight, value, mark }) => (
            <span key={name ?? ''} className="quiet">
              {t('courses.componentLine', {
                name: name ?? t('courses.total'),
                weight: decimalText(weight, 2).replace(/\.?0+$/, ''),
                value: mark
                  ? t(`courses.marks.${mark}`)
                  : value === null
                    ? t('courses.missing')
                    : decimalText(value, 1),
              })}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** A result in words: points with two decimals, a mark, or that nothing is recorded. */
export function useResultText(): (result: Pick<Result, 'kind' | 'value'> & { mark: string | null }) => string {
  const { t } = useTranslation('student');
  return ({ kind, value, mark }) => {
    if (kind === 'missing') return t('courses.missing');
    if (kind === 'waived') return t('courses.waived');
    if (mark) return t(`courses.marks.${mark as NonNullable<Result['mark']>}`);
    return value === null ? t('courses.missing') : decimalText(value, 2);
  };
}
