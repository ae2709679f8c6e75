import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { useText } from '../../../components/use-text.ts';
import { dateText, instantText } from '../../../i18n/dates.ts';
import { listText } from '../../../i18n/list.ts';
import { needsLooking } from '../editor/marks.ts';
import { ApprovalActs } from './approval-acts.tsx';
import { PreviewSummary } from './preview-summary.tsx';
import { WhatChanges } from './what-changes.tsx';
import '../editor/editor.css';
import './approval.css';

type Revision = components['schemas']['RuleRevision'];
type Publication = components['schemas']['RulePublication'];

/** One page for who must decide: what changes, for whom, what was proved, who has agreed, and the acts. */
export function ApprovalPane({ revision }: { revision: Revision }) {
  const { data, error, isPending } = useQuery({
    queryKey: ['publication', revision.id],
    queryFn: () => answer(api.GET('/v1/rule-revisions/{id}/publication', { params: { path: { id: revision.id } } })),
  });
  if (isPending) return <Skeleton active />;
  if (!data) return <ProblemAlert error={error} />;
  return (
    <div className="approval">
      <div className="stack">
        <WhatChanges revision={revision} publication={data} />
        <ForWhom publication={data} />
      </div>
      <div className="stack">
        <Approvals publication={data} />
        <Proofs publication={data} />
        <History publication={data} />
      </div>
    </div>
  );
}

function ForWhom({ publication }: { publication: Publication }) {
  const { t } = useTranslation('ruleApproval');
  if (publication.state !== 'frozen' && !publication.preview) return null;
  return (
    <section className="panel stack">
      <h2>{t('forWhom')}</h2>
      <PreviewSummary publication={publication} />
    </section>
  );
}

const known = ['rule_proofs_missing', 'rule_findings_open', 'rule_preview_missing', 'rule_preview_outdated'] as const;

function Approvals({ publication }: { publication: Publication }) {
  const { t } = useTranslation('ruleApproval');
  const { approvals, approvalsNeeded, editors, submission, blockers, state, motions } = publication;
  const counting = approvals.filter(({ counts }) => counts).length;
  const nameOf = ({ id, name }: { id: string; name: string | null }) => name ?? id;
  return (
    <section className="panel stack">
      <h2>{t('approvals')}</h2>
      {state === 'frozen' && <p>{t('needed', { needed: approvalsNeeded, have: counting })}</p>}
      {approvals.length === 0 && state === 'frozen' && <p className="quiet">{t('noApproval')}</p>}
      <ul className="plain-list">
        {approvals.map(({ approver, at, counts }) => (
          <li key={`${approver.id} ${at}`} className={counts ? undefined : 'quiet'}>
            {t('approval', { name: nameOf(approver), time: instantText(at) })}
            {!counts && <div className="small">{t('notCounting')}</div>}
          </li>
        ))}
      </ul>
      {state === 'frozen' && blockers.length > 0 && (
        <div style={{ color: 'var(--waiting)' }}>
          {t('blockers')}：
          {listText(
            blockers.map((code) => {
              const one = known.find((each) => each === code);
              return one ? t(`blocker.${one}`) : t('blocker.other', { code });
            }),
          )}
        </div>
      )}
      <ApprovalActs publication={publication} />
      {motions.map((motion) => (
        <p key={`${motion.kind} ${motion.at}`} style={{ color: 'var(--waiting)' }}>
          {t('motion', {
            name: nameOf(motion.by),
            time: instantText(motion.at),
            what: t(motion.kind),
            reason: motion.reason,
          })}
        </p>
      ))}
      {submission && state === 'frozen' && (
        <p className="quiet small">
          {t('submission', {
            name: nameOf(submission.by),
            time: instantText(submission.at),
            date: dateText(submission.expiresOn),
          })}
          {submission.overdue && <strong style={{ color: 'var(--refused)' }}> {t('overdue')}</strong>}
        </p>
      )}
      {editors.length > 0 && <p className="quiet small">{t('editors', { names: listText(editors.map(nameOf)) })}</p>}
    </section>
  );
}

function Proofs({ publication }: { publication: Publication }) {
  const { t } = useTranslation('ruleApproval');
  const say = useText();
  const { proofs, waivers, openFindings } = publication;
  if (!proofs) return null;
  const failed = proofs.tests.filter(({ passed }) => !passed).length;
  const notes = proofs.analysis.findings.filter(needsLooking);
  const waived = new Map(waivers.map((one) => [one.finding, one]));
  const listed = new Set(notes.map(({ name }) => name));
  return (
    <section className="panel stack">
      <h2>{t('tests')}</h2>
      <p className={failed > 0 ? 'truth-false' : 'truth-true'}>
        {failed === 0 ? t('testsPassed', { count: proofs.tests.length }) : t('testsFailed', { count: failed })}
      </p>
      <p className="quiet small">{t('mutation', proofs.asked.mutation)}</p>
      <h2>{t('findings')}</h2>
      {notes.length === 0 && waivers.length === 0 && <p className="quiet">{t('findingsNone')}</p>}
      <ul className="plain-list">
        {notes.map((finding) => (
          <li key={finding.name}>
            {openFindings.includes(finding.name) && <span className="mark mark-error">{t('stillOpen')}</span>}{' '}
            {say(finding.text)}
            <Waived waiver={waived.get(finding.name)} />
          </li>
        ))}
        {waivers
          .filter(({ finding }) => !listed.has(finding))
          .map((waiver) => (
            <li key={waiver.finding}>
              <code className="small">{waiver.finding}</code>
              <Waived waiver={waiver} />
            </li>
          ))}
      </ul>
    </section>
  );
}

function Waived({ waiver }: { waiver: Publication['waivers'][number] | undefined }) {
  const { t } = useTranslation('ruleApproval');
  if (!waiver) return null;
  return (
    <div className="quiet small">{t('waivedBy', { name: waiver.by.name ?? waiver.by.id, reason: waiver.reason })}</div>
  );
}

const eventKinds = ['published', 'suspended', 'resumed', 'withdrawn', 'returned'] as const;

function History({ publication: { events, woken } }: { publication: Publication }) {
  const { t } = useTranslation('ruleApproval');
  if (events.length === 0) return null;
  return (
    <section className="panel stack">
      <h2>{t('history')}</h2>
      <ul className="plain-list">
        {events.map(({ kind, by, at, reason }) => {
          const one = eventKinds.find((each) => each === kind);
          return (
            <li key={`${kind} ${at}`}>
              {t('eventLine', { time: instantText(at), what: one ? t(`event.${one}`) : kind, name: by.name ?? by.id })}
              {reason && <div className="quiet small">{reason}</div>}
            </li>
          );
        })}
      </ul>
      {woken && <p className="quiet small">{t('woken', { count: woken.cases })}</p>}
    </section>
  );
}
