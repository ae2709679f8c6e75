import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { queryClient } from '../api/query-client.ts';
import { sessionQuery } from '../api/session.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { Frame } from '../frame/frame.tsx';
import { NotFound } from '../frame/not-found.tsx';

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Everything behind sign-in. Without a session the way leads to the door; with an initial password, to a new one. */
export const frame = createRoute({
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
