import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Refused } from '../api/client.ts';

/** What was refused, where, and what to do: all faults at once. Nothing when there is no error. */
export function ProblemAlert({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  if (!(error instanceof Refused) || error.title === '')
    return <Alert type="error" showIcon title={t('unreachable')} role="alert" />;
  const faults = error.errors.filter(({ title }) => title !== undefined);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={error.title}
      description={
        (faults.length > 0 || error.status >= 500) && (
          <>
            {faults.length > 0 && (
              <ul style={{ margin: 0, paddingLeft: 18 }}>
                {faults.slice(0, 20).map(({ pointer, code, title }) => (
                  <li key={`${pointer} ${code}`}>{title}</li>
                ))}
              </ul>
            )}
            {error.status >= 500 && <span className="quiet small">{t('traceId', { id: error.instance })}</span>}
          </>
        )
      }
    />
  );
}
