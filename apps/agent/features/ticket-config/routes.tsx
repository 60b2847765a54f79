import { Navigate, type RouteObject } from 'react-router';

export const ticketConfigRoutes: RouteObject[] = [
  { path: 'ticket-config', element: <Navigate to="/ticket-config/types" replace /> },
  { path: 'ticket-config/types/:id?', lazy: async () => ({ Component: (await import('./types-page')).TypesPage }) },
  {
    path: 'ticket-config/priorities/:id?',
    lazy: async () => ({ Component: (await import('./priorities-page')).PrioritiesPage }),
  },
  {
    path: 'ticket-config/processes',
    lazy: async () => ({ Component: (await import('./processes-page')).ProcessesPage }),
  },
  {
    path: 'ticket-config/processes/:id',
    lazy: async () => ({ Component: (await import('./process-page')).ProcessPage }),
  },
  {
    path: 'ticket-config/bindings',
    lazy: async () => ({ Component: (await import('./bindings-page')).BindingsPage }),
  },
  {
    path: 'ticket-config/matrix',
    lazy: async () => ({ Component: (await import('./matrix-page')).MatrixPage }),
  },
];
