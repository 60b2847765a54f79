import { useMutation } from '@tanstack/react-query';
import { unwrap } from '@opora/client';
import { api } from '@/api';
import type { PortalSignedIn } from '@/session';

export const useSignIn = () =>
  useMutation({
    mutationFn: (body: { login: string; password: string }): Promise<PortalSignedIn> =>
      unwrap(api.http.POST('/portal/auth/sign-in', { body })),
  });

/** Always answers the same: whether an address is known is told to its mailbox alone. */
export const useSendLink = () =>
  useMutation({
    mutationFn: (email: string): Promise<unknown> => unwrap(api.http.POST('/portal/auth/link', { body: { email } })),
  });

export const useRedeemLink = () =>
  useMutation({
    mutationFn: (token: string): Promise<PortalSignedIn> =>
      unwrap(api.http.POST('/portal/auth/link/redeem', { body: { token } })),
  });

export const useSetPassword = () =>
  useMutation({
    mutationFn: async (body: { current?: string; next: string }) => {
      await unwrap(api.http.POST('/portal/auth/password', { body }));
      await api.session.refresh();
    },
  });
