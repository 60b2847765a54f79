import type { FormEvent } from 'react';
import { useState } from 'react';
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PortalSignedIn } from '@/session';
import { useSignIn } from './sign-in.queries';

type Props = { email: string; onEmail: (email: string) => void; onSignedIn: (signedIn: PortalSignedIn) => void };

/** E-mail and password. */
export function PasswordForm({ email, onEmail, onSignedIn }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ login: email.trim(), password }, { onSuccess: onSignedIn });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('signIn.email')}
          type="email"
          name="username"
          autoComplete="username"
          inputMode="email"
          required
          maxLength={254}
          value={email}
          onChange={({ currentTarget }) => onEmail(currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          maxLength={200}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        {signIn.error && (
          <Alert color="red" role="alert">
            {signIn.error.message}
          </Alert>
        )}
        <Button type="submit" fullWidth loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}
