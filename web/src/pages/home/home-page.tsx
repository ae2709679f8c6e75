import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useMay, useSession } from '../../api/session.ts';
import { cohortsQuery } from '../../api/students.ts';
import { CohortProgress } from '../../components/cohort-progress.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Calendar } from './calendar.tsx';
import { OwnPathways } from './own-pathways.tsx';
import { WaitingGroup } from './waiting-group.tsx';
import './home.css';

/** What waits for whoever is signed in; then, for those who see cohorts, how far they have come. */
export function HomePage() {
  const { t } = useTranslation('home');
  const { college, roles } = useSession();
  const may = useMay();
  const { data, error } = useQuery({
    queryKey: ['home'],
    queryFn: () => answer(api.GET('/v1/home')),
    refetchInterval: 30_000,
  });
  const isStudent = roles.every(({ role }) => role === 'student');
  const groups = data?.groups.filter(({ kind }) => kind !== 'own_pathway') ?? [];
  const own = data?.groups.find(({ kind }) => kind === 'own_pathway');
  return (
    <div className="page stack" style={{ gap: 16 }}>
      <PageHeader title={t('title')} lede={groups.length > 0 ? t('lede', { count: groups.length }) : undefined} />
      <ProblemAlert error={error} />
      {!data && !error && <Skeleton active paragraph={{ rows: 6 }} />}
      {own && <OwnPathways studentId={own.items[0]?.studentId ?? null} />}
      {data && groups.length === 0 && !own && <NothingWaits />}
      {groups.map((group) => (
        <WaitingGroup key={group.kind} group={group} />
      ))}
      {college && !isStudent && may('students.read') && <Cohorts />}
      {college && !isStudent && <Calendar />}
    </div>
  );
}

function NothingWaits() {
  const { t } = useTranslation('home');
  return (
    <div className="panel">
      <p>{t('nothing')}</p>
      <p className="quiet">{t('nothingNext')}</p>
    </div>
  );
}

function Cohorts() {
  const { t } = useTranslation('home');
  const { data } = useQuery(cohortsQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t('cohorts')}</h2>
      {data.items.map((cohort) => (
        <CohortProgress key={cohort.planId} cohort={cohort} />
      ))}
    </section>
  );
}
