import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { logSearch, usersSearch } from '../search/work.ts';
import { frame } from './roots.tsx';

const health = createRoute({
  getParentRoute: () => frame,
  path: '/health',
  component: lazyRouteComponent(() => import('../pages/admin/health-page.tsx'), 'HealthPage'),
});
const users = createRoute({
  getParentRoute: () => frame,
  path: '/users',
  validateSearch: usersSearch,
  component: lazyRouteComponent(() => import('../pages/admin/users-page.tsx'), 'UsersPage'),
});
const log = createRoute({
  getParentRoute: () => frame,
  path: '/log',
  validateSearch: logSearch,
  component: lazyRouteComponent(() => import('../pages/admin/log-page.tsx'), 'LogPage'),
});

/** The pages of administrators and auditors. */
export const adminRoutes = [health, users, log] as const;
