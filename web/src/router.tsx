import { createRoute, createRouter } from '@tanstack/react-router';
import { PasswordPage } from './pages/password.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { frame, root } from './routes/roots.tsx';
import { studentRoutes } from './routes/students.tsx';
import { adminRoutes } from './routes/admin.tsx';
import { regulationRoutes } from './routes/regulations.tsx';
import { workRoutes } from './routes/work.tsx';

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage });
const password = createRoute({ getParentRoute: () => frame, path: '/password', component: PasswordPage });

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    frame.addChildren([password, ...studentRoutes, ...workRoutes, ...regulationRoutes, ...adminRoutes]),
  ]),
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
