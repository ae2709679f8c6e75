import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import { useText } from '../../../components/use-text.ts';
import { currentLanguage } from '../../../i18n/index.ts';
import { listText } from '../../../i18n/list.ts';
import { comparedRules } from '../compared.ts';
import { ComparedTable } from '../compare-page.tsx';
import { Changes } from '../editor/changes.tsx';

type Revision = components['schemas']['RuleRevision'];
type Text = components['schemas']['RuleRevision']['title'];
type Publication = components['schemas']['RulePublication'];

/** The cases whose answer changes, the rules that read differently, and the articles those rest on. */
export function WhatChanges({ revision, publication }: { revision: Revision; publication: Publication }) {
  const { t } = useTranslation('ruleApproval');
  const say = useText();
  const { base, proofs } = publication;
  // what it was held against; once published, what it replaced
  const { supersedes, change } = revision.document as { supersedes?: { revision: number }; change: { reason: Text } };
  const older = base && base.revision !== revision.revision ? base.revision : supersedes?.revision;
  const path = { id: revision.ruleSet, revision: older ?? 0 };
  const { data } = useQuery({
    queryKey: ['rule-revision', path.id, path.revision],
    enabled: older !== undefined,
    queryFn: () => answer(api.GET('/v1/rule-sets/{id}/revisions/{revision}', { params: { path } })),
  });
  const language = currentLanguage();
  const rules = data ? comparedRules(data.sentences[language], revision.sentences[language]) : [];
  const names = new Set(rules.map(({ name }) => name));
  const cites = revision.sentences[language].rules.filter(({ name }) => names.has(name)).flatMap((rule) => rule.cites);
  const articles = [...new Map(cites.map((cite) => [`${cite.source.en} ${cite.article}`, cite])).values()];
  const changed = proofs?.difference?.changed;
  return (
    <section className="panel stack">
      <h2>{t('whatChanges')}</h2>
      <p>
        <strong>{t('why', { reason: say(change.reason) })}</strong>
      </p>
      {older === undefined && <p className="quiet">{t('first')}</p>}
      {rules.length > 0 && (
        <>
          <h3>{t('rulesChanged')}</h3>
          <ComparedTable rows={rules} older={older ?? 0} newer={revision.revision} />
          {articles.map((cite) => (
            <blockquote key={`${cite.source.en} ${cite.article}`} className="article">
              <div>
                {say(cite.source)} {cite.number && `（${cite.number}）`} {cite.article}
              </div>
              <div lang="zh-CN">{cite.text}</div>
            </blockquote>
          ))}
        </>
      )}
      {proofs?.difference && (
        <>
          <h3>{t('exact')}</h3>
          {proofs.difference.shifts.length === 0 ? <p>{t('exactNone')}</p> : <Changes difference={proofs.difference} />}
          {!proofs.difference.decided && <p style={{ color: 'var(--waiting)' }}>{t('undecided')}</p>}
        </>
      )}
      {changed && (
        <ul className="plain-list quiet small">
          {changed.domains.length > 0 && (
            <li>{t('changedDomains', { what: listText(changed.domains.map(({ title }) => say(title))) })}</li>
          )}
          {changed.facts.length > 0 && (
            <li>{t('changedFacts', { what: listText(changed.facts.map(({ title }) => say(title))) })}</li>
          )}
          {changed.sources.length > 0 && (
            <li>{t('changedSources', { what: listText(changed.sources.map(({ title }) => say(title))) })}</li>
          )}
        </ul>
      )}
    </section>
  );
}
