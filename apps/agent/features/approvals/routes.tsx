import { Navigate, type RouteObject } from 'react-router';

export const approvalsRoutes: RouteObject[] = [
  { path: 'approvals', element: <Navigate to="/approvals/inbox" replace /> },
  { path: 'approvals/tasks', lazy: async () => ({ Component: (await import('./tasks-page')).TasksPage }) },
  { path: 'approvals/new', lazy: async () => ({ Component: (await import('./start-page')).StartPage }) },
  { path: 'approvals/routes', lazy: async () => ({ Component: (await import('./routes-page')).RoutesPage }) },
  { path: 'approvals/routes/:id', lazy: async () => ({ Component: (await import('./route-page')).RoutePage }) },
  {
    path: 'approvals/schedules',
    lazy: async () => ({ Component: (await import('./schedules-page')).SchedulesPage }),
  },
  {
    path: 'approvals/catalogues',
    lazy: async () => ({ Component: (await import('./catalogues-page')).CataloguesPage }),
  },
  ...['inbox', 'mine', 'copies', 'all'].map((box) => ({
    path: `approvals/${box}`,
    lazy: async () => ({ Component: (await import('./approvals-page')).ApprovalsPage }),
  })),
  { path: 'approvals/:id', lazy: async () => ({ Component: (await import('./approval-page')).ApprovalPage }) },
];
