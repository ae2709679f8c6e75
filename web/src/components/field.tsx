import type { ReactNode } from 'react';
import { useId } from 'react';

/** A named field outside a form: the label belongs to the control by id. */
export function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="stack" style={{ gap: 4 }}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
