import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';
import { useLate } from './use-late.ts';

interface Props<T> {
  query: { data: T | undefined; error: unknown };
  children: (thing: T) => ReactNode;
}

/** A page about one thing: nothing for a moment, a skeleton while it takes longer, the refusal, or the thing. */
export function OnePage<T>({ query: { data, error }, children }: Props<T>) {
  return (
    <div className="page">
      {data === undefined ? error ? <ProblemAlert error={error} /> : <Waiting /> : children(data)}
    </div>
  );
}

function Waiting() {
  return useLate() ? <Skeleton active paragraph={{ rows: 6 }} /> : null;
}
