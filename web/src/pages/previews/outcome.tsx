import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { VerdictTag } from '../../components/verdict-tag.tsx';
import { useText } from '../../components/use-text.ts';
import type { Text } from '../../components/use-text.ts';

export type Outcome = components['schemas']['PreviewOutcome'];
export type ChangeKind = components['schemas']['PreviewChangeKind'];

/** An outcome under one of the two books; without a rule, or with a fact out of its range, nothing is concluded. */
export function OutcomeTag({ type, title }: { type: Outcome; title?: Text }) {
  const { t } = useTranslation('previews');
  const say = useText();
  if (type === 'no-rule' || type === 'error')
    return <span className="tag tag-out-of-scope">{t(`outcome.${type}`)}</span>;
  return <VerdictTag type={type} words={title ? say(title) : t(`outcome.${type}`)} />;
}

const tones: Record<ChangeKind, string> = {
  gain: 'grant',
  lose: 'deny',
  other: 'undetermined',
  reason: 'out-of-scope',
};

export function ChangeTag({ change }: { change: ChangeKind }) {
  const { t } = useTranslation('previews');
  return (
    <span className={`tag tag-${tones[change]}`} title={t(`changeExplain.${change}`)}>
      {t(`change.${change}`)}
    </span>
  );
}

/** `diploma`, `skill/four`, `credit`, `title` in words. */
export function useTargetWords(): (target: string) => string {
  const { t } = useTranslation(['previews', 'verdict']);
  return (target) => {
    const [kind, level] = target.split('/');
    if (kind === 'skill')
      return t('target.skill', {
        level:
          level === 'four' || level === 'three' || level === 'five' || level === 'two' || level === 'one'
            ? t(`verdict:level.${level}`)
            : '',
      });
    return kind === 'diploma' || kind === 'credit' || kind === 'title' ? t(`target.${kind}`) : target;
  };
}
