import { createApi } from '@opora/client';

/** The API as a client's person sees it. */
export const api = createApi({ audience: 'portal', locale: () => document.documentElement.lang });
