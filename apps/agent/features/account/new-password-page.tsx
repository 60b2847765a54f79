import { Alert, Button, PasswordInput, Text } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut, useChangePassword } from './account.queries';
import { Doorway } from './doorway';

/** An issued password is good for one thing: to be replaced. */
export function NewPasswordPage() {
  const { t } = useTranslation();
  const fields = useFields({ current: '', next: '', again: '' });
  const change = useChangePassword();
  const { current, next, again } = fields.values;
  const differs = again !== '' && again !== next;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!differs) change.mutate({ current, next }, { onError: (error) => void fields.applyProblem(error) });
  };
  return (
    <Doorway title={t('account.newPassword.title')} onSubmit={submit}>
      <Text size="sm">{t('account.newPassword.why')}</Text>
      {change.error && (
        <Alert color="red" variant="light" role="alert">
          {change.error.message}
        </Alert>
      )}
      <PasswordInput
        label={t('account.password.issued')}
        autoComplete="current-password"
        required
        autoFocus
        {...fields.text('current')}
      />
      <PasswordInput label={t('account.password.next')} autoComplete="new-password" required {...fields.text('next')} />
      <PasswordInput
        label={t('account.password.again')}
        autoComplete="new-password"
        required
        {...fields.text('again')}
        error={differs ? t('account.password.differs') : undefined}
      />
      <Button type="submit" size="sm" loading={change.isPending}>
        {t('account.password.change')}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => void signOut()}>
        {t('account.signOut')}
      </Button>
    </Doorway>
  );
}
