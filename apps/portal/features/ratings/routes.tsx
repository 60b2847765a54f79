import type { RouteObject } from 'react-router';
import { lazyPage } from '@/lazy-page';

const RatePage = lazyPage(() => import('./rate-page'), 'RatePage');

/** The page behind the smiles of a mail; needs no sign-in. */
export const ratingRoutes: RouteObject[] = [{ path: 'rate', element: <RatePage /> }];
