import { useSyncExternalStore } from 'react';
import { queryOptions, useSuspenseQuery, type QueryClient } from '@tanstack/react-query';
import { unwrap, type Schemas } from '@opora/client';
import { api } from './api';

/** What a person may do in one company besides filing tickets. */
export type Rights = Schemas['PortalRightsView'];
export type MyCompany = Schemas['PortalCompanyView'];
export type Me = Schemas['PortalMeView'];

/** What every sign-in and refresh of a contact answers. */
export type PortalSignedIn = Schemas['PortalSignedInView'];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => unwrap(api.http.GET('/portal/me')),
  staleTime: 5 * 60_000,
});

/** The person who is signed in; pages behind the sign-in may rely on it. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Whether somebody is signed in here, as it changes in this tab or another. */
export const useSessionState = () => useSyncExternalStore(api.session.subscribe, api.session.state);

/** Takes the answer of any sign-in; nothing a previous person has loaded stays. */
export function beginSession(cache: QueryClient, signedIn: PortalSignedIn): void {
  cache.clear();
  api.session.start({ ...signedIn, me: null });
}

/** Signs out here and in the other tabs; the server forgets the device. */
export async function endSession(cache: QueryClient): Promise<void> {
  await unwrap(api.http.POST('/portal/auth/sign-out')).catch(() => undefined);
  api.session.end();
  cache.clear();
  forgetDrafts();
}

// The next person at this computer must not read what the last one was writing.
function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith('opora.portal.')) localStorage.removeItem(key);
}
