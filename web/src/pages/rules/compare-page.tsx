import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ScrollFrame } from '../../components/scroll-frame.tsx';
import { useText } from '../../components/use-text.ts';
import { Changes } from './editor/changes.tsx';
import { currentLanguage } from '../../i18n/index.ts';
import type { ComparedRule } from './compared.ts';
import { comparedRules } from './compared.ts';
import './editor/editor.css';
import './rules.css';

/** Two revisions side by side: every rule that reads otherwise, in the words of both. */
export function ComparePage() {
  const { t } = useTranslation('rules');
  const say = useText();
  const may = useMay();
  const { ruleSet } = useParams({ from: '/frame/rules/$ruleSet/compare' });
  const { older, newer } = useSearch({ from: '/frame/rules/$ruleSet/compare' });
  const one = useRevision(ruleSet, older);
  const other = useRevision(ruleSet, newer);
  const exact = useQuery({
    queryKey: ['rule-difference', ruleSet, older, newer],
    enabled: may('rules.try'),
    queryFn: () =>
      answer(
        api.GET('/v1/rule-sets/{id}/difference', {
          params: { path: { id: ruleSet }, query: { from: older, to: newer } },
        }),
      ),
  });
  const language = currentLanguage();
  const rows =
    one.data && other.data ? comparedRules(one.data.sentences[language], other.data.sentences[language]) : [];
  return (
    <div className="page stack">
      <div>
        <p className="small">
          <Link to="/rules">{t('title')}</Link> /{' '}
          <Link to="/rules/$ruleSet" params={{ ruleSet }}>
            {one.data ? say(one.data.title) : ruleSet}
          </Link>
        </p>
        <PageHeader title={t('compare.two', { older, newer })} />
      </div>
      <ProblemAlert error={one.error ?? other.error} />
      {(one.isPending || other.isPending) && <Skeleton active />}
      {one.data && other.data && rows.length === 0 && <p className="panel">{t('compare.same')}</p>}
      {exact.data && (
        <section className="panel stack">
          <h2>{t('compare.exact')}</h2>
          <Changes difference={exact.data} />
        </section>
      )}
      {rows.length > 0 && <ComparedTable rows={rows} older={older} newer={newer} />}
    </div>
  );
}

interface TableProps {
  rows: readonly ComparedRule[];
  older: number;
  newer: number;
}

/** Each rule in the words of both revisions; what stands in one of them only is marked. */
export function ComparedTable({ rows, older, newer }: TableProps) {
  const { t } = useTranslation('rules');
  return (
    <ScrollFrame>
      <table className="dense compare">
        <thead>
          <tr>
            <th scope="col">{t('compare.rule')}</th>
            <th scope="col">{t('revisionNo', { revision: older })}</th>
            <th scope="col">{t('revisionNo', { revision: newer })}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, before, after }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
                <div className="quiet small">
                  {t(before === null ? 'compare.added' : after === null ? 'compare.removed' : 'compare.changed')}
                </div>
              </th>
              <td>
                {before?.map((line) => (
                  <Line key={line.text} {...line} kind="removed" />
                ))}
              </td>
              <td>
                {after?.map((line) => (
                  <Line key={line.text} {...line} kind="added" />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Line({ text, depth, same, kind }: { text: string; depth: number; same: boolean; kind: 'added' | 'removed' }) {
  const Mark = kind === 'added' ? 'ins' : 'del';
  return (
    <div style={{ paddingLeft: depth * 16 }} className={same ? 'quiet' : undefined}>
      {same ? text : <Mark>{text}</Mark>}
    </div>
  );
}

function useRevision(id: string, revision: number) {
  return useQuery({
    queryKey: ['rule-revision', id, revision],
    queryFn: () => answer(api.GET('/v1/rule-sets/{id}/revisions/{revision}', { params: { path: { id, revision } } })),
  });
}
