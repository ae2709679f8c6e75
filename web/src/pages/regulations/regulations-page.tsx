import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { OnePage } from '../../components/one-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ScrollFrame } from '../../components/scroll-frame.tsx';
import { useText } from '../../components/use-text.ts';
import { instantText } from '../../i18n/dates.ts';
import { FileRegulation } from './file-regulation.tsx';
import { StateCounts } from './state-counts.tsx';

export function RegulationsPage() {
  const { t } = useTranslation('regulations');
  const say = useText();
  const may = useMay();
  const [filing, setFiling] = useState(false);
  const query = useQuery({ queryKey: ['regulations'], queryFn: () => answer(api.GET('/v1/regulations')) });
  const file = may('rules.edit') && (
    <Button type="primary" onClick={() => setFiling(true)}>
      {t('file')}
    </Button>
  );
  return (
    <OnePage query={query}>
      {({ items }) => (
        <>
          <PageHeader title={t('title')} lede={t('lede')} actions={file} />
          <FileRegulation open={filing} onClose={() => setFiling(false)} />
          {items.length === 0 ? (
            <EmptyState words={t('empty')} />
          ) : (
            <ScrollFrame>
              <table className="dense">
                <thead>
                  <tr>
                    <th scope="col">{t('column.regulation')}</th>
                    <th scope="col">{t('column.articles')}</th>
                    <th scope="col">{t('column.filedAt')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={one.id}>
                      <td>
                        <Link to="/regulations/$regulationId" params={{ regulationId: one.id }}>
                          {say(one.title)}
                        </Link>
                        <div className="quiet small">
                          {[one.number, one.issuer, one.unconfirmed ? t('unconfirmed') : null]
                            .filter(Boolean)
                            .join(' · ')}
                        </div>
                      </td>
                      <td>
                        <StateCounts counts={one.counts} />
                      </td>
                      <td className="nowrap quiet">{instantText(one.filedAt)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollFrame>
          )}
        </>
      )}
    </OnePage>
  );
}
