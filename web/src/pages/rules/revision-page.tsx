import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Skeleton, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useText } from '../../components/use-text.ts';
import { instantText } from '../../i18n/dates.ts';
import { useMay } from '../../api/session.ts';
import { ApprovalPane } from './approval/approval-pane.tsx';
import { RevisionTrial } from './revision-trial.tsx';
import { RevisionState } from './revision-state.tsx';
import { RuleSentences } from './rule-sentences.tsx';
import { Sources } from './sources.tsx';
import { DecisionTable, tableOf } from './decision-table.tsx';
import { Tests } from './tests.tsx';
import { validityText } from './validity.ts';
import './rules.css';

const tabs = ['approval', 'rules', 'table', 'sources', 'tests', 'try', 'document'] as const;

export function RevisionPage() {
  const { t } = useTranslation('rules');
  const say = useText();
  const may = useMay();
  const params = useParams({ from: '/frame/rules/$ruleSet/$revision' });
  const { tab } = useSearch({ from: '/frame/rules/$ruleSet/$revision' });
  const navigate = useNavigate({ from: '/rules/$ruleSet/$revision' });
  const path = { id: params.ruleSet, revision: Number(params.revision) };
  const { data, error, isPending } = useQuery({
    queryKey: ['rule-revision', path.id, path.revision],
    queryFn: () => answer(api.GET('/v1/rule-sets/{id}/revisions/{revision}', { params: { path } })),
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
  const table = tableOf(data.document);
  const panes = {
    approval: may('rules.try') ? <ApprovalPane revision={data} /> : null,
    rules: <RuleSentences revision={data} />,
    table: table && <DecisionTable table={table} document={data.document} />,
    sources: <Sources sources={data.sources} />,
    tests: <Tests tests={data.tests} />,
    try: may('rules.try') ? <RevisionTrial revision={data} /> : null,
    document: <pre className="rule-document">{JSON.stringify(data.document, null, 2)}</pre>,
  };
  const shown = tabs.filter((key) => panes[key] !== null);
  return (
    <div className="page">
      <p className="small">
        <Link to="/rules">{t('title')}</Link> /{' '}
        <Link to="/rules/$ruleSet" params={{ ruleSet: path.id }}>
          {say(data.title)}
        </Link>
      </p>
      <PageHeader
        title={say(data.title)}
        lede={
          <span className="row">
            <RevisionState {...data} />
            <span>{t('revisionNo', { revision: data.revision })}</span>
            <span>{validityText(t, data)}</span>
            <span className="small">
              {t('author', { name: data.author.name ?? data.author.id, time: instantText(data.frozenAt) })}
            </span>
          </span>
        }
      />
      <Tabs
        activeKey={tab ?? (data.state === 'frozen' && panes.approval ? 'approval' : table ? 'table' : 'rules')}
        onChange={(key) => void navigate({ search: { tab: tabs.find((one) => one === key) } })}
        items={shown.map((key) => ({
          key,
          label: key === 'tests' ? `${t('tab.tests')} ${data.tests.length}` : t(`tab.${key}`),
          children: panes[key],
        }))}
      />
      <p className="quiet small break">
        {t('hash')} {data.hash}
      </p>
    </div>
  );
}
