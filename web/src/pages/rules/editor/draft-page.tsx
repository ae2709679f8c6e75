import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { App, Button, Checkbox, Dropdown, Input, Skeleton, Tabs } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import { useMay, useSession } from '../../../api/session.ts';
import { ActDialog } from '../../../components/act-dialog.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { useText } from '../../../components/use-text.ts';
import { dateText, instantText } from '../../../i18n/dates.ts';
import type { FactValues, RuleDocument } from '../../../rules-editor/document.ts';
import { setReason, setRetroactive, setValidFrom, setVersion } from '../../../rules-editor/edit.ts';
import { addRow } from '../../../rules-editor/table-edit.ts';
import { Changes } from './changes.tsx';
import { ExcelButtons } from './excel.tsx';
import { Findings } from './findings.tsx';
import { cellsOfRegion } from './fill-gap.ts';
import { marksOf, needsLooking } from './marks.ts';
import type { Finding } from './marks.ts';
import { RuleList } from './rule-list.tsx';
import { RulePane } from './rule-pane.tsx';
import { SubmitButton } from './submit-button.tsx';
import { TableGrid } from './table-grid.tsx';
import { TestsPane } from './tests-pane.tsx';
import { TrialPane } from './trial-pane.tsx';
import { useChecks } from './use-checks.ts';
import { NO_REASON } from '../../../rules-editor/edit.ts';
import type { Checks } from './use-checks.ts';
import { useDraft } from './use-draft.ts';
import type { DraftHandle } from './use-draft.ts';
import '../rules.css';
import './editor.css';

type Draft = components['schemas']['RuleDraft'];

export function DraftPage() {
  const { draftId } = useParams({ from: '/frame/rules/drafts/$draftId' });
  const { data, error } = useQuery({
    queryKey: ['rule-draft', draftId],
    queryFn: () => answer(api.GET('/v1/rule-drafts/{id}', { params: { path: { id: draftId } } })),
    // the page itself is ahead of the server while somebody types
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });
  if (data) return <Editor key={`${data.id} ${data.version}`} draft={data} />;
  return <div className="page">{error ? <ProblemAlert error={error} /> : <Skeleton active />}</div>;
}

