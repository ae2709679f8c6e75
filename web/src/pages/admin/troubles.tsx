import { useTranslation } from 'react-i18next';
import { instantText } from '../../i18n/dates.ts';
import type { Health } from './checks.ts';
import { ScrollFrame } from '../../components/scroll-frame.tsx';

export function Troubles({ troubles }: Pick<Health, 'troubles'>) {
  const { t } = useTranslation('admin');
  return (
    <section className="stack">
      <h2>{t('health.troubles')}</h2>
      {troubles.length === 0 ? (
        <p className="quiet">{t('health.noTroubles')}</p>
      ) : (
        <ScrollFrame>
          <table className="dense">
            <thead>
              <tr>
                {(['code', 'kind', 'case', 'attempts', 'firstAt', 'lastAt'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`health.trouble.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {troubles.map((trouble) => (
                <tr key={trouble.opKey}>
                  <td>
                    <code>{trouble.code}</code>
                  </td>
                  <td>{trouble.kind}</td>
                  <td>
                    <code>{trouble.caseId}</code>
                  </td>
                  <td>{trouble.attempts}</td>
                  <td className="nowrap">{instantText(trouble.firstAt)}</td>
                  <td className="nowrap">{instantText(trouble.lastAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </section>
  );
}
