import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Skeleton, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { CoverageTables } from '../../components/coverage.tsx';
import type { components } from '../../api/schema.d.ts';
import { OnePage } from '../../components/one-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { TargetName } from '../../components/target-name.tsx';
import { useText } from '../../components/use-text.ts';
import { decimalText } from '../../i18n/dates.ts';
import { planTabs } from '../../search/plans.ts';
import type { PlanTab } from '../../search/plans.ts';
import { PlanCourses } from './plan-courses.tsx';

/** 培养方案: courses by term, and their coverage of the standard with its gaps. */
export function PlanPage() {
  const { planId } = useParams({ from: '/frame/plans/$planId' });
  const query = useQuery({
    queryKey: ['plan', planId],
    queryFn: () => answer(api.GET('/v1/plans/{id}', { params: { path: { id: planId } } })),
  });
  return <OnePage query={query}>{(plan) => <Plan plan={plan} />}</OnePage>;
}

function Plan({ plan }: { plan: components['schemas']['Plan'] }) {
  const { t } = useTranslation('plans');
  const { tab = 'courses' } = useSearch({ from: '/frame/plans/$planId' });
  const navigate = useNavigate();
  const say = useText();
  const { id: planId, cohort, programme, totalCredits, electiveCredits, maxYears, targets, courses } = plan;
  const parts = { courses: <PlanCourses courses={courses} />, coverage: <Coverage planId={planId} /> };
  const show = (key: string) =>
    void navigate({
      to: '/plans/$planId',
      params: { planId },
      search: { tab: key as PlanTab },
      replace: true,
      resetScroll: false,
    });
  return (
    <>
      <PageHeader
        title={t('planName', { cohort, programme: say(programme.name) })}
        lede={[
          programme.code,
          t('credits', { total: decimalText(totalCredits, 1), elective: decimalText(electiveCredits, 1) }),
          t('years', { years: programme.years, most: maxYears }),
        ].join(' · ')}
      />
      <div className="row" style={{ marginBottom: 8 }}>
        <span className="quiet">{t('targets')}</span>
        {targets.map(({ standard, level }) => (
          <TargetName key={`${standard.id} ${level}`} target={{ type: 'skill', standard, level }} />
        ))}
      </div>
      <Tabs
        activeKey={tab}
        onChange={show}
        items={planTabs.map((key) => ({ key, label: t(key), children: parts[key] }))}
      />
    </>
  );
}

function Coverage({ planId }: { planId: string }) {
  const { data, error } = useQuery({
    queryKey: ['plan', planId, 'coverage'],
    queryFn: () => answer(api.GET('/v1/plans/{id}/coverage', { params: { path: { id: planId } } })),
  });
  if (error) return <ProblemAlert error={error} />;
  return data ? <CoverageTables coverage={data} /> : <Skeleton active />;
}
