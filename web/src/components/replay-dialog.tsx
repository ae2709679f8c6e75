import { useQuery } from '@tanstack/react-query';
import { Alert, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** Works a decision out again from its own rule and facts, and says whether every byte is the same. */
export function ReplayDialog({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation('student');
  const { data, error } = useQuery({
    queryKey: ['replay', id],
    queryFn: () => answer(api.POST('/v1/decisions/{id}/replay', { params: { path: { id: id ?? '' } } })),
    enabled: id !== null,
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Modal open={id !== null} title={t('decisions.replayTitle')} footer={null} onCancel={onClose}>
      {error && <ProblemAlert error={error} />}
      {!data && !error && <p className="quiet">{t('decisions.replaying')}</p>}
      {data?.same && <Alert type="success" showIcon title={t('decisions.same')} />}
      {data && !data.same && (
        <Alert
          type="error"
          showIcon
          title={t('decisions.different')}
          description={
            <ul>
              {data.differences.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          }
        />
      )}
    </Modal>
  );
}
