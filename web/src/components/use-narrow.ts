import { useSyncExternalStore } from 'react';

const query = '(max-width: 720px)';

/** Whether the page stands on a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (redraw) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', redraw);
      return () => media.removeEventListener('change', redraw);
    },
    () => window.matchMedia(query).matches,
  );
}
