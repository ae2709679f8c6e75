import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Alert, Progress, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { OnePage } from '../../components/one-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useText } from '../../components/use-text.ts';
import { instantText } from '../../i18n/dates.ts';
import { AgainButton } from './again-button.tsx';
import { Counts } from './counts.tsx';
import { Proof } from './proof.tsx';
import { StudentList } from './student-list.tsx';
import { Summary } from './summary.tsx';
import { usePreview } from './use-preview.ts';
import type { Preview, Result } from './use-preview.ts';
import './previews.css';

/** 影响预览: whom a document would change if it were published now, and how far that can be relied on. */
export function PreviewPage() {
  const { previewId } = useParams({ from: '/frame/previews/$previewId' });
  return <OnePage query={usePreview(previewId)}>{(preview) => <OnePreview preview={preview} />}</OnePage>;
}

function OnePreview({ preview }: { preview: Preview }) {
  const { t } = useTranslation('previews');
  const say = useText();
  const { title, revision, ruleSet, createdBy, knownAt, state, result } = preview;
  const of = revision ? t('revision', { revision: revision.number }) : t('draft');
  const rule = revision ? (
    <Link to="/rules/$ruleSet/$revision" params={{ ruleSet, revision: String(revision.number) }}>
      {t('openRule')}
    </Link>
  ) : (
    <Link to="/rules/$ruleSet" params={{ ruleSet }}>
      {t('openRule')}
    </Link>
  );
  return (
    <div className="stack">
      <PageHeader
        title={t('heading', { title: say(title), of })}
        lede={
          <>
            {t('lede', { by: createdBy.name ?? createdBy.id, time: instantText(knownAt) })} · {rule}
          </>
        }
        actions={<AgainButton preview={preview} />}
      />
      <State preview={preview} />
      {state === 'done' && result && <Finished preview={preview} result={result} />}
      {state === 'failed' && result && <Proof preview={preview} result={result} />}
    </div>
  );
}

function State({ preview: { state, progress, standing } }: { preview: Preview }) {
  const { t } = useTranslation('previews');
  if (state === 'done')
    return standing === null || standing === 'holds' ? null : (
      <Alert type="warning" showIcon title={t(`standing.${standing}`)} />
    );
  if (state === 'failed')
    return <Alert type="error" showIcon role="alert" title={t('state.failed')} description={t('failedExplain')} />;
  if (state === 'cancelled') return <Alert type="info" showIcon title={t('state.cancelled')} />;
  return (
    <div className="panel" aria-live="polite">
      <p>{t(`state.${state}`)}</p>
      <Progress percent={Math.round((100 * progress.done) / Math.max(1, progress.total))} />
      <p className="quiet small">{t('progress', progress)}</p>
    </div>
  );
}

function Finished({ preview, result }: { preview: Preview; result: Result }) {
  const { t } = useTranslation('previews');
  const { tab = 'students' } = useSearch({ from: '/frame/previews/$previewId' });
  const navigate = useNavigate({ from: '/previews/$previewId' });
  const items = [
    { key: 'students', label: t('tab.students'), children: <StudentList preview={preview} result={result} /> },
    { key: 'counts', label: t('tab.counts'), children: <Counts result={result} /> },
    { key: 'proof', label: t('tab.proof'), children: <Proof preview={preview} result={result} /> },
  ];
  return (
    <>
      <Summary preview={preview} result={result} />
      <Tabs
        activeKey={tab}
        items={items}
        destroyOnHidden
        onChange={(key) => void navigate({ search: (was) => ({ ...was, tab: key as typeof tab }), replace: true })}
      />
    </>
  );
}
