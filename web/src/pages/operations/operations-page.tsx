import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { Listing } from '../../components/listing.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { instantText } from '../../i18n/dates.ts';
import { OperationState } from './operation-state.tsx';
import { useOperationWords } from './words.ts';

export function OperationsPage() {
  const { t } = useTranslation('operations');
  const words = useOperationWords();
  const list = usePages(['operations'], (cursor?: string) =>
    answer(api.GET('/v1/operations', { params: { query: { limit: 50, ...(cursor && { cursor }) } } })),
  );
  return (
    <div className="page">
      <PageHeader title={t('title')} lede={t('lede')} />
      <Listing query={list} empty={t('empty')}>
        <table className="dense">
          <thead>
            <tr>
              {(['kind', 'state', 'progress', 'refused', 'by', 'createdAt'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.items.map((item) => (
              <tr key={item.id}>
                <td className="nowrap">
                  <Link to="/operations/$operationId" params={{ operationId: item.id }}>
                    {words.kind(item.kind)}
                  </Link>
                </td>
                <td>
                  <OperationState state={item.state} />
                </td>
                <td className="nowrap">
                  {item.done + item.refused} / {item.total}
                </td>
                <td>{item.refused}</td>
                <td className="nowrap">{item.createdBy.name ?? item.createdBy.id}</td>
                <td className="nowrap">{instantText(item.createdAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
    </div>
  );
}
