import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  lede?: ReactNode;
  /** At most one primary button; secondary acts beside it. */
  actions?: ReactNode;
}

export function PageHeader({ title, lede, actions }: Props) {
  return (
    <header className="page-head">
      <div className="grow">
        <h1>{title}</h1>
        {lede && <p className="lede">{lede}</p>}
      </div>
      {actions && <div className="row">{actions}</div>}
    </header>
  );
}
