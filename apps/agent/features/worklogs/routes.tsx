import type { RouteObject } from 'react-router';

export const worklogRoutes: RouteObject[] = [
  { path: 'worklogs', lazy: async () => ({ Component: (await import('./worklogs-page')).WorklogsPage }) },
];
