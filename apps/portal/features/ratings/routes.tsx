import type { RouteObject } from 'react-router';

/** The page behind the smiles of a mail; needs no sign-in. */
export const ratingRoutes: RouteObject[] = [
  { path: 'rate', lazy: async () => ({ Component: (await import('./rate-page')).RatePage }) },
];
