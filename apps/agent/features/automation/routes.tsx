import type { RouteObject } from 'react-router';

export const automationRoutes: RouteObject[] = [
  { path: 'rules', lazy: async () => ({ Component: (await import('./rules-page')).RulesPage }) },
  { path: 'rules/alarms', lazy: async () => ({ Component: (await import('./alarms-page')).AlarmsPage }) },
  { path: 'rules/:id', lazy: async () => ({ Component: (await import('./rule-page')).RulePage }) },
  { path: 'rules/:id/firings', lazy: async () => ({ Component: (await import('./firings-page')).FiringsPage }) },
  {
    path: 'rules/:id/firings/:firingId',
    lazy: async () => ({ Component: (await import('./firings-page')).FiringsPage }),
  },
  {
    path: 'rules/:id/deliveries',
    lazy: async () => ({ Component: (await import('./deliveries-page')).DeliveriesPage }),
  },
];
