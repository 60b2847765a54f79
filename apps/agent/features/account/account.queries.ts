import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export const sessionsQuery = () =>
  queryOptions({ queryKey: ['account', 'sessions'], queryFn: () => unwrap(api.http.GET('/auth/sessions')) });

export const useSignIn = () =>
  useMutation({
    mutationFn: (body: Schemas['SignInInput']) => unwrap(api.http.POST('/auth/sign-in', { body })),
    onSuccess: (signedIn) => api.session.start(signedIn),
  });

/** Signs out here; the server forgets the device as well, when it can be reached. */
export async function signOut() {
  await unwrap(api.http.POST('/auth/sign-out')).catch(() => undefined);
  api.session.end();
}

export const useChangePassword = () =>
  useMutation({
    mutationFn: (body: { current: string; next: string }) => unwrap(api.http.POST('/auth/password', { body })),
    onSuccess: refreshMe,
  });

export const useUpdateMe = () =>
  useMutation({
    mutationFn: (body: Schemas['UpdateMe']) => unwrap(api.http.PATCH('/me', { body })),
    onSuccess: (me) => api.session.update(me),
  });

export const useBeginTotp = () => useMutation({ mutationFn: () => unwrap(api.http.POST('/auth/totp')) });

export const useConfirmTotp = () =>
  useMutation({
    mutationFn: (code: string) => unwrap(api.http.POST('/auth/totp/confirm', { body: { code } })),
    onSuccess: refreshMe,
  });

export const useRemoveTotp = () =>
  useMutation({
    mutationFn: (code: string) => unwrap(api.http.DELETE('/auth/totp', { body: { code } })),
    onSuccess: refreshMe,
  });

export function useRevokeSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.http.DELETE('/auth/sessions/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['account', 'sessions'] }),
  });
}

export function useRevokeOthers() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.http.POST('/auth/sessions/revoke-others')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['account', 'sessions'] }),
  });
}

async function refreshMe() {
  const me = await unwrap(api.http.GET('/me'));
  api.session.update(me, me.mustChangePassword);
}
