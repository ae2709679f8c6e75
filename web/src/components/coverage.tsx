import { useTranslation } from 'react-i18next';
import type { components } from '../api/schema.d.ts';
import { decimalText } from '../i18n/dates.ts';
import { EmptyState } from './empty-state.tsx';
import { TargetName } from './target-name.tsx';
import './coverage.css';

type Coverage = components['schemas']['Coverage'];
type Unit = Coverage['targets'][number]['units'][number];
type Result = NonNullable<Unit['courses'][number]['result']>;

interface Props {
  coverage: Coverage;
  /** On a student's page: the result beside each course. */
  resultText?: (result: Result) => string;
}

/** The units of each level, the courses that cover them, and the share that no course covers. */
export function CoverageTables({ coverage: { targets }, resultText }: Props) {
  const { t } = useTranslation('student');
  if (targets.length === 0) return <EmptyState words={t('coverage.none')} />;
  return (
    <div className="stack" style={{ gap: 16 }}>
      {targets.map(({ standard, level, covered, units }) => (
        <section key={`${standard.id} ${level}`} className="stack" style={{ gap: 8 }}>
          <h2 className="row sub">
            <TargetName target={{ type: 'skill', standard, level }} />
            <span className="quiet">{t('coverage.whole', { share: share(covered) })}</span>
          </h2>
          <div className="dense-frame">
            <table className="dense coverage">
              <thead>
                <tr>
                  <th scope="col">{t('coverage.unit')}</th>
                  <th scope="col" className="num">
                    {t('coverage.weight')}
                  </th>
                  <th scope="col">{t('coverage.covered')}</th>
                  <th scope="col">{t('coverage.courses')}</th>
                </tr>
              </thead>
              <tbody>
                {units.map((unit) => (
                  <UnitRow key={unit.id} unit={unit} resultText={resultText} />
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </div>
  );
}

function UnitRow({
  unit: { name, skillWeight, covered, gap, courses },
  resultText,
}: {
  unit: Unit;
  resultText: Props['resultText'];
}) {
  const { t } = useTranslation('student');
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{share(skillWeight)}</td>
      <td>
        <span className="cover" aria-hidden="true">
          <span style={{ width: `${covered / 100}%` }} />
        </span>
        <span className="nowrap">
          {share(covered)} {gap > 0 && <strong className="gap">{t('coverage.gap', { share: share(gap) })}</strong>}
        </span>
      </td>
      <td>
        {courses.length === 0 && <strong className="gap">{t('coverage.noCourse')}</strong>}
        {courses.map(({ id, name: course, termNo, coverage, result }) => (
          <div key={id}>
            {course}{' '}
            <span className="quiet small">{[share(coverage), t('courses.term', { term: termNo })].join(' · ')}</span>
            {result && resultText && <span> · {resultText(result)}</span>}
          </div>
        ))}
      </td>
    </tr>
  );
}

/** Hundredths of a percent as a percentage, without needless zeros. */
export function share(value: number): string {
  return `${decimalText(value, 2).replace(/\.?0+$/, '')}%`;
}
