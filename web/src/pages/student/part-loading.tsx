import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../components/problem-alert.tsx';

interface Props<T> {
  query: { data: T | undefined; error: unknown };
  children: (data: T) => ReactNode;
}

/** A tab's answer once it is there; its refusal otherwise. */
export function PartLoading<T>({ query: { data, error }, children }: Props<T>) {
  if (error) return <ProblemAlert error={error} />;
  if (data === undefined) return <Skeleton active paragraph={{ rows: 5 }} />;
  return children(data);
}
