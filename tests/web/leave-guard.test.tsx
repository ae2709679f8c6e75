import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { LeaveGuard } from '../../web/src/components/leave-guard.tsx';
import { startWords } from '../../web/src/i18n/index.ts';

beforeAll(startWords);
afterEach(cleanup);

async function onASheet(guard: { active: boolean; settle?: () => Promise<boolean> }) {
  const root = createRootRoute({ component: Outlet });
  const page = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => (
      <>
        <Link to="/elsewhere">away</Link>
        <LeaveGuard words="two cells" {...guard} />
      </>
    ),
  });
  const elsewhere = createRoute({ getParentRoute: () => root, path: '/elsewhere', component: () => <p>elsewhere</p> });
  const router = createRouter({
    routeTree: root.addChildren([page, elsewhere]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  // the product's own routes are registered for types; this router has others
  render(<RouterProvider router={router as never} />);
  fireEvent.click(await screen.findByText('away'));
}

test('a page that holds nothing is left at once', async () => {
  await onASheet({ active: false });
  expect(await screen.findByText('elsewhere')).toBeTruthy();
});

test('a page that holds something asks, and stays where it is when told so', async () => {
  await onASheet({ active: true });
  expect(await screen.findByText('two cells')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '留在本页' }));
  expect(screen.queryByText('elsewhere')).toBeNull();
});

test('told to leave, it leaves', async () => {
  await onASheet({ active: true });
  fireEvent.click(await screen.findByRole('button', { name: /离\s?开/ }));
  expect(await screen.findByText('elsewhere')).toBeTruthy();
});

test('what can still be saved is saved without asking', async () => {
  const settle = vi.fn(async () => false);
  await onASheet({ active: true, settle });
  expect(await screen.findByText('elsewhere')).toBeTruthy();
  expect(settle).toHaveBeenCalledOnce();
});

test('what cannot be saved is asked about', async () => {
  await onASheet({ active: true, settle: async () => true });
  await waitFor(() => expect(screen.getByText('two cells')).toBeTruthy());
  expect(screen.queryByText('elsewhere')).toBeNull();
});
