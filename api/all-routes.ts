import type { Route } from './route.ts';
import { frameRoutes } from './routes/frame.ts';
import { sessionRoutes } from './routes/session.ts';
import { userRoutes } from './routes/users.ts';

/** Every address the server answers. A resource adds its list here. */
export const allRoutes: readonly Route[] = frameRoutes([...sessionRoutes, ...userRoutes]);
