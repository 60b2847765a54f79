import { Navigate, type RouteObject } from 'react-router';

export const peopleRoutes: RouteObject[] = [
  { path: 'people', element: <Navigate to="/people/employees" replace /> },
  {
    path: 'people/employees/:id?',
    lazy: async () => ({ Component: (await import('./employees-page')).EmployeesPage }),
  },
  { path: 'people/teams/:id?', lazy: async () => ({ Component: (await import('./teams-page')).TeamsPage }) },
  { path: 'people/absences/:id?', lazy: async () => ({ Component: (await import('./absences-page')).AbsencesPage }) },
  { path: 'people/roles', lazy: async () => ({ Component: (await import('./roles-page')).RolesPage }) },
  { path: 'people/roles/:id', lazy: async () => ({ Component: (await import('./role-page')).RolePage }) },
  { path: 'people/api-keys', lazy: async () => ({ Component: (await import('./api-keys-page')).ApiKeysPage }) },
];
