import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { useFields } from '@opora/ui/form';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignIn } from './account.queries';
import { Doorway } from './doorway';

/** Login and password, then the one-time code of those who have one. */
export function SignInPage() {
  const { t } = useTranslation();
  const fields = useFields({ login: '', password: '', totp: '' });
  const [asksCode, askCode] = useState(false);
  const signIn = useSignIn();
  const { login, password, totp } = fields.values;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { login: login.trim(), password, ...(asksCode && totp ? { totp: totp.replace(/\s/g, '') } : {}) },
      {
        onError: (error) =>
          error instanceof ApiProblem && error.code === 'auth.totpRequired'
            ? askCode(true)
            : fields.applyProblem(error),
      },
    );
  };
  const isAskedForCode = signIn.error instanceof ApiProblem && signIn.error.code === 'auth.totpRequired';
  return (
    <Doorway title={t('account.signIn.title')} onSubmit={submit}>
      {signIn.error && !isAskedForCode && (
        <Alert color="red" variant="light" role="alert">
          {signIn.error instanceof ApiProblem && signIn.error.status === 0
            ? t('ui.error.offline')
            : signIn.error.message}
        </Alert>
      )}
      {asksCode ? (
        <TextInput
          key="code"
          label={t('account.signIn.code')}
          description={t('account.signIn.codeHint')}
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          required
          {...fields.text('totp')}
        />
      ) : (
        <>
          <TextInput
            label={t('account.signIn.login')}
            type="email"
            name="login"
            autoComplete="username"
            autoFocus
            required
            {...fields.text('login')}
          />
          <PasswordInput
            label={t('account.signIn.password')}
            name="password"
            autoComplete="current-password"
            required
            {...fields.text('password')}
          />
        </>
      )}
      <Button type="submit" size="sm" loading={signIn.isPending} fullWidth>
        {t('account.signIn.submit')}
      </Button>
      {asksCode && (
        <Button variant="subtle" onClick={() => (askCode(false), signIn.reset())}>
          {t('account.signIn.other')}
        </Button>
      )}
    </Doorway>
  );
}
