import { createApi, type Schemas } from '@opora/client';
import { useSyncExternalStore } from 'react';

/** The signed-in employee, as `GET /me` answers. */
export type Me = Schemas['MeView'];

/** The one client of this SPA. */
export const api = createApi<Me>({ audience: 'staff', locale: () => document.documentElement.lang || 'ru' });

export const useSession = () => useSyncExternalStore(api.session.subscribe, api.session.state);

/** The person at the screen; only inside the shell, where somebody is always signed in. */
export function useMe(): Me {
  const session = useSession();
  if (session.kind !== 'in') throw new Error('useMe outside a session');
  return session.me;
}

/** Whether a role of the person carries the permission, for what stands in menus; a row's own buttons follow its `can`. */
export const useHolds = (permission: string) => useMe().permissions.includes(permission);
