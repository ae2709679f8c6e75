import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { usePages } from '../../api/use-pages.ts';
import { Listing } from '../../components/listing.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { instantText } from '../../i18n/dates.ts';
import { BatchState } from './batch-state.tsx';

export function ImportsPage() {
  const { t } = useTranslation('imports');
  const may = useMay();
  const list = usePages(['imports'], (cursor?: string) =>
    answer(api.GET('/v1/imports', { params: { query: { limit: 50, ...(cursor && { cursor }) } } })),
  );
  const start = may('imports.run') && (
    <Link to="/imports/new">
      <Button type="primary" tabIndex={-1}>
        {t('start')}
      </Button>
    </Link>
  );
  return (
    <div className="page">
      <PageHeader title={t('title')} lede={t('lede')} actions={start} />
      <Listing query={list} empty={t('empty')}>
        <table className="dense">
          <thead>
            <tr>
              {(['kind', 'file', 'state', 'rows', 'faults', 'by', 'at'] as const).map((column) => (
                <th key={column} scope="col" className={column === 'rows' || column === 'faults' ? 'num' : undefined}>
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.items.map((batch) => (
              <tr key={batch.id}>
                <td className="nowrap">{t(`kind.${batch.kind}`)}</td>
                <td>
                  <Link to="/imports/$batchId" params={{ batchId: batch.id }}>
                    {batch.fileName}
                  </Link>
                </td>
                <td>
                  <BatchState state={batch.state} />
                </td>
                <td className="num">{batch.rows}</td>
                <td className="num">{batch.faults}</td>
                <td className="nowrap">{batch.createdBy.name ?? batch.createdBy.id}</td>
                <td className="nowrap">{instantText(batch.committedAt ?? batch.createdAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
    </div>
  );
}