function Editor({ draft }: { draft: Draft }) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  const may = useMay();
  const handle = useDraft(draft);
  const { doc } = handle;
  const checked = useChecks(draft.id, doc);
  const before = useBase(draft);
  const [chosen, setChosen] = useState<string | undefined>(doc.rules[0]?.name);
  const [tab, setTab] = useState('findings');
  const [facts, setFacts] = useState<FactValues>(doc.tests.base);
  const open = draft.ended === null;
  const edit = may('rules.edit') && open ? handle.edit : null;
  const marks = marksOf(doc, checked.checks);
  const found = checked.checks?.analysis?.findings ?? [];
  const gaps = found.filter(({ code }) => code === 'gap');
  const fill = (finding: Finding) => {
    const { table } = doc;
    const region = finding.regions[0];
    if (table && region && edit) edit(addRow(table.rows.length - 1, cellsOfRegion(doc, region)));
  };
  const name = doc.rules.some((rule) => rule.name === chosen) || doc.notes[chosen ?? ''] ? chosen : doc.rules[0]?.name;
  const pane =
    name === undefined ? (
      <p className="quiet">{t('nothingSelected')}</p>
    ) : (
      <RulePane
        doc={doc}
        name={name}
        sentences={checked.sentences}
        fresh={checked.checks?.sentences !== null}
        edit={edit}
      />
    );
  const failing = checked.checks?.tests?.filter(({ passed }) => !passed).length ?? 0;
  const count = (checked.checks?.faults.length ?? 0) + found.filter(needsLooking).length;
  const right = (
    <div className="panel editor-right">
      <Tabs
        size="small"
        activeKey={tab}
        onChange={setTab}
        items={[
          {
            key: 'findings',
            label: count > 0 ? `${t('findings')} ${count}` : t('findings'),
            children: (
              <Findings
                doc={doc}
                checked={checked}
                onChoose={setChosen}
                onTry={(witness) => {
                  setFacts(witness);
                  setTab('trial');
                }}
                onFill={doc.table && edit ? fill : null}
              />
            ),
          },
          {
            key: 'changes',
            label: t('changes'),
            children: <Changes difference={checked.checks?.difference ?? null} />,
          },
          {
            key: 'tests',
            label: failing > 0 ? `${t('tests')} ${failing}` : t('tests'),
            children: (
              <TestsPane
                doc={doc}
                tests={checked.checks?.tests ?? null}
                asked={checked.checks?.asked ?? null}
                before={before}
                edit={edit}
              />
            ),
          },
          {
            key: 'trial',
            label: t('trial'),
            children: (
              <TrialPane
                doc={doc}
                facts={facts}
                onFacts={setFacts}
                edit={edit}
                ask={(asked) =>
                  answer(
                    api.POST('/v1/rule-drafts/{id}/try', {
                      params: { path: { id: draft.id } },
                      body: { ...asked, document: doc },
                    }),
                  )
                }
              />
            ),
          },
        ]}
      />
    </div>
  );
  return (
    <div className="page editor-page">
      <p className="small">
        <Link to="/rules">{t('rulesHome')}</Link>
      </p>
      <PageHeader
        title={say(doc.title)}
        lede={
          <span className="row">
            <span className="tag tag-undetermined">{t('listTitle')}</span>
            <span>{draft.base ? t('from', { revision: draft.base.revision }) : t('fromScratch')}</span>
            <span className="small">{t(`combine.${combineOf(doc.decision.combine)}`)}</span>
          </span>
        }
        actions={edit && <Acts draft={draft} handle={handle} title={say(doc.title)} checks={checked.checks} />}
      />
      {draft.ended && (
        <p className="panel" style={{ marginBottom: 12 }}>
          {t(`ended.${draft.ended.because}`)}{' '}
          <Link to="/rules/$ruleSet" params={{ ruleSet: draft.ruleSet }}>
            {t('openRevision')}
          </Link>
        </p>
      )}
      {open && !edit && <p className="panel">{t('readOnly')}</p>}
      <Settings handle={handle} disabled={!edit} />
      {doc.table ? (
        <>
          <TableGrid
            doc={doc}
            table={doc.table}
            chosen={name}
            marks={marks}
            gaps={gaps}
            edit={edit}
            onChoose={setChosen}
            onFill={fill}
          />
          <div className="editor-columns table-like">
            {pane}
            {right}
          </div>
        </>
      ) : (
        <div className="editor-columns">
          <RuleList doc={doc} chosen={name} marks={marks} edit={edit} onChoose={setChosen} />
          {pane}
          {right}
        </div>
      )}
    </div>
  );
}

/** The document the draft was opened from. */
function useBase({ ruleSet, base }: Draft): RuleDocument | null {
  const path = { id: ruleSet, revision: base?.revision ?? 0 };
  const { data } = useQuery({
    queryKey: ['rule-revision', path.id, path.revision],
    enabled: base !== null,
    queryFn: () => answer(api.GET('/v1/rule-sets/{id}/revisions/{revision}', { params: { path } })),
  });
  return (data?.document as RuleDocument | undefined) ?? null;
}

const combines = ['unique', 'agree', 'first', 'collect', 'sum'] as const;
const combineOf = (given: string | undefined) => combines.find((one) => one === given) ?? 'unique';

