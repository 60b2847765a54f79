import { Navigate, type RouteObject } from 'react-router';

export const slaConfigRoutes: RouteObject[] = [
  { path: 'sla-config', element: <Navigate to="/sla-config/policies" replace /> },
  { path: 'sla-config/policies', lazy: async () => ({ Component: (await import('./policies-page')).PoliciesPage }) },
  { path: 'sla-config/policies/:id', lazy: async () => ({ Component: (await import('./policy-page')).PolicyPage }) },
  { path: 'sla-config/calendars', lazy: async () => ({ Component: (await import('./calendars-page')).CalendarsPage }) },
  {
    path: 'sla-config/calendars/:id',
    lazy: async () => ({ Component: (await import('./calendar-page')).CalendarPage }),
  },
  { path: 'sla-config/holidays', lazy: async () => ({ Component: (await import('./holidays-page')).HolidaysPage }) },
  {
    path: 'sla-config/objects',
    lazy: async () => ({ Component: (await import('./object-hours-page')).ObjectHoursPage }),
  },
  { path: 'sla-config/reasons', lazy: async () => ({ Component: (await import('./reasons-page')).ReasonsPage }) },
];
