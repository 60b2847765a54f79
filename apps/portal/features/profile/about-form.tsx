import type { FormEvent } from 'react';
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFields } from '@opora/ui/form';
import type { Me } from '@/session';
import { useUpdateMe } from './profile.queries';

/** Name and phone; the address one signs in with is only shown. */
export function AboutForm({ me }: { me: Me }) {
  const { t } = useTranslation();
  const update = useUpdateMe();
  const fields = useFields({ name: me.name, phone: me.phone ?? '' });
  const { name, phone } = fields.values;
  const save = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ name: name.trim(), phone: phone.trim() || null }, { onError: fields.applyProblem });
  };
  const isOnField = Object.values(fields.errors).some(Boolean);
  return (
    <form onSubmit={save}>
      <Stack gap="sm">
        <TextInput label={t('profile.name')} required autoComplete="name" maxLength={200} {...fields.text('name')} />
        <TextInput label={t('profile.email')} description={t('profile.emailHint')} readOnly value={me.email ?? ''} />
        <TextInput label={t('profile.phone')} type="tel" autoComplete="tel" maxLength={40} {...fields.text('phone')} />
        {update.error && !isOnField && (
          <Alert color="red" role="alert">
            {update.error.message}
          </Alert>
        )}
        <Group gap="sm">
          <Button type="submit" loading={update.isPending} disabled={!name.trim()}>
            {t('profile.save')}
          </Button>
          <Text role="status" size="sm">
            {update.isSuccess ? t('profile.saved') : ''}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
