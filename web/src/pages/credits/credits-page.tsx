import { Link, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { usePages } from '../../api/use-pages.ts';
import { DecisionPanel } from '../../components/decision-panel.tsx';
import { Listing } from '../../components/listing.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ApplicationTable } from './application-table.tsx';
import { ApplyDrawer } from './apply-drawer.tsx';

/** 学分认定: applications and decisions; a new one is tried out before it is made. */
export function CreditsPage() {
  const { t } = useTranslation('credits');
  const { student } = useSearch({ from: '/frame/credits' });
  const may = useMay();
  const [applying, setApplying] = useState(false);
  const [decision, setDecision] = useState<string | null>(null);
  const about = student === undefined ? {} : { studentId: student };
  const query = usePages(['credit-applications', student], (cursor: string | undefined) =>
    answer(
      api.GET('/v1/credit-applications', {
        params: { query: { limit: 50, ...about, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
  );
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lede={t('lede')}
        actions={
          may('applications.submit') && (
            <Button type="primary" onClick={() => setApplying(true)}>
              {t('apply')}
            </Button>
          )
        }
      />
      {student !== undefined && (
        <p style={{ marginBottom: 12 }}>
          {t('forStudent')} · <Link to="/credits">{t('showAll')}</Link>
        </p>
      )}
      <Listing query={query} empty={student === undefined ? t('none') : t('noneFor')}>
        <ApplicationTable items={query.items} onDecision={setDecision} />
      </Listing>
      <DecisionPanel id={decision} onClose={() => setDecision(null)} />
      <ApplyDrawer key={student ?? ''} open={applying} studentId={student} onClose={() => setApplying(false)} />
    </div>
  );
}
