import type { RouteObject } from 'react-router';

/** Ways in: a password, a link from a mail, and the change of an issued password. */
export const signInRoutes: RouteObject[] = [
  { path: 'sign-in', lazy: async () => ({ Component: (await import('./sign-in-page')).SignInPage }) },
  { path: 'password', lazy: async () => ({ Component: (await import('./new-password-page')).NewPasswordPage }) },
];
