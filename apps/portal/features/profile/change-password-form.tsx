import type { FormEvent } from 'react';
import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFields } from '@opora/ui/form';
import { useMe } from '@/session';
import { useChangePassword } from './profile.queries';

/** The present password and a new one. */
export function ChangePasswordForm() {
  const { t } = useTranslation();
  const me = useMe();
  const change = useChangePassword();
  const fields = useFields({ current: '', next: '' });
  const save = (event: FormEvent) => {
    event.preventDefault();
    const { current, next } = fields.values;
    change.mutate(
      { next, ...(current && { current }) },
      { onSuccess: () => fields.reset({ current: '', next: '' }), onError: fields.applyProblem },
    );
  };
  const isOnField = Boolean(fields.errors.next ?? (me.hasPassword && fields.errors.current));
  return (
    <form onSubmit={save}>
      <Stack gap="sm">
        <input type="text" name="username" autoComplete="username" value={me.email ?? ''} readOnly hidden />
        {me.hasPassword ? (
          <PasswordInput
            label={t('profile.current')}
            description={t('profile.currentHint')}
            autoComplete="current-password"
            maxLength={200}
            {...fields.text('current')}
          />
        ) : (
          <Text size="sm">{t('profile.noPassword')}</Text>
        )}
        <PasswordInput
          label={t('profile.next')}
          description={t('profile.nextHint')}
          required
          autoComplete="new-password"
          maxLength={200}
          {...fields.text('next')}
        />
        {change.error && !isOnField && (
          <Alert color="red" role="alert">
            {change.error.message}
          </Alert>
        )}
        <Group gap="sm">
          <Button type="submit" loading={change.isPending} disabled={!fields.values.next}>
            {t('profile.changePassword')}
          </Button>
          <Text role="status" size="sm">
            {change.isSuccess ? t('profile.passwordChanged') : ''}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
