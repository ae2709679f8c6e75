import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, Refused } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Grounds } from '../../components/reason-panel.tsx';
import { TryForm } from './try-form.tsx';
import type { Asked } from './try-form.tsx';
import './rules.css';

type Equivalence = components['schemas']['Equivalence'];

const isNotBound = (refusal: unknown): boolean => refusal instanceof Refused && refusal.code === 'rule_not_bound';

/** What an outcome would be worth, under the rules of a date, with its grounds. Stores nothing. */
export function TryPage() {
  const { t } = useTranslation('rules');
  const [result, setResult] = useState<Equivalence | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = async (body: Asked) => {
    setBusy(true);
    setAsked(body);
    setRefusal(null);
    try {
      setResult(await answer(api.POST('/v1/equivalences/evaluate', { body })));
    } catch (error) {
      setResult(null);
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="page">
      <p className="small">
        <Link to="/rules">{t('title')}</Link>
      </p>
      <PageHeader title={t('try.title')} lede={t('try.lede')} />
      <div className="try-columns">
        <TryForm busy={busy} onAsk={(body) => void ask(body)} />
        <div className="stack" aria-live="polite">
          {asked && isNotBound(refusal) ? (
            <EmptyState
              words={t('try.notBound', {
                kind: t(`try.kinds.${asked.outcome?.kind ?? 'skill_certificate'}`),
                purpose: t(`purpose.${asked.purpose}`),
              })}
            />
          ) : (
            <ProblemAlert error={refusal} />
          )}
          {!result && refusal === null && <EmptyState words={t('try.empty')} />}
          {result?.answers.length === 0 && <EmptyState words={t('try.noAnswer')} />}
          {result?.answers.map((one) => (
            <section className="panel stack" key={`${one.course?.id} ${one.ruleSet}`}>
              {one.course && (
                <h2>
                  {t('try.answerFor', { course: one.course.name })} <span className="quiet">{one.course.code}</span>
                </h2>
              )}
              <Grounds
                why={{
                  verdict: one.verdict,
                  title: one.title,
                  reasons: one.reasons,
                  nearMisses: [],
                  rule: {
                    ruleSet: one.ruleSet,
                    title: one.ruleTitle,
                    revision: one.revision,
                    hash: one.hash,
                    effectiveDate: one.effectiveDate,
                    suspended: false,
                  },
                }}
              />
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}
