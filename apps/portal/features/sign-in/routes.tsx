import type { RouteObject } from 'react-router';
import { lazyPage } from '@/lazy-page';

const SignInPage = lazyPage(() => import('./sign-in-page'), 'SignInPage');
const NewPasswordPage = lazyPage(() => import('./new-password-page'), 'NewPasswordPage');

/** Ways in: a password, a link from a mail, and the change of an issued password. */
export const signInRoutes: RouteObject[] = [
  { path: 'sign-in', element: <SignInPage /> },
  { path: 'password', element: <NewPasswordPage /> },
];
