import type { RouteObject } from 'react-router';

export const fieldRoutes: RouteObject[] = [
  { path: 'fields/rules/:id?', lazy: async () => ({ Component: (await import('./form-rules-page')).FormRulesPage }) },
  {
    path: 'fields/:subject?/:id?',
    lazy: async () => ({ Component: (await import('./fields-page')).FieldsPage }),
  },
];
