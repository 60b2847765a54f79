import { useMutation } from '@tanstack/react-query';
import { unwrap, type SignedIn } from '@opora/client';
import { api } from '@/api';

export const useSignIn = () =>
  useMutation({
    mutationFn: (body: { login: string; password: string }): Promise<SignedIn> => unwrap(api.http.POST('/portal/auth/sign-in', { body })),
  });

/** Always answers the same: whether an address is known is told to its mailbox alone. */
export const useSendLink = () =>
  useMutation({ mutationFn: (email: string): Promise<unknown> => unwrap(api.http.POST('/portal/auth/link', { body: { email } })) });

export const useRedeemLink = () =>
  useMutation({ mutationFn: (token: string): Promise<SignedIn> => unwrap(api.http.POST('/portal/auth/link/redeem', { body: { token } })) });

export const useSetPassword = () =>
  useMutation({
    mutationFn: (body: { current: string; next: string }): Promise<unknown> => unwrap(api.http.POST('/portal/auth/password', { body })),
  });
