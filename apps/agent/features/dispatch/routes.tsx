import type { RouteObject } from 'react-router';

export const dispatchRoutes: RouteObject[] = [
  { path: 'dispatch', lazy: async () => ({ Component: (await import('./board-page')).BoardPage }) },
  { path: 'dispatch/zones', lazy: async () => ({ Component: (await import('./zones-page')).ZonesPage }) },
  { path: 'dispatch/zones/:id', lazy: async () => ({ Component: (await import('./zones-page')).ZonesPage }) },
  {
    path: 'dispatch/objects',
    lazy: async () => ({ Component: (await import('./zone-objects-page')).ZoneObjectsPage }),
  },
  { path: 'dispatch/skills', lazy: async () => ({ Component: (await import('./skills-page')).SkillsPage }) },
  { path: 'dispatch/skills/:id', lazy: async () => ({ Component: (await import('./skills-page')).SkillsPage }) },
];
