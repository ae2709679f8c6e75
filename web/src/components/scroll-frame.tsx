import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './verdict.css';

/** The frame of a dense table. It scrolls where it is wider than the page, so the keyboard must reach it. */
export function ScrollFrame({ children, style }: { children: ReactNode; style?: CSSProperties }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="dense-frame" aria-label={t('table')} tabIndex={0} style={style}>
      {children}
    </section>
  );
}
