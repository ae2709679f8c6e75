import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { entriesOf, MOST_ENTRIES } from './nav-items.ts';
import type { NavItem } from './nav-items.ts';

export function Nav({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation('frame');
  const open = entriesOf(useSession());
  const entry = ({ key, to }: NavItem) => (
    <Link key={key} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} onClick={() => onGo?.()}>
      {t(`nav.${key}`)}
    </Link>
  );
  const rest = open.slice(MOST_ENTRIES);
  return (
    <nav className="frame-nav" aria-label={t('nav.label')}>
      {open.slice(0, MOST_ENTRIES).map(entry)}
      {rest.length > 0 && (
        <details open={rest.length <= 3}>
          <summary>{t('nav.more')}</summary>
          {rest.map(entry)}
        </details>
      )}
    </nav>
  );
}
