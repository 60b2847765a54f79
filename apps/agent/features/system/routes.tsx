import type { RouteObject } from 'react-router';

export const systemRoutes: RouteObject[] = [
  { path: 'system', lazy: async () => ({ Component: (await import('./system-tabs')).FirstSystemScreen }) },
  {
    path: 'system/organisation',
    lazy: async () => ({ Component: (await import('./organisation-page')).OrganisationPage }),
  },
  { path: 'system/templates', lazy: async () => ({ Component: (await import('./templates-page')).TemplatesPage }) },
  { path: 'system/templates/:key', lazy: async () => ({ Component: (await import('./template-page')).TemplatePage }) },
  {
    path: 'system/notifications',
    lazy: async () => ({ Component: (await import('./notice-defaults-page')).NoticeDefaultsPage }),
  },
  { path: 'system/outbox/:id?', lazy: async () => ({ Component: (await import('./outbox-page')).OutboxPage }) },
];
