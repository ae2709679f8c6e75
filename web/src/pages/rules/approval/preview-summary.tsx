import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Progress, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed, Refused } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';

type Publication = components['schemas']['RulePublication'];
const LOOK_AGAIN_MILLIS = 2_000;

/** Whom the revision would change something for; started here, shown as it grows, and bound into the approval when done. */
export function PreviewSummary({ publication }: { publication: Publication }) {
  const { t } = useTranslation(['ruleApproval', 'common']);
  const { message } = App.useApp();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { preview, previewAsked, allowed, id, state } = publication;
  const { data } = useQuery({
    queryKey: ['preview', preview?.id],
    enabled: preview !== null,
    queryFn: () => answer(api.GET('/v1/previews/{id}', { params: { path: { id: preview?.id ?? '' } } })),
    refetchInterval: ({ state }) => {
      const running = state.data && !['done', 'failed', 'cancelled'].includes(state.data.state);
      if (!running && preview?.state === 'running') void client.invalidateQueries({ queryKey: ['publication'] });
      return running ? LOOK_AGAIN_MILLIS : false;
    },
  });
  const start = async () => {
    setBusy(true);
    try {
      await answer(api.POST('/v1/previews', { ...keyed(), body: { revisionId: id } }));
      await client.invalidateQueries();
    } catch (error) {
      void message.error(error instanceof Refused ? error.title : t('common:unreachable'));
    } finally {
      setBusy(false);
    }
  };
  const startButton = allowed.includes('preview') && (
    <div>
      <Button size="small" loading={busy} onClick={() => void start()}>
        {t(preview ? 'previewAgain' : 'previewStart')}
      </Button>
    </div>
  );
  if (!preview)
    return (
      <div className="stack">
        <p className="quiet">{t(previewAsked ? 'previewNone' : 'previewNotAsked')}</p>
        {startButton}
      </div>
    );
  if (!data) return <Skeleton active paragraph={{ rows: 2 }} />;
  const done = data.state === 'done';
  const running = ['waiting', 'running', 'paused'].includes(data.state);
  return (
    <div className="stack" aria-live="polite">
      {running && (
        <div>
          <p>{t('previewRunning', { done: data.progress.done, total: data.progress.total })}</p>
          <Progress
            percent={Math.round((100 * data.progress.done) / Math.max(1, data.progress.total))}
            showInfo={false}
          />
        </div>
      )}
      {data?.state === 'failed' && <p style={{ color: 'var(--refused)' }}>{t('previewFailed')}</p>}
      {done && data.changes && (
        <>
          <p>{t('previewCounts', { students: data.students, changed: data.studentsChanged ?? 0 })}</p>
          <ul className="counts">
            <li className="event-grant">{t('gain', { count: data.changes.gain })}</li>
            <li className="event-deny">{t('lose', { count: data.changes.lose })}</li>
            <li>{t('other', { count: data.changes.other })}</li>
            <li>{t('reason', { count: data.changes.reason })}</li>
          </ul>
          {data.result && (
            <p className="quiet small">
              {t('oracle', { runs: data.result.oracle.runs, disagreed: data.result.oracle.disagreed })}
            </p>
          )}
        </>
      )}
      {state === 'frozen' && preview.state === 'done' && !preview.fresh && (
        <p style={{ color: 'var(--waiting)' }}>{t('previewStale')}</p>
      )}
      <p>
        <Link to="/previews/$previewId" params={{ previewId: preview.id }}>
          {t('previewOpen')}
        </Link>
      </p>
      {(data?.state === 'failed' || (preview.state === 'done' && !preview.fresh)) && startButton}
    </div>
  );
}
