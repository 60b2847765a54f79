import { useMutation, useQueryClient } from '@tanstack/react-query';
import { unwrap } from '@opora/client';
import { api } from '@/api';
import { meQuery, type Me } from '@/session';

export function useUpdateMe() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { name?: string; phone?: string | null; locale?: string }): Promise<Me> =>
      unwrap(api.http.PATCH('/portal/me', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
}

export function useChangePassword() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { current?: string; next: string }): Promise<unknown> =>
      unwrap(api.http.POST('/portal/auth/password', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
}
