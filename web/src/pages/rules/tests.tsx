import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { VerdictTag } from '../../components/verdict-tag.tsx';
import { ScrollFrame } from '../../components/scroll-frame.tsx';

type Test = components['schemas']['RuleRevision']['tests'][number];

/** The document's own tests, run on every evaluator when it was read. */
export function Tests({ tests }: { tests: readonly Test[] }) {
  const { t } = useTranslation('rules');
  const failed = tests.filter(({ passed }) => !passed).length;
  return (
    <div className="stack">
      <p>{failed === 0 ? t('tests.all', { count: tests.length }) : t('tests.some', { count: failed })}</p>
      <ScrollFrame>
        <table className="dense">
          <thead>
            <tr>
              {(['name', 'got', 'passed'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`tests.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tests.map((test) => (
              <tr key={test.name}>
                <td>{test.name}</td>
                <td>
                  <VerdictTag type={test.got} />
                </td>
                <td>
                  <span className={`truth truth-${test.passed}`}>
                    {test.passed ? <CheckCircleFilled aria-hidden="true" /> : <CloseCircleFilled aria-hidden="true" />}
                    {t(test.passed ? 'tests.passed' : 'tests.failed')}
                  </span>
                  {test.faults.length > 0 && <div className="small">{test.faults.join('; ')}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </div>
  );
}
