import { CheckOutlined, CloseOutlined, ExclamationOutlined, QuestionOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/schema.d.ts';
import { dateText, dayOfInstant } from '../i18n/dates.ts';
import { useNoRuleWords } from './no-rule.ts';
import { isNotMetYet } from './not-met.ts';
import { useTargetName } from './target-name.tsx';
import { useText } from './use-text.ts';
import type { Text } from './use-text.ts';
import { VerdictTag } from './verdict-tag.tsx';
import './verdict.css';

type Pathway = components['schemas']['Pathway'];
type Reason = components['schemas']['Reason'];
/** A recorded decision names its rule set; elsewhere its id must do. */
type Rule = (NonNullable<Pathway['rule']> & { title?: Text }) | null;
type Why = Pick<Pathway, 'verdict' | 'title' | 'reasons' | 'nearMisses'> & { rule: Rule; noRule?: Pathway['noRule'] };

interface Props {
  /** Null closes the panel. */
  pathway: (Why & Pick<Pathway, 'type' | 'level' | 'standard' | 'stage'>) | null;
  asOf?: string;
  onClose: () => void;
}

/** Rule, article, facts, what would have been needed: the same wherever a verdict stands. */
export function ReasonPanel({ pathway, asOf, onClose }: Props) {
  const { t } = useTranslation('verdict');
  const nameOf = useTargetName();
  return (
    <Drawer
      open={pathway !== null}
      onClose={onClose}
      size={560}
      title={pathway && `${nameOf(pathway)} · ${t('reason.title')}`}
      destroyOnHidden
    >
      {pathway && (
        <Grounds
          why={pathway}
          words={isNotMetYet(pathway.verdict.type, pathway.stage.name) ? t('notMet') : undefined}
        />
      )}
      {pathway && asOf && (
        <p className="quiet small" style={{ marginTop: 16 }}>
          {t('reason.asOf', { date: dayOfInstant(asOf) })}
        </p>
      )}
    </Drawer>
  );
}

interface GroundsProps {
  why: Why;
  /** In place of the outcome's title. */
  words?: string | undefined;
  /** In place of the line that names the rule: a draft has no page of its own. */
  ruleLine?: ReactNode;
}

export function Grounds({
  why: { verdict, title, rule, noRule = null, reasons, nearMisses },
  words,
  ruleLine,
}: GroundsProps) {
  const { t } = useTranslation('verdict');
  const say = useText();
  // under `otherwise` the conditions listed are those of the granting rules
  const tone = verdict.type === 'deny' && verdict.because.kind !== 'otherwise' ? 'deny' : 'grant';
  return (
    <div className="stack">
      <div className="row">
        <VerdictTag type={verdict.type} words={words ?? say(title)} />
      </div>
      {ruleLine ?? <RuleLine rule={rule} noRule={noRule} />}
      {!noRule && (
        <section>
          <h3 style={{ marginBottom: 6 }}>{t('reason.grounds')}</h3>
          {verdict.because.kind === 'otherwise' && reasons.length > 0 && (
            <p className="quiet small">{t('reason.otherwise')}</p>
          )}
          {reasons.length === 0 && (
            <p className="quiet">
              {t(verdict.because.kind === 'suspended' ? 'reason.ruleSuspended' : 'reason.noGrounds')}
            </p>
          )}
          <ul className="reason-list">
            {groupByRule(reasons).map((group) => (
              <ReasonGroup key={`${group[0]?.kind} ${group[0]?.rule}`} reasons={group} tone={tone} />
            ))}
          </ul>
        </section>
      )}
      <NearMisses misses={nearMisses} />
    </div>
  );
}

function RuleLine({ rule, noRule }: { rule: Rule; noRule: Pathway['noRule'] }) {
  const { t } = useTranslation('verdict');
  const say = useText();
  const wordsOf = useNoRuleWords();
  if (noRule) return <p>{wordsOf(noRule)}</p>;
  if (rule === null) return <p className="quiet">{t('reason.noRule')}</p>;
  return (
    <p className="quiet">
      {t('reason.rule')}{' '}
      <Link to="/rules/$ruleSet/$revision" params={{ ruleSet: rule.ruleSet, revision: String(rule.revision) }}>
        {rule.title && `${say(rule.title)} · `}
        {t('reason.ruleApplied', { revision: rule.revision, date: dateText(rule.effectiveDate) })}
      </Link>
      {!rule.title && <span className="small"> {rule.ruleSet}</span>}
      {rule.suspended && <span> · {t('reason.ruleSuspended')}</span>}
    </p>
  );
}

/** Reasons that rest on one rule stand under its title, with its articles once. */
function ReasonGroup({ reasons, tone }: { reasons: readonly Reason[]; tone: Tone }) {
  const { t } = useTranslation('verdict');
  const say = useText();
  const [head] = reasons;
  if (!head) return null;
  return (
    <li>
      {head.title && <strong>{say(head.title)}</strong>}
      {reasons.map((reason) => (
        <div
          key={`${reason.node} ${reason.fact} ${reason.text.en}`}
          className="row"
          style={{ gap: 8, alignItems: 'baseline', flexWrap: 'nowrap' }}
        >
          <TruthMark truth={reason.truth} tone={tone} />
          <span>{say(reason.text)}</span>
        </div>
      ))}
      {head.cites.map(({ source, number, article, text, unconfirmed }) => (
        <blockquote key={`${source.en} ${article}`} className="article">
          <div>
            {say(source)} {number && `（${number}）`} {article}
            {unconfirmed && <span className="small"> · {t('reason.unconfirmed')}</span>}
          </div>
          <div lang="zh-CN">{text}</div>
        </blockquote>
      ))}
    </li>
  );
}

const marks = { true: CheckOutlined, false: CloseOutlined, unknown: QuestionOutlined };
type Tone = 'grant' | 'deny';

/** Whether a condition holds. One that holds against the student is not shown as a success. */
export function TruthMark({ truth, tone = 'grant' }: Pick<Reason, 'truth'> & { tone?: Tone }) {
  const { t } = useTranslation('verdict');
  const against = tone === 'deny' && truth === 'true';
  const Mark = against ? ExclamationOutlined : marks[truth];
  return (
    <span className={`truth truth-${against ? 'false' : truth}`}>
      <Mark aria-hidden="true" />
      {t(`reason.truth.${truth}`)}
    </span>
  );
}

/** The nearest grants; of those that change the same facts, the one that changes them least. */
function NearMisses({ misses }: { misses: Pathway['nearMisses'] }) {
  const { t } = useTranslation('verdict');
  const say = useText();
  const byFacts = new Map([...misses].reverse().map((miss) => [miss.changes.map(({ fact }) => fact).join(' '), miss]));
  if (misses.length === 0) return null;
  return (
    <section>
      <h3 style={{ marginBottom: 6 }}>{t('reason.nearMisses')}</h3>
      <ul className="reason-list">
        {[...byFacts.values()].reverse().map(({ rule, text, changes }) => (
          <li key={`${rule} ${text.en}`}>
            {changes.length <= 1 && <div>{say(text)}</div>}
            {changes.length > 1 &&
              changes.map(({ fact, title, gotText, neededText }) => (
                <div key={fact}>
                  {t('reason.change', { fact: say(title), got: say(gotText), needed: say(neededText) })}
                </div>
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function groupByRule(reasons: readonly Reason[]): Reason[][] {
  const groups = new Map<string, Reason[]>();
  for (const reason of reasons) {
    const key = `${reason.kind} ${reason.rule ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), reason]);
  }
  return [...groups.values()];
}
