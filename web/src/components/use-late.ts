import { useEffect, useState } from 'react';

const PATIENCE_MS = 300;

/** Whether this has been on the page long enough to say that something is coming. */
export function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return late;
}
