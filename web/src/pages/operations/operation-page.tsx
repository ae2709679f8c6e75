import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../components/page-header.tsx';
import { instantText } from '../../i18n/dates.ts';
import { OperationProgress } from './operation-progress.tsx';
import { useOperation } from './use-operation.ts';
import { useOperationWords } from './words.ts';

export function OperationPage() {
  const { t } = useTranslation('operations');
  const words = useOperationWords();
  const { operationId } = useParams({ from: '/frame/operations/$operationId' });
  const { data } = useOperation(operationId);
  return (
    <div className="page">
      <PageHeader
        title={data ? words.kind(data.kind) : t('title')}
        lede={data && `${data.createdBy.name ?? data.createdBy.id} · ${instantText(data.createdAt)}`}
      />
      <OperationProgress id={operationId} />
    </div>
  );
}
