import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { regulationSearch } from '../search/regulations.ts';
import { frame } from './roots.tsx';

const regulations = createRoute({
  getParentRoute: () => frame,
  path: '/regulations',
  component: lazyRouteComponent(() => import('../pages/regulations/regulations-page.tsx'), 'RegulationsPage'),
});
const regulation = createRoute({
  getParentRoute: () => frame,
  path: '/regulations/$regulationId',
  validateSearch: regulationSearch,
  component: lazyRouteComponent(() => import('../pages/regulations/regulation-page.tsx'), 'RegulationPage'),
});

export const regulationRoutes = [regulations, regulation] as const;
