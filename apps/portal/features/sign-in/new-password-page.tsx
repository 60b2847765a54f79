import { useState, type FormEvent } from 'react';
import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useFields } from '@opora/ui/form';
import { Entrance } from './entrance';
import { safeNext } from './sign-in-address';
import { useSetPassword } from './sign-in.queries';

/** An issued password is replaced before anything else is shown. */
export function NewPasswordPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const setPassword = useSetPassword();
  const fields = useFields({ current: '', next: '' });
  const [isOnField, setOnField] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { current, next } = fields.values;
    const onSuccess = () => void navigate(safeNext(params.get('next')), { replace: true });
    setPassword.mutate(
      { next, ...(current && { current }) },
      {
        onSuccess,
        onError: (error) => setOnField(fields.applyProblem(error)),
      },
    );
  };
  return (
    <Entrance title={t('signIn.passwordTitle')} lead={t('signIn.passwordLead')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <PasswordInput
            label={t('signIn.current')}
            description={t('signIn.currentHint')}
            autoComplete="current-password"
            maxLength={200}
            {...fields.text('current')}
          />
          <PasswordInput
            label={t('signIn.next')}
            description={t('signIn.nextHint')}
            required
            autoComplete="new-password"
            maxLength={200}
            {...fields.text('next')}
          />
          {setPassword.error && !isOnField && (
            <Alert color="red" role="alert">
              {setPassword.error.message}
            </Alert>
          )}
          <Button type="submit" fullWidth loading={setPassword.isPending}>
            {t('signIn.save')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
