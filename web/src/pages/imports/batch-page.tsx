import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { OnePage } from '../../components/one-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { instantText } from '../../i18n/dates.ts';
import { listText } from '../../i18n/list.ts';
import { BatchState } from './batch-state.tsx';
import { Dependents, Summary } from './batch-counts.tsx';
import { FaultsTable } from './faults-table.tsx';
import type { Batch } from './kinds.ts';
import { RowsTable } from './rows-table.tsx';
import { ImportSteps } from './steps.tsx';

const headings = { previewed: 'changes', committed: 'changed', undone: 'changedBack' } as const;

/** A batch: what was read, what is wrong, what a commit writes; later what was written, and its undoing. */
export function BatchPage() {
  const { batchId: id } = useParams({ from: '/frame/imports/$batchId' });
  const query = useQuery({
    queryKey: ['import', id],
    queryFn: () => answer(api.GET('/v1/imports/{id}', { params: { path: { id } } })),
  });
  return <OnePage query={query}>{(data) => <OneBatch data={data} />}</OnePage>;
}

function OneBatch({ data }: { data: Batch }) {
  const { t } = useTranslation('imports');
  const { report } = data;
  const open = data.state === 'previewed';
  return (
    <>
      <PageHeader
        title={t('batch.title', { kind: t(`kind.${data.kind}`), file: data.fileName })}
        lede={<BatchLine batch={data} />}
        actions={<BatchActs batch={data} />}
      />
      {data.state !== 'undone' && <ImportSteps at={open ? 2 : 4} />}
      <div className="stack" style={{ gap: 20 }}>
        {data.state === 'committed' && data.dependents.length > 0 && <Dependents dependents={data.dependents} />}
        <section className="stack">
          <h2>{t(`batch.${headings[data.state]}`)}</h2>
          {data.rows === 0 ? (
            <Alert type="warning" showIcon title={t('batch.nothing')} />
          ) : (
            <Summary summary={report.summary} />
          )}
        </section>
        {(data.faults > 0 || report.headerFaults.length > 0) && <Faults batch={data} />}
        {report.warnings.length > 0 && (
          <section className="stack">
            <h2>{t('batch.warnings')}</h2>
            <FaultsTable faults={report.warnings} />
            {report.warningCount > report.warnings.length && (
              <p className="quiet">
                {t('batch.moreWarnings', { count: report.warningCount - report.warnings.length })}
              </p>
            )}
          </section>
        )}
        <Columns batch={data} />
        {data.state !== 'undone' && <RowsTable batch={data} />}
      </div>
    </>
  );
}

function BatchLine({ batch }: { batch: Batch }) {
  const { t } = useTranslation('imports');
  return (
    <span className="row">
      <BatchState state={batch.state} />
      <span>{t('batch.faultCount', { rows: batch.rows, faults: batch.faults })}</span>
      {batch.committedAt && (
        <span className="small">{t('batch.committedAt', { time: instantText(batch.committedAt) })}</span>
      )}
      {batch.undoneAt && <span className="small">{t('batch.undoneAt', { time: instantText(batch.undoneAt) })}</span>}
    </span>
  );
}

function BatchActs({ batch }: { batch: Batch }) {
  const { t } = useTranslation('imports');
  const { message } = App.useApp();
  const may = useMay();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'commit' | 'undo' | null>(null);
  const path = { path: { id: batch.id } };
  const skipFaulty = batch.faults > 0;
  const commit = async () => {
    const { rows } = await answer(
      api.POST('/v1/imports/{id}/commit', { ...keyed(path), body: { previewHash: batch.previewHash, skipFaulty } }),
    );
    void message.success(t('batch.committed', { count: rows }));
    await client.invalidateQueries();
  };
  const undo = async (reason: string) => {
    await answer(api.POST('/v1/imports/{id}/undo', { ...keyed(path), body: { reason } }));
    void message.success(t('batch.undone'));
    await client.invalidateQueries();
  };
  const commitWords = t(skipFaulty ? 'batch.commitSkip' : 'batch.commit', { count: batch.rows });
  return (
    <>
      {batch.state !== 'committed' && may('imports.run') && (
        <Link to="/imports/new">
          <Button tabIndex={-1}>{t('batch.reupload')}</Button>
        </Link>
      )}
      {batch.state === 'previewed' && batch.rows > 0 && may('imports.run') && (
        <Button type="primary" onClick={() => setAsking('commit')}>
          {commitWords}
        </Button>
      )}
      {batch.state === 'committed' && may('imports.undo') && (
        <Button danger disabled={batch.dependents.length > 0} onClick={() => setAsking('undo')}>
          {t('batch.undo')}
        </Button>
      )}
      <ActDialog
        open={asking === 'commit'}
        title={commitWords}
        explain={t('batch.commitExplain')}
        confirm={commitWords}
        act={commit}
        onClose={() => setAsking(null)}
      >
        <Summary summary={batch.report.summary} />
      </ActDialog>
      <ActDialog
        open={asking === 'undo'}
        title={t('batch.undoAsk', { file: batch.fileName })}
        explain={t('batch.undoExplain', { count: batch.rows })}
        confirm={t('batch.undo')}
        danger
        reasoned
        act={undo}
        onClose={() => setAsking(null)}
      />
    </>
  );
}

function Faults({ batch }: { batch: Batch }) {
  const { t } = useTranslation('imports');
  const { data } = useQuery({
    queryKey: ['import', batch.id, 'faulty'],
    queryFn: () =>
      answer(
        api.GET('/v1/imports/{id}/rows', { params: { path: { id: batch.id }, query: { faulty: 'true', limit: 200 } } }),
      ),
  });
  const faults = data?.items.flatMap((row) => row.faults) ?? [];
  return (
    <section className="stack">
      <div className="row">
        <h2>
          {t('batch.faults')} <span className="quiet">{batch.faults}</span>
        </h2>
        <Button size="small" href={`/v1/imports/${batch.id}/faulty-rows`} download>
          {t('batch.download')}
        </Button>
      </div>
      {batch.report.headerFaults.length > 0 && (
        <>
          <h3>{t('batch.headers')}</h3>
          <FaultsTable faults={batch.report.headerFaults} />
        </>
      )}
      {faults.length > 0 && <FaultsTable faults={faults} />}
    </section>
  );
}

function Columns({ batch: { report } }: { batch: Batch }) {
  const { t } = useTranslation('imports');
  if (report.headers.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t('batch.columns')}</h2>
      <div className="row">
        {report.headers
          .filter((header) => header !== '' && !report.unknownHeaders.includes(header))
          .map((header) => (
            <span key={header} className="tag tag-grant">
              {header}
            </span>
          ))}
      </div>
      <p className="quiet">
        {report.unknownHeaders.length > 0
          ? t('batch.columnsNote', { names: listText(report.unknownHeaders) })
          : t(report.headerFaults.length > 0 ? 'batch.headersFirst' : 'batch.allColumns')}
      </p>
      {report.dropped > 0 && <p className="quiet">{t('batch.dropped', { count: report.dropped })}</p>}
    </section>
  );
}
