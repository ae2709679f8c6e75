import { SyncOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.ts';
import { useMay } from '../api/session.ts';
import { shareOf } from './share.ts';

const OFTEN_MS = 3_000;
const SELDOM_MS = 30_000;
const MOST = 50;

/** Bulk work under way, wherever one is in the console; nothing while there is none. */
export function Jobs() {
  const { t } = useTranslation('frame');
  const may = useMay()('operations.read');
  const { data } = useQuery({
    queryKey: ['operations', 'open'],
    queryFn: () => answer(api.GET('/v1/operations', { params: { query: { open: 'true', limit: MOST } } })),
    enabled: may,
    refetchInterval: ({ state }) => (state.data?.items.length ? OFTEN_MS : SELDOM_MS),
  });
  const open = data?.items ?? [];
  const [first] = open;
  if (!first) return null;
  const words = t('jobsOpen', { count: open.length, share: shareOf(open) });
  const place =
    open.length === 1
      ? ({ to: '/operations/$operationId', params: { operationId: first.id } } as const)
      : ({ to: '/operations' } as const);
  return (
    <Link {...place} className="frame-jobs nowrap" title={words} aria-label={words}>
      <SyncOutlined spin={open.some(({ state }) => state === 'running')} aria-hidden="true" />
      <span className="frame-wide">
        {t('jobs')}
        {open.length > 1 && ` ${open.length}`}
      </span>
      {shareOf(open)}%
    </Link>
  );
}
