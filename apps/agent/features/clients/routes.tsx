import { Navigate, type RouteObject } from 'react-router';

export const clientRoutes: RouteObject[] = [
  { path: 'clients', element: <Navigate to="/clients/companies" replace /> },
  { path: 'clients/companies', lazy: async () => ({ Component: (await import('./companies-page')).CompaniesPage }) },
  { path: 'clients/companies/:id', lazy: async () => ({ Component: (await import('./company-page')).CompanyPage }) },
  { path: 'clients/contacts', lazy: async () => ({ Component: (await import('./contacts-page')).ContactsPage }) },
  { path: 'clients/contacts/:id', lazy: async () => ({ Component: (await import('./contact-page')).ContactPage }) },
  { path: 'clients/categories', lazy: async () => ({ Component: (await import('./categories-page')).CategoriesPage }) },
];
