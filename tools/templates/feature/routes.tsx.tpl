import type { RouteObject } from 'react-router';

export const __featureCamel__Routes: RouteObject[] = [
  { path: '__feature__', lazy: async () => ({ Component: (await import('./__feature__-page')).__Feature__Page }) },
];
