import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useMay } from '../../api/session.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { instantText } from '../../i18n/dates.ts';
import { OperationState } from './operation-state.tsx';
import type { Operation } from './use-operation.ts';
import { useOperation } from './use-operation.ts';
import { useOperationWords } from './words.ts';

/** One job: how far, what was not done and why, and how to hold it. */
export function OperationProgress({ id }: { id: string }) {
  const { t } = useTranslation('operations');
  const { data, error, live } = useOperation(id);
  if (!data) return <ProblemAlert error={error} />;
  const share = data.total === 0 ? 100 : Math.round(((data.done + data.refused) / data.total) * 100);
  return (
    <section className="panel stack" aria-live="polite">
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <div className="row">
          <OperationState state={data.state} />
          <span>{t('counts', data)}</span>
          {data.state === 'running' && data.total > 0 && data.done + data.refused >= data.total && (
            <span className="quiet small">{t('finishing')}</span>
          )}
          {live && <span className="quiet small">{t('live')}</span>}
          {data.finishedAt && (
            <span className="quiet small">{t('finishedAt', { time: instantText(data.finishedAt) })}</span>
          )}
        </div>
        <Switches operation={data} />
      </div>
      <Progress
        percent={share}
        showInfo
        aria-label={t('column.progress')}
        status={data.state === 'finished' ? 'success' : 'normal'}
      />
      {data.refused > 0 && <Refusals operation={data} />}
      {data.state === 'finished' && data.refused === 0 && <p className="quiet">{t('noRefusals')}</p>}
    </section>
  );
}

function Switches({ operation }: { operation: Operation }) {
  const { t } = useTranslation('operations');
  const { message } = App.useApp();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const { id, state } = operation;
  if (!may('operations.run') || state === 'finished' || state === 'cancelled') return null;
  const put = async (to: 'pause' | 'resume' | 'cancel') => {
    await answer(api.POST(`/v1/operations/{id}/${to}`, { ...keyed({ path: { id } }) }));
    await queryClient.invalidateQueries({ queryKey: ['operation', id] });
  };
  const tryPut = (to: 'pause' | 'resume') => put(to).catch((error: Error) => void message.error(error.message));
  return (
    <div className="row">
      <Button onClick={() => void tryPut(state === 'paused' ? 'resume' : 'pause')}>
        {t(state === 'paused' ? 'act.resume' : 'act.pause')}
      </Button>
      <Button danger onClick={() => setAsking(true)}>
        {t('act.cancel')}
      </Button>
      <ActDialog
        open={asking}
        title={t('cancelAsk')}
        explain={t('cancelExplain', operation)}
        confirm={t('act.cancel')}
        danger
        act={() => put('cancel')}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

function Refusals({ operation }: { operation: Operation }) {
  const { t } = useTranslation('operations');
  const words = useOperationWords();
  const { data } = useQuery({
    queryKey: ['operation', operation.id, 'refused', operation.refused],
    queryFn: () =>
      answer(
        api.GET('/v1/operations/{id}/items', {
          params: { path: { id: operation.id }, query: { status: 'refused', limit: 200 } },
        }),
      ),
  });
  return (
    <div className="stack">
      <h3>{t('refusals')}</h3>
      <ul style={{ margin: 0, paddingLeft: 18 }}>
        {Object.entries(operation.refusals).map(([code, count]) => (
          <li key={code}>
            {words.code(code)} · {count}
          </li>
        ))}
      </ul>
      {data && data.items.length > 0 && (
        <details>
          <summary>{t('items')}</summary>
          <div className="dense-frame" style={{ marginTop: 8, maxHeight: 360 }}>
            <table className="dense">
              <thead>
                <tr>
                  <th scope="col">{t('item.student')}</th>
                  <th scope="col">{t('item.code')}</th>
                </tr>
              </thead>
              <tbody>
                {data.items.map((item) => (
                  <tr key={item.ordinal}>
                    <td>
                      {item.studentId ? (
                        <Link to="/students/$studentId" params={{ studentId: item.studentId }}>
                          {item.studentName}
                        </Link>
                      ) : (
                        item.pathwayId
                      )}{' '}
                      <span className="quiet small">{item.studentNo}</span>
                    </td>
                    <td>{item.code && words.code(item.code)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </div>
  );
}
