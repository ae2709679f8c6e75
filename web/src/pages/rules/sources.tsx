import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { useText } from '../../components/use-text.ts';

/** Where the rules come from, article by article, verbatim. */
export function Sources({ sources }: { sources: components['schemas']['RuleRevision']['sources'] }) {
  const { t } = useTranslation('rules');
  const say = useText();
  return (
    <div className="stack">
      {sources.map((source) => (
        <section key={source.key} className="panel">
          <h2 className="minor">
            {say(source.title)} {source.number && <span className="quiet">{source.number}</span>}
          </h2>
          {source.unconfirmed && <p style={{ color: 'var(--waiting)' }}>{t('unconfirmed')}</p>}
          {source.articles.map(({ article, text }) => (
            <blockquote key={article} className="article">
              <strong>{article}</strong>
              <div lang="zh-CN">{text}</div>
            </blockquote>
          ))}
        </section>
      ))}
    </div>
  );
}
