import { CheckCircleFilled, WarningFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { OnePage } from '../../components/one-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import '../../components/verdict.css';
import { instantText } from '../../i18n/dates.ts';
import { useChecks } from './checks.ts';
import { Troubles } from './troubles.tsx';
import { ScrollFrame } from '../../components/scroll-frame.tsx';

const REFRESH_MS = 10_000;

export function HealthPage() {
  const query = useQuery({
    queryKey: ['health'],
    queryFn: () => answer(api.GET('/v1/health')),
    refetchInterval: REFRESH_MS,
  });
  return <OnePage query={query}>{(data) => <Health data={data} />}</OnePage>;
}

function Health({ data }: { data: components['schemas']['SystemHealth'] }) {
  const { t } = useTranslation('admin');
  const checksOf = useChecks();
  const checks = checksOf(data);
  const unwell = checks.filter(({ ok }) => ok === false).length;
  return (
    <div className="stack" style={{ gap: 20 }}>
      <PageHeader
        title={t('health.title')}
        lede={t('health.lede')}
        actions={
          <>
            <Mark ok={unwell === 0} words={unwell === 0 ? t('health.well') : t('health.unwell', { count: unwell })} />
            <span className="quiet small">{t('health.at', { time: instantText(data.at) })}</span>
          </>
        }
      />
      <ScrollFrame>
        <table className="dense">
          <thead>
            <tr>
              <th scope="col">{t('health.check')}</th>
              <th scope="col">{t('health.state')}</th>
              <th scope="col">{t('health.detail')}</th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ name, ok, lines }) => (
              <tr key={name}>
                <th scope="row" className="nowrap">
                  {name}
                </th>
                <td>
                  {ok === null ? (
                    <span className="quiet">{t('health.none')}</span>
                  ) : (
                    <Mark ok={ok} words={t(ok ? 'health.ok' : 'health.attention')} />
                  )}
                </td>
                <td>
                  {lines.map((line) => (
                    <div key={line}>{line}</div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      <Troubles troubles={data.troubles} />
    </div>
  );
}

function Mark({ ok, words }: { ok: boolean; words: string }) {
  return (
    <span className={`tag tag-${ok ? 'grant' : 'undetermined'}`}>
      {ok ? <CheckCircleFilled aria-hidden="true" /> : <WarningFilled aria-hidden="true" />}
      {words}
    </span>
  );
}
