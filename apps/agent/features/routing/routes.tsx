import type { RouteObject } from 'react-router';

export const routingRoutes: RouteObject[] = [
  { path: 'routing/:id?', lazy: async () => ({ Component: (await import('./routing-page')).RoutingPage }) },
];
