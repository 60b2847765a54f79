import type { RouteObject } from 'react-router';

export const checklistRoutes: RouteObject[] = [
  { path: 'checklists', lazy: async () => ({ Component: (await import('./templates-page')).TemplatesPage }) },
  { path: 'checklists/:id', lazy: async () => ({ Component: (await import('./template-page')).TemplatePage }) },
];
