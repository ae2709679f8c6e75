import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { sessionQuery } from './api/session.ts';
import { ProblemAlert } from './components/problem-alert.tsx';
import { Frame } from './frame/frame.tsx';
import { NotFound } from './frame/not-found.tsx';
import { PasswordPage } from './pages/password.tsx';
import { SignInPage } from './pages/sign-in.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage });

/** Everything behind sign-in. Without a session the way leads to the door; with an initial password, to a new one. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/sign-in' });
    if (session.mustChangePassword && location.pathname !== '/password') throw redirect({ to: '/password' });
  },
  errorComponent: ({ error }) => (
    <div className="page">
      <ProblemAlert error={error} />
    </div>
  ),
});

const password = createRoute({ getParentRoute: () => frame, path: '/password', component: PasswordPage });
const home = createRoute({ getParentRoute: () => frame, path: '/', component: lazyRouteComponent(() => import('./pages/home.tsx'), 'HomePage') });

export const router = createRouter({
  routeTree: root.addChildren([signIn, frame.addChildren([password, home])]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** Typed search text: personal data, so it never stands in the address. */
    find?: string;
  }
}
