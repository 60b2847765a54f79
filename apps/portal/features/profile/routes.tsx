import type { RouteObject } from 'react-router';
import { lazyPage } from '@/lazy-page';

const ProfilePage = lazyPage(() => import('./profile-page'), 'ProfilePage');

export const profileRoutes: RouteObject[] = [{ path: 'profile', element: <ProfilePage /> }];
