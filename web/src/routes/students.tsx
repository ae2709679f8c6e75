import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { creditsSearch, planSearch } from '../search/plans.ts';
import { studentSearch, studentsSearch } from '../search/students.ts';
import { frame } from './roots.tsx';

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/home/home-page.tsx'), 'HomePage'),
});

const students = createRoute({
  getParentRoute: () => frame,
  path: '/students',
  validateSearch: studentsSearch,
  component: lazyRouteComponent(() => import('../pages/students/students-page.tsx'), 'StudentsPage'),
});

const student = createRoute({
  getParentRoute: () => frame,
  path: '/students/$studentId',
  validateSearch: studentSearch,
  component: lazyRouteComponent(() => import('../pages/student/student-page.tsx'), 'StudentPage'),
});

const plans = createRoute({
  getParentRoute: () => frame,
  path: '/plans',
  component: lazyRouteComponent(() => import('../pages/plans/plans-page.tsx'), 'PlansPage'),
});

const plan = createRoute({
  getParentRoute: () => frame,
  path: '/plans/$planId',
  validateSearch: planSearch,
  component: lazyRouteComponent(() => import('../pages/plans/plan-page.tsx'), 'PlanPage'),
});

const credits = createRoute({
  getParentRoute: () => frame,
  path: '/credits',
  validateSearch: creditsSearch,
  component: lazyRouteComponent(() => import('../pages/credits/credits-page.tsx'), 'CreditsPage'),
});

/** Students and what their certificates rest on. */
export const studentRoutes = [home, students, student, plans, plan, credits] as const;