function Settings({ handle: { doc, edit }, disabled }: { handle: DraftHandle; disabled: boolean }) {
  const { t } = useTranslation(['ruleEditor', 'ruleApproval']);
  const { today } = useSession();
  const past = today !== null && doc.validity.from < today;
  return (
    <div className="row editor-settings">
      <Setting label={t('validFrom')}>
        {(id) => (
          <input
            id={id}
            type="date"
            className="date-input"
            disabled={disabled}
            value={doc.validity.from}
            onChange={({ target }) => target.value && edit(setValidFrom(target.value))}
          />
        )}
      </Setting>
      <Setting label={t('version')}>
        {(id) => (
          <Input
            id={id}
            style={{ width: 110 }}
            disabled={disabled}
            maxLength={60}
            value={doc.version}
            onChange={({ target }) => edit(setVersion(target.value))}
          />
        )}
      </Setting>
      <Setting label={t('changeReason')} grow>
        {(id) => (
          <Input
            id={id}
            disabled={disabled}
            maxLength={300}
            placeholder={t('changeReasonHint')}
            value={doc.change.reason['zh-CN'] === NO_REASON ? '' : doc.change.reason['zh-CN']}
            onChange={({ target }) =>
              edit(setReason({ 'zh-CN': target.value || NO_REASON, en: target.value || NO_REASON }))
            }
          />
        )}
      </Setting>
      {past && !disabled && (
        <div className="row" style={{ color: 'var(--waiting)' }}>
          {t('ruleApproval:retroactive', { today: dateText(today) })}
          <Button size="small" onClick={() => edit(setValidFrom(today))}>
            {t('ruleApproval:fromToday')}
          </Button>
          <Checkbox
            checked={doc.validity.retroactive === true}
            onChange={({ target }) => edit(setRetroactive(target.checked))}
          >
            {t('ruleApproval:retroactiveDo')}
          </Checkbox>
        </div>
      )}
    </div>
  );
}

interface SettingProps {
  label: string;
  grow?: boolean;
  children: (id: string) => ReactNode;
}

function Setting({ label, grow = false, children }: SettingProps) {
  const id = useId();
  return (
    <div className={grow ? 'row grow' : 'row'} style={{ gap: 6, flexWrap: 'nowrap' }}>
      <label htmlFor={id} className="quiet nowrap">
        {label}
      </label>
      {children(id)}
    </div>
  );
}

interface ActsProps {
  draft: Draft;
  handle: DraftHandle;
  title: string;
  checks: Checks | null;
}

function Acts({ draft, handle, title, checks }: ActsProps) {
  const { t } = useTranslation('ruleEditor');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'discard' | null>(null);
  const discard = async () => {
    await answer(api.POST('/v1/rule-drafts/{id}/discard', keyed({ path: { id: draft.id } })));
    void message.success(t('discarded'));
    await navigate({ to: '/rules' });
    void client.invalidateQueries();
  };
  return (
    <>
      <SaveMark handle={handle} />
      {handle.doc.table && <ExcelButtons draftId={draft.id} handle={handle} />}
      <Button disabled={!handle.undo} onClick={() => handle.undo?.()}>
        {t('undo')}
      </Button>
      <Button disabled={!handle.redo} onClick={() => handle.redo?.()}>
        {t('redo')}
      </Button>
      <Dropdown
        menu={{ items: [{ key: 'discard', label: t('discard'), danger: true }], onClick: () => setAsking('discard') }}
        trigger={['click']}
      >
        <Button aria-label={t('rowMenu')}>⋯</Button>
      </Dropdown>
      <SubmitButton draftId={draft.id} ruleSet={handle.doc.id} title={title} handle={handle} checks={checks} />
      <ActDialog
        open={asking === 'discard'}
        danger
        title={t('discardAsk', { title })}
        explain={t('discardExplain')}
        confirm={t('discard')}
        act={discard}
        onClose={() => setAsking(null)}
      />
    </>
  );
}

function SaveMark({ handle: { state, savedAt } }: { handle: DraftHandle }) {
  const { t } = useTranslation('ruleEditor');
  const client = useQueryClient();
  const tone = state === 'failed' || state === 'conflict' ? 'var(--refused)' : 'var(--quiet)';
  return (
    <span className="small" role="status" style={{ color: tone }}>
      {t(`save.${state}`, { time: instantText(savedAt) })}
      {state === 'conflict' && (
        <Button size="small" type="link" onClick={() => void client.invalidateQueries({ queryKey: ['rule-draft'] })}>
          {t('save.reload')}
        </Button>
      )}
    </span>
  );
}
