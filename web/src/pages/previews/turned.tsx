import { ArrowRightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { TruthMark } from '../../components/reason-panel.tsx';
import { useText } from '../../components/use-text.ts';

type Turned = components['schemas']['PreviewTurned'];

/** The conditions that turned an outcome: what each document asks, and whether it holds. */
export function TurnedList({ turned, most = turned.length }: { turned: readonly Turned[]; most?: number }) {
  const { t } = useTranslation('previews');
  if (turned.length === 0) return <span className="quiet">{t('noTurned')}</span>;
  return (
    <div className="preview-turned">
      {turned.slice(0, most).map((one) => (
        <TurnedOne key={one.node} turned={one} />
      ))}
      {turned.length > most && <span className="quiet small">{t('more', { count: turned.length - most })}</span>}
    </div>
  );
}

function TurnedOne({ turned: { rule, ruleTitle, factTitle, before, after } }: { turned: Turned }) {
  const { t } = useTranslation('previews');
  const say = useText();
  const place = ruleTitle ? say(ruleTitle) : t(rule === 'scope' ? 'scopeRule' : 'impossibleRule');
  const arrow = <ArrowRightOutlined aria-label="→" className="quiet" />;
  // the same demand of other facts is told once
  if (before && after && say(before.text) === say(after.text))
    return (
      <div>
        <span title={place}>{say(factTitle)}</span> {say(before.text)} <TruthMark truth={before.truth} /> {arrow}{' '}
        <TruthMark truth={after.truth} />
      </div>
    );
  return (
    <div>
      <span title={place}>{say(factTitle)}</span> <State state={before} /> {arrow} <State state={after} />
    </div>
  );
}

function State({ state }: { state: Turned['before'] }) {
  const { t } = useTranslation('previews');
  const say = useText();
  if (state === null) return <span className="quiet">{t('absent')}</span>;
  return (
    <span className="preview-state">
      {say(state.text)} <TruthMark truth={state.truth} />
    </span>
  );
}
