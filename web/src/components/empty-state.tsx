import type { ReactNode } from 'react';

/** What belongs here, and the act that makes the first one. */
export function EmptyState({ words, children }: { words: string; children?: ReactNode }) {
  return (
    <div className="panel" style={{ textAlign: 'center', padding: '40px 24px' }}>
      <p className="quiet" style={{ maxWidth: '36em', margin: '0 auto 12px' }}>
        {words}
      </p>
      {children}
    </div>
  );
}
