import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ScrollFrame } from '../../components/scroll-frame.tsx';
import { useText } from '../../components/use-text.ts';
import { dateText, instantText } from '../../i18n/dates.ts';
import { DraftLinks, useDrafts } from './drafts.tsx';
import { NewDraftButton } from './new-draft.tsx';
import { RevisionState } from './revision-state.tsx';
import { validityText } from './validity.ts';
import './rules.css';

type RuleSet = components['schemas']['RuleSet'];

/** A rule set through time: what is in force, what is being drafted, every revision, and what differs between any two. */
export function RuleSetPage() {
  const { t } = useTranslation('rules');
  const say = useText();
  const { ruleSet: id } = useParams({ from: '/frame/rules/$ruleSet' });
  const { data, error, isPending } = useQuery({
    queryKey: ['rule-set', id],
    queryFn: () => answer(api.GET('/v1/rule-sets/{id}', { params: { path: { id } } })),
  });
  const drafts = useDrafts().filter(({ ruleSet }) => ruleSet === id);
  if (isPending)
    return (
      <div className="page">
        <Skeleton active />
      </div>
    );
  if (!data && drafts.length === 0)
    return (
      <div className="page">
        <ProblemAlert error={error} />
      </div>
    );
  return (
    <div className="page stack" style={{ gap: 16 }}>
      <div>
        <p className="small">
          <Link to="/rules">{t('title')}</Link>
        </p>
        <PageHeader
          title={data ? say(data.title) : id}
          lede={data ? say(data.question) : undefined}
          actions={
            data && <NewDraftButton from={{ from: 'in_force', ruleSet: id }} label={t('draft.change')} primary />
          }
        />
      </div>
      {drafts.length > 0 && (
        <section className="panel">
          <h2 className="minor">{t('draft.open')}</h2>
          <DraftLinks drafts={drafts} />
        </section>
      )}
      {data && <Revisions set={data} />}
      {data && data.bindings.length > 0 && (
        <section>
          <h2 className="minor">{t('bindings')}</h2>
          <ul style={{ margin: 0, paddingLeft: 18 }}>
            {data.bindings.map((binding) => (
              <li key={binding.id}>
                {t('bound', {
                  purpose: t(`purpose.${binding.purpose}`),
                  scope: binding.scope === '*' ? t('everything') : binding.scope,
                  date: dateText(binding.fromOn),
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** Two ticks choose the two to compare; the older one always stands left. */
function Revisions({ set }: { set: RuleSet }) {
  const { t } = useTranslation('rules');
  const may = useMay();
  const [ticked, setTicked] = useState<readonly number[]>([]);
  const tick = (revision: number) =>
    setTicked((was) => (was.includes(revision) ? was.filter((one) => one !== revision) : [...was.slice(-1), revision]));
  const [older, newer] = [...ticked].sort((a, b) => a - b);
  return (
    <section className="stack">
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <h2>{t('revisions')}</h2>
        {set.revisions.length > 1 &&
          (older !== undefined && newer !== undefined ? (
            <Link to="/rules/$ruleSet/compare" params={{ ruleSet: set.id }} search={{ older, newer }}>
              <Button tabIndex={-1}>{t('compare.two', { older, newer })}</Button>
            </Link>
          ) : (
            <span className="quiet small">{t('compare.tick')}</span>
          ))}
      </div>
      <ScrollFrame>
        <table className="dense">
          <thead>
            <tr>
              {set.revisions.length > 1 && <th scope="col">{t('compare.title')}</th>}
              {(['revision', 'state', 'validity', 'author', 'publishedAt'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`history.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t('history.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {set.revisions.map((one) => (
              <tr key={one.id}>
                {set.revisions.length > 1 && (
                  <td>
                    <input
                      type="checkbox"
                      aria-label={t('compare.choose', { revision: one.revision })}
                      checked={ticked.includes(one.revision)}
                      onChange={() => tick(one.revision)}
                    />
                  </td>
                )}
                <td>
                  <Link to="/rules/$ruleSet/$revision" params={{ ruleSet: set.id, revision: String(one.revision) }}>
                    {t('revisionNo', { revision: one.revision })}
                  </Link>
                </td>
                <td>
                  <RevisionState {...one} />
                </td>
                <td>{validityText(t, one)}</td>
                <td>{one.author.name ?? one.author.id}</td>
                <td>{one.publishedAt ? instantText(one.publishedAt) : '—'}</td>
                <td>
                  {may('rules.edit') && one.state !== 'frozen' && !one.inForce && (
                    <NewDraftButton
                      from={{ from: 'revision', ruleSet: set.id, revision: one.revision }}
                      label={t('draft.rollBack')}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}
