import { Navigate, type RouteObject } from 'react-router';

export const macroRoutes: RouteObject[] = [
  { path: 'macros', element: <Navigate to="/macros/list" replace /> },
  { path: 'macros/list', lazy: async () => ({ Component: (await import('./macros-page')).MacrosPage }) },
  { path: 'macros/list/:id', lazy: async () => ({ Component: (await import('./macro-page')).MacroPage }) },
  { path: 'macros/answers/:id?', lazy: async () => ({ Component: (await import('./answers-page')).AnswersPage }) },
  {
    path: 'macros/templates/:id?',
    lazy: async () => ({ Component: (await import('./templates-page')).TemplatesPage }),
  },
  { path: 'macros/runs/:id?', lazy: async () => ({ Component: (await import('./runs-page')).RunsPage }) },
];
