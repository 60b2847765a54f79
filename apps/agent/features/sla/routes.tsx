import { Navigate, type RouteObject } from 'react-router';

export const slaRoutes: RouteObject[] = [
  { path: 'sla', element: <Navigate to="/sla/stuck" replace /> },
  { path: 'sla/stuck', lazy: async () => ({ Component: (await import('./stuck-page')).StuckPage }) },
  { path: 'sla/report', lazy: async () => ({ Component: (await import('./report-page')).ReportPage }) },
  { path: 'sla/excuses', lazy: async () => ({ Component: (await import('./excuses-page')).ExcusesPage }) },
];
