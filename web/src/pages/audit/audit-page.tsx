import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { ChoiceFilter } from '../../components/choice-filter.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useText } from '../../components/use-text.ts';
import { instantText } from '../../i18n/dates.ts';
import { OperationProgress } from '../operations/operation-progress.tsx';
import { useOperation } from '../operations/use-operation.ts';
import { keepBefore, keptBefore } from './counts.ts';
import { CountsTable } from './counts-table.tsx';

const AFTER_AUDIT_MS = 3_000;
const targets = {
  diploma: { target: 'diploma' },
  four: { target: 'skill', level: 'four' },
  three: { target: 'skill', level: 'three' },
} as const;

export function AuditPage() {
  const { t } = useTranslation(['audit', 'verdict']);
  const say = useText();
  const may = useMay();
  const search = useSearch({ from: '/frame/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const [asking, setAsking] = useState(false);
  const { data, error, isPending } = useQuery({
    queryKey: ['cohorts', search.operation ?? ''],
    queryFn: () => answer(api.GET('/v1/cohorts')),
    refetchInterval: search.operation ? AFTER_AUDIT_MS : false,
  });
  if (isPending)
    return (
      <div className="page">
        <Skeleton active />
      </div>
    );
  if (!data)
    return (
      <div className="page">
        <ProblemAlert error={error} />
      </div>
    );
  const cohort = data.items.find((one) => one.cohort === search.cohort) ?? data.items[0];
  if (!cohort)
    return (
      <div className="page">
        <PageHeader title={t('title')} lede={t('lede')} />
        <EmptyState words={t('empty')} />
      </div>
    );
  const named = cohort.classes.find(({ id }) => id === search.class);
  const name = `${cohort.cohort} ${say(cohort.programme.name)}${named ? ` · ${named.name}` : ''}`;
  const run = async () => {
    const choose = {
      cohort: cohort.cohort,
      programme: cohort.programme.id,
      ...(named && { class: named.id }),
      ...(search.target && targets[search.target]),
    };
    const { operation } = await answer(api.POST('/v1/operations', { ...keyed(), body: { kind: 'audit', choose } }));
    keepBefore(operation, cohort.progress);
    await navigate({ search: (was) => ({ ...was, cohort: cohort.cohort, operation }) });
  };
  return (
    <div className="page stack">
      <PageHeader
        title={t('title')}
        lede={t('lede')}
        actions={
          may('operations.run') &&
          may('decisions.record') && (
            <Button type="primary" onClick={() => setAsking(true)}>
              {t('run')}
            </Button>
          )
        }
      />
      <div className="row">
        <Select
          aria-label={t('choose.cohort')}
          style={{ width: 260 }}
          value={cohort.planId}
          onChange={(planId) =>
            void navigate({ search: { cohort: data.items.find((one) => one.planId === planId)?.cohort } })
          }
          options={data.items.map((one) => ({ value: one.planId, label: `${one.cohort} ${say(one.programme.name)}` }))}
        />
        <ChoiceFilter
          label={t('choose.class')}
          all={t('everyClass')}
          value={search.class}
          options={cohort.classes.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(value) => void navigate({ search: (was) => ({ ...was, class: value }) })}
        />
        <ChoiceFilter
          label={t('choose.target')}
          all={t('everyTarget')}
          value={search.target}
          options={[
            { value: 'diploma', label: t('verdict:diploma') },
            { value: 'four', label: t('verdict:levelLong.four') },
            { value: 'three', label: t('verdict:levelLong.three') },
          ]}
          onChange={(value) => void navigate({ search: (was) => ({ ...was, target: value }) })}
        />
      </div>
      {search.operation && <OperationProgress id={search.operation} />}
      <Compared
        operation={search.operation}
        name={`${cohort.cohort} ${say(cohort.programme.name)}`}
        now={cohort.progress}
      />
      {cohort.asOf && <p className="quiet small">{t('asOf', { time: instantText(cohort.asOf) })}</p>}
      <ActDialog
        open={asking}
        title={t('runAsk', { name })}
        explain={t('runExplain')}
        confirm={t('run')}
        act={run}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

function Compared({
  operation,
  name,
  now,
}: {
  operation: string | undefined;
  name: string;
  now: Parameters<typeof CountsTable>[0]['now'];
}) {
  const { t } = useTranslation('audit');
  const before = operation ? keptBefore(operation) : null;
  return (
    <section className="stack">
      <h2>{t(before ? 'compare' : 'counts', { name })}</h2>
      {operation && <Settling operation={operation} />}
      <CountsTable now={now} before={before} />
    </section>
  );
}

function Settling({ operation }: { operation: string }) {
  const { t } = useTranslation('audit');
  const { data } = useOperation(operation);
  return data?.state === 'finished' ? <p className="quiet small">{t('settling')}</p> : null;
}
