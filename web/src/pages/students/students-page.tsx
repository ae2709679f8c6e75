import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { cohortsQuery, studentsQuery } from '../../api/students.ts';
import { CohortProgress } from '../../components/cohort-progress.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { studentsSearch } from '../../search/students.ts';
import { StudentFilters } from './student-filters.tsx';
import { StudentTable } from './student-table.tsx';

export function StudentsPage() {
  const { t } = useTranslation(['students', 'common']);
  // the router keeps what the schema does not know; the server would refuse it
  const filters = studentsSearch.parse(useSearch({ from: '/frame/students' }));
  const find = useLocation({ select: ({ state }) => state.find ?? '' });
  const list = useInfiniteQuery(studentsQuery(filters, find));
  const cohorts = useQuery(cohortsQuery);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const unfiltered = find === '' && Object.values(filters).every((value) => value === undefined);
  return (
    <div className="page stack">
      <PageHeader title={t('title')} lede={t('lede')} />
      {unfiltered && cohorts.data?.items.map((cohort) => <CohortProgress key={cohort.planId} cohort={cohort} />)}
      <div className="row">
        <FindBox find={find} />
        <StudentFilters filters={filters} cohorts={cohorts.data?.items ?? []} />
      </div>
      {find !== '' && <p>{t('found', { text: find })}</p>}
      <ProblemAlert error={list.error} />
      {list.isSuccess && rows.length === 0 && <NoStudents unfiltered={unfiltered} />}
      {rows.length > 0 && <StudentTable rows={rows} />}
      <div className="row small quiet">
        {rows.length > 0 && <span>{t('count', { count: rows.length })}</span>}
        {rows.length > 0 && <span>{t('stageNote')}</span>}
        {list.isPending && <span>{t('common:loading')}</span>}
      </div>
      {list.hasNextPage && (
        <div>
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common:loadMore')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What is typed travels in the history state: back, forward and reload keep it, no address ever shows it. */
function FindBox({ find }: { find: string }) {
  const { t } = useTranslation('students');
  const navigate = useNavigate({ from: '/students' });
  const [text, setText] = useState(find);
  useEffect(() => setText(find), [find]);
  const go = (typed: string) =>
    void navigate({
      search: (search) => search,
      state: (state) => ({ ...state, find: typed.trim() }),
    });
  return (
    <Input.Search
      value={text}
      allowClear
      style={{ width: 280 }}
      aria-label={t('find')}
      placeholder={t('find')}
      onChange={(event) => setText(event.target.value)}
      onSearch={go}
    />
  );
}

function NoStudents({ unfiltered }: { unfiltered: boolean }) {
  const { t } = useTranslation('students');
  const may = useMay();
  if (!unfiltered) return <EmptyState words={t('none')} />;
  return (
    <EmptyState words={t('empty')}>{may('imports.run') && <Link to="/imports">{t('toImports')}</Link>}</EmptyState>
  );
}
