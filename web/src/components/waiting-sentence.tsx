import { useTranslation } from 'react-i18next';
import type { components } from '../api/schema.d.ts';
import { dateText, legalDateOf } from '../i18n/dates.ts';
import { useText } from './use-text.ts';
import './verdict.css';

type Stage = components['schemas']['Stage'];

interface Props {
  stage: Stage;
  today: string;
  /** Whoever reads is the student the sentence is about. */
  own?: boolean;
}

/** Who is waited for, for what, since when and until when: a sentence, never a bare status word. */
export function WaitingSentence({ stage, today, own = false }: Props) {
  const { t } = useTranslation('verdict');
  const words = useWaitingWords(own)(stage);
  return (
    <span className="waiting">
      {words}
      {stage.waitingOn && (
        <span className="quiet">
          {t('comma')}
          <Waited since={stage.since} until={stage.until} today={today} />
        </span>
      )}
    </span>
  );
}

/** 已等 3 天，截止 2026年6月30日（周二）; overdue is said in words and colour. */
export function Waited({ since, until, today }: { since: string | null; until: string | null; today: string }) {
  const { t } = useTranslation(['verdict', 'common']);
  const waited = since === null ? null : daysBetween(legalDateOf(since), today);
  const late = until === null ? 0 : daysBetween(dayOf(until), today);
  return (
    <>
      {waited !== null && (
        <span title={dateText(legalDateOf(since ?? ''))}>
          {waited > 0 ? t('waited', { count: waited }) : t('waitedNone')}
        </span>
      )}
      {until !== null && waited !== null && t('comma')}
      {until !== null && <span>{t('common:until', { date: dateText(dayOf(until)) })}</span>}
      {late > 0 && (
        <span className="overdue">
          {t('comma')}
          {t('overdue', { count: late })}
        </span>
      )}
    </>
  );
}

/** The sentence without its dates. */
export function useWaitingWords(own = false): (stage: Stage) => string {
  const { t } = useTranslation('verdict');
  const say = useText();
  return ({ name, waitingOn, missing, reason }) => {
    if (waitingOn === null) return endWords(t, name, reason);
    const who =
      own && waitingOn.role === 'student'
        ? t('you')
        : [t(`role.${waitingOn.role}`), waitingOn.person?.name].filter(Boolean).join(' ');
    if (name === 'collecting') {
      const { object } = waitingOn;
      if (object?.kind === 'score_sheet' && object.name) return t('wait.sheet', { who, object: object.name });
      if (object?.kind === 'plan') return t('wait.plan');
      const fact = missing.find(({ role }) => role === waitingOn.role);
      return fact ? t('wait.fact', { who, fact: say(fact.title) }) : t('wait.someone', { who });
    }
    if (waitingOn.role === 'rule_editor') return t('wait.noRule', { who });
    if (name === 'deciding' && waitingOn.role !== 'system')
      return reason ? t('wait.returned', { who, reason }) : t('wait.audit', { who });
    return t(`wait.${name}`, { who });
  };
}

function endWords(
  t: ReturnType<typeof useTranslation<'verdict'>>['t'],
  name: Stage['name'],
  reason: string | null,
): string {
  if (name === 'closed' && (reason === 'lapsed' || reason === 'withdrawn')) return t(`closedReason.${reason}`);
  if (
    name === 'issued' &&
    (reason === 'suspended' || reason === 'revoked' || reason === 'superseded' || reason === 'void')
  )
    return t(`certificate.${reason}`);
  return name === 'issued' ? t('wait.issued') : t('wait.closed');
}

const dayOf = (until: string): string => (until.length > 10 ? legalDateOf(until) : until);

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
