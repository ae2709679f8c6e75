import type { Route } from './route.ts';
import { collegeRoutes } from './routes/college.ts';
import { frameRoutes } from './routes/frame.ts';
import { planRoutes } from './routes/plans.ts';
import { sessionRoutes } from './routes/session.ts';
import { studentRoutes } from './routes/students.ts';
import { userRoutes } from './routes/users.ts';

/** Every address the server answers. A resource adds its list here. */
export const allRoutes: readonly Route[] = frameRoutes([
  ...sessionRoutes,
  ...userRoutes,
  ...collegeRoutes,
  ...studentRoutes,
  ...planRoutes,
]);
