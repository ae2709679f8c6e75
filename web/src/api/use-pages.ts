import { useInfiniteQuery } from '@tanstack/react-query';

interface Page<T> {
  items: T[];
  next: string | number | null;
  total?: number;
}

/** A keyset list, page after page. `key` names the list and its filters. */
export function usePages<T, C extends string | number>(
  key: readonly unknown[],
  read: (cursor: C | undefined) => Promise<Page<T>>,
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam as C | undefined),
    initialPageParam: undefined as string | number | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) ?? [] };
}
