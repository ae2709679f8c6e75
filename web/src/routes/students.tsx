import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { studentSearch, studentsSearch } from '../search/students.ts';
import { frame } from './roots.tsx';

const home = createRoute({ getParentRoute: () => frame, path: '/', component: lazyRouteComponent(() => import('../pages/home.tsx'), 'HomePage') });

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

export const studentRoutes = [home, students, student] as const;
