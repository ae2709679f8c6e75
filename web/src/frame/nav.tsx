import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { MOST_ENTRIES, navItems } from './nav-items.ts';
import type { NavItem } from './nav-items.ts';

export function Nav({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation('frame');
  const { permissions } = useSession();
  const open = navItems.filter(({ needs }) => needs.length === 0 || needs.some((one) => permissions.includes(one)));
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
