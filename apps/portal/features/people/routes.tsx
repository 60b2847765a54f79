import type { RouteObject } from 'react-router';
import { lazyPage } from '@/lazy-page';

const PeoplePage = lazyPage(() => import('./people-page'), 'PeoplePage');

export const peopleRoutes: RouteObject[] = [{ path: 'people', element: <PeoplePage /> }];
