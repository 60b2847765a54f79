import { Navigate, type RouteObject } from 'react-router';

export const planningRoutes: RouteObject[] = [
  { path: 'planning', element: <Navigate to="/planning/calendar" replace /> },
  {
    path: 'planning/calendar',
    lazy: async () => ({ Component: (await import('./planning-calendar-page')).PlanningCalendarPage }),
  },
  { path: 'planning/plans', lazy: async () => ({ Component: (await import('./plans-page')).PlansPage }) },
  { path: 'planning/plans/:id', lazy: async () => ({ Component: (await import('./plan-page')).PlanPage }) },
];
