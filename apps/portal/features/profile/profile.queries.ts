import { useMutation, useQueryClient } from '@tanstack/react-query';
import { unwrap, type Schemas } from '@opora/client';
import { api } from '@/api';
import { meQuery } from '@/session';

export function useUpdateMe() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['UpdatePortalMe']) => unwrap(api.http.PATCH('/portal/me', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
}

export function useChangePassword() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['ChangePortalPassword']) => unwrap(api.http.POST('/portal/auth/password', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
}
