import { useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed, Refused } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import type { Preview } from './use-preview.ts';

/** A preview that no approval may rest on is made anew; of a draft that is done where the draft is. */
export function AgainButton({ preview: { revision, state, standing } }: { preview: Preview }) {
  const { t } = useTranslation(['previews', 'common']);
  const { message } = App.useApp();
  const may = useMay();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const wanted = state === 'failed' || state === 'cancelled' || (standing !== null && standing !== 'holds');
  if (!wanted || revision === null || !may('previews.run')) return null;
  const start = async () => {
    setBusy(true);
    try {
      const body = { revisionId: revision.id };
      const { preview } = await answer(api.POST('/v1/previews', { ...keyed(), body }));
      await navigate({ to: '/previews/$previewId', params: { previewId: preview }, search: {} });
    } catch (error) {
      void message.error(error instanceof Refused ? error.title : t('common:unreachable'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button type="primary" loading={busy} onClick={() => void start()}>
      {t('again')}
    </Button>
  );
}
