import { useMutation } from '@tanstack/react-query';
import { unwrap, type Schemas } from '@opora/client';
import { api } from '@/api';

export const useSignIn = () =>
  useMutation({
    mutationFn: (body: Schemas['PortalSignIn']) => unwrap(api.http.POST('/portal/auth/sign-in', { body })),
  });

/** Always answers the same: whether an address is known is told to its mailbox alone. */
export const useSendLink = () =>
  useMutation({
    mutationFn: (email: string) => unwrap(api.http.POST('/portal/auth/link', { body: { email } })),
  });

export const useRedeemLink = () =>
  useMutation({
    mutationFn: (token: string) => unwrap(api.http.POST('/portal/auth/link/redeem', { body: { token } })),
  });

export const useSetPassword = () =>
  useMutation({
    mutationFn: async (body: Schemas['ChangePortalPassword']) => {
      await unwrap(api.http.POST('/portal/auth/password', { body }));
      await api.session.refresh();
    },
  });
