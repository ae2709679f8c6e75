import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { ChoiceFilter } from '../../components/choice-filter.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { OnePage } from '../../components/one-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useText } from '../../components/use-text.ts';
import { instantText } from '../../i18n/dates.ts';
import { OperationProgress } from '../operations/operation-progress.tsx';
import { useOperation } from '../operations/use-operation.ts';
import { aimedAt, chosenCohort, keepBefore, keptBefore, searchOf } from './counts.ts';
import type { Cohort } from './counts.ts';
import { CountsTable } from './counts-table.tsx';

const AFTER_AUDIT_MS = 3_000;
const targets = {
  diploma: { target: 'diploma' },
  four: { target: 'skill', level: 'four' },
  three: { target: 'skill', level: 'three' },
} as const;

/** 双证审核: how many pathways stand where, for a cohort, a class or one certificate; and the audit of just these. */
export function AuditPage() {
  const { class: ofClass, operation } = useSearch({ from: '/frame/audit' });
  const query = useQuery({
    queryKey: ['cohorts', operation ?? '', ofClass ?? ''],
    queryFn: () => answer(api.GET('/v1/cohorts', { params: { query: { ...(ofClass && { class: ofClass }) } } })),
    placeholderData: (shown) => shown,
    refetchInterval: operation ? AFTER_AUDIT_MS : false,
  });
  return <OnePage query={query}>{({ items }) => <Audit cohorts={items} />}</OnePage>;
}

function Audit({ cohorts }: { cohorts: readonly Cohort[] }) {
  const { t } = useTranslation(['audit', 'verdict']);
  const say = useText();
  const may = useMay();
  const search = useSearch({ from: '/frame/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const [asking, setAsking] = useState(false);
  const cohort = chosenCohort(cohorts, search);
  if (!cohort)
    return (
      <>
        <PageHeader title={t('title')} lede={t('lede')} />
        <EmptyState words={t('empty')} />
      </>
    );
  const progress = aimedAt(cohort.progress, search.target && targets[search.target]);
  const named = cohort.classes.find(({ id }) => id === search.class);
  const name = `${cohort.cohort} ${say(cohort.programme.name)}${named ? ` · ${named.name}` : t('wholeCohort')}`;
  const run = async () => {
    const choose = {
      cohort: cohort.cohort,
      programme: cohort.programme.id,
      ...(named && { class: named.id }),
      ...(search.target && targets[search.target]),
    };
    const { operation } = await answer(api.POST('/v1/operations', { ...keyed(), body: { kind: 'audit', choose } }));
    keepBefore(operation, progress);
    await navigate({ search: (was) => ({ ...was, ...searchOf(cohort), operation }) });
  };
  return (
    <div className="stack">
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
          onChange={(planId) => void navigate({ search: searchOf(cohorts.find((one) => one.planId === planId)) })}
          options={cohorts.map((one) => ({ value: one.planId, label: `${one.cohort} ${say(one.programme.name)}` }))}
        />
        <ChoiceFilter
          label={t('choose.class')}
          all={t('everyClass')}
          value={search.class}
          options={cohort.classes.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(value) => void navigate({ search: (was) => ({ ...was, class: value, operation: undefined }) })}
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
          onChange={(value) => void navigate({ search: (was) => ({ ...was, target: value, operation: undefined }) })}
        />
      </div>
      {search.operation && <OperationProgress id={search.operation} />}
      <Compared operation={search.operation} name={name} now={progress} />
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
