import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import './verdict.css';
import { ScrollFrame } from './scroll-frame.tsx';

interface Props {
  query: {
    isPending: boolean;
    error: unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
    items: readonly unknown[];
  };
  empty: string;
  children: ReactNode;
}

/** A list of the server as a dense table: loading, refusal, nothing yet, rows, more rows. */
export function Listing({ query, empty, children }: Props) {
  const { t } = useTranslation();
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (query.error && query.items.length === 0) return <ProblemAlert error={query.error} />;
  if (query.items.length === 0) return <EmptyState words={empty} />;
  return (
    <div className="stack">
      <ScrollFrame>{children}</ScrollFrame>
      {query.hasNextPage && (
        <div>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('loadMore')}
          </Button>
        </div>
      )}
    </div>
  );
}
