import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { useText } from '../../components/use-text.ts';
import { listText } from '../../i18n/list.ts';
import { currentLanguage } from '../../i18n/index.ts';

type Revision = components['schemas']['RuleRevision'];
type Sentence = components['schemas']['Sentence'];
type Rule = Revision['sentences']['en']['rules'][number];

/** The whole document as people read it: each rule in plain sentences, its articles beside it. */
export function RuleSentences({ revision }: { revision: Revision }) {
  const { t } = useTranslation('rules');
  const read = revision.sentences[currentLanguage()];
  return (
    <div className="stack" style={{ gap: 16 }}>
      <section className="panel">
        <h2 className="minor">{t('question')}</h2>
        <p>{read.question}</p>
        <h2 className="minor" style={{ marginTop: 12 }}>
          {t('scope')}
        </h2>
        {read.scope ? <SentenceTree sentence={read.scope} /> : <p>{t('everyone')}</p>}
      </section>
      {read.rules.map((rule) => (
        <RuleCard key={rule.name} rule={rule} />
      ))}
      <p className="panel">{t('otherwise', { event: read.otherwise })}</p>
      {read.impossible.length > 0 && (
        <section className="panel">
          <h2 className="minor">{t('impossible')}</h2>
          {read.impossible.map(({ why, when }) => (
            <div key={why}>
              <p className="quiet">{why}</p>
              <SentenceTree sentence={when} />
            </div>
          ))}
        </section>
      )}
    </div>
  );
}

function RuleCard({ rule }: { rule: Rule }) {
  const { t } = useTranslation('rules');
  const say = useText();
  return (
    <article className="panel rule-card" id={rule.name}>
      <div>
        <h2 className="minor">
          <code className="quiet">{rule.name}</code> {rule.title}
        </h2>
        <SentenceTree sentence={rule.conditions} />
        <p className="rule-then">
          <span className="quiet">{t('consequence')}</span>{' '}
          <strong className={`event-${rule.event.type}`}>{rule.eventText}</strong>
        </p>
        {rule.overrides.length > 0 && (
          <p className="quiet small">{t('exception', { rules: listText(rule.overrides) })}</p>
        )}
      </div>
      <div>
        {rule.cites.map((cite) => (
          <blockquote key={`${cite.source.en} ${cite.article}`} className="article">
            <div>
              {say(cite.source)} {cite.number && `（${cite.number}）`} {cite.article}
              {cite.unconfirmed && <span className="small"> · {t('unconfirmed')}</span>}
            </div>
            <div lang="zh-CN">{cite.text}</div>
          </blockquote>
        ))}
      </div>
    </article>
  );
}

export function SentenceTree({ sentence }: { sentence: NonNullable<Sentence> | null }) {
  if (sentence === null) return null;
  if (sentence.parts.length === 0) return <p>{sentence.text}</p>;
  return (
    <div>
      <p className="quiet">{sentence.text}</p>
      <ul className="sentence-parts">
        {sentence.parts.map((part, index) => (
          // the order of a frozen document never changes
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <SentenceTree sentence={part} />
          </li>
        ))}
      </ul>
    </div>
  );
}
