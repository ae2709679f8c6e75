import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useText } from '../../components/use-text.ts';
import '../../components/verdict.css';
import { families, familyOf } from './families.ts';
import { DraftLinks, useDrafts } from './drafts.tsx';
import { NewRuleSet } from './new-draft.tsx';
import { RevisionState } from './revision-state.tsx';
import { validityText } from './validity.ts';
import { ScrollFrame } from '../../components/scroll-frame.tsx';

type RuleSet = components['schemas']['RuleSet'];

export function RulesPage() {
  const { t } = useTranslation('rules');
  const may = useMay();
  const { data, error, isPending } = useQuery({
    queryKey: ['rule-sets'],
    queryFn: () => answer(api.GET('/v1/rule-sets')),
  });
  const drafts = useDrafts();
  const acts = (
    <>
      <NewRuleSet />
      {may('equivalences.evaluate') && (
        <Link to="/rules/try">
          <Button type="primary" tabIndex={-1}>
            {t('try.submit')}
          </Button>
        </Link>
      )}
    </>
  );
  return (
    <div className="page stack" style={{ gap: 20 }}>
      <PageHeader title={t('title')} lede={t('lede')} actions={acts} />
      {isPending && <Skeleton active />}
      <ProblemAlert error={error} />
      {data?.items.length === 0 && <EmptyState words={t('empty')} />}
      {drafts.length > 0 && (
        <section className="stack">
          <h2>{t('draft.open')}</h2>
          <div className="panel">
            <DraftLinks drafts={drafts} />
          </div>
        </section>
      )}
      {families.map((family) => {
        const sets = data?.items.filter(({ id }) => familyOf(id) === family) ?? [];
        return sets.length > 0 && <FamilySection key={family} title={t(`family.${family}`)} sets={sets} />;
      })}
    </div>
  );
}

function FamilySection({ title, sets }: { title: string; sets: readonly RuleSet[] }) {
  const { t } = useTranslation('rules');
  const say = useText();
  return (
    <section className="stack">
      <h2>{title}</h2>
      <ScrollFrame>
        <table className="dense rule-sets">
          <thead>
            <tr>
              {(['ruleSet', 'inForce', 'next'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sets.map((set) => (
              <tr key={set.id}>
                <td style={{ width: '46%' }}>
                  <Link to="/rules/$ruleSet" params={{ ruleSet: set.id }}>
                    <strong>{say(set.title)}</strong>
                  </Link>
                  <div className="quiet">{say(set.question)}</div>
                </td>
                <td>
                  {set.revisions
                    .filter(({ inForce }) => inForce)
                    .map((revision) => (
                      <RevisionLink key={revision.id} ruleSet={set.id} revision={revision} />
                    ))}
                  {!set.revisions.some(({ inForce }) => inForce) && <span className="quiet">{t('none')}</span>}
                </td>
                <td>
                  {set.revisions
                    .filter(({ inForce }) => !inForce)
                    .map((revision) => (
                      <RevisionLink key={revision.id} ruleSet={set.id} revision={revision} />
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}

function RevisionLink({ ruleSet, revision }: { ruleSet: string; revision: RuleSet['revisions'][number] }) {
  const { t } = useTranslation('rules');
  return (
    <div className="row" style={{ gap: 8 }}>
      <Link to="/rules/$ruleSet/$revision" params={{ ruleSet, revision: String(revision.revision) }}>
        {t('revisionNo', { revision: revision.revision })}
      </Link>
      <RevisionState {...revision} />
      <span className="quiet small">{validityText(t, revision)}</span>
    </div>
  );
}
