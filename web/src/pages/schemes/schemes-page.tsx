import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { OnePage } from '../../components/one-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { SchemeForm } from './scheme-form.tsx';
import type { SchemeList } from './scheme-model.ts';
import { SchemeVersion } from './scheme-version.tsx';
import './schemes.css';

/** 考核方案: what a course is assessed by, version by version. */
export function SchemesPage() {
  const { courseId: id } = useParams({ from: '/frame/courses/$courseId/schemes' });
  const query = useQuery({
    queryKey: ['schemes', id],
    queryFn: () => answer(api.GET('/v1/courses/{id}/schemes', { params: { path: { id } } })),
  });
  return <OnePage query={query}>{(list) => <Schemes list={list} />}</OnePage>;
}

function Schemes({ list }: { list: SchemeList }) {
  const { t } = useTranslation('schemes');
  const [defining, setDefining] = useState(false);
  const define = list.mayDefine && !defining && (
    <Button type="primary" onClick={() => setDefining(true)}>
      {list.items.length > 0 ? t('further') : t('first')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('title', { course: list.course.name })}
        lede={`${list.course.code} · ${t('lede')}`}
        actions={define}
      />
      <div className="stack" style={{ gap: 16 }}>
        {defining && <SchemeForm list={list} onDone={() => setDefining(false)} />}
        {list.items.length === 0 && !defining && <EmptyState words={t('none')} />}
        {list.items.map((scheme, index) => (
          <SchemeVersion key={scheme.id} scheme={scheme} units={list.units} latest={index === 0} />
        ))}
      </div>
    </>
  );
}
