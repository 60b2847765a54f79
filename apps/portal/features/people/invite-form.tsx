import type { FormEvent } from 'react';
import { Alert, Button, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFields } from '@opora/ui/form';
import type { Rights } from '@/session';
import { RightsFields } from './rights-fields';
import { useInvite } from './people.queries';
import classes from './people.module.css';

type Props = { companyId: string; onDone: (words: string) => void; onCancel: () => void };

const NO_RIGHTS: Rights = { seesCompany: false, closesCompany: false, isAdmin: false };

/** Invites one person; he gets a mail with a link to sign in. */
export function InviteForm({ companyId, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const invite = useInvite();
  const fields = useFields({ name: '', email: '', phone: '', position: '', rights: NO_RIGHTS });
  const { name, email, phone, position, rights } = fields.values;
  const isComplete = name.trim() !== '' && email.trim() !== '';
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isComplete) return;
    const body = {
      companyId,
      name: name.trim(),
      email: email.trim(),
      rights,
      ...(phone.trim() && { phone: phone.trim() }),
      ...(position.trim() && { position: position.trim() }),
    };
    invite.mutate(body, {
      onSuccess: () => onDone(t('people.invited', { email: body.email })),
      onError: fields.applyProblem,
    });
  };
  const isOnField = Object.values(fields.errors).some(Boolean);
  return (
    <form onSubmit={send} className={classes.form} aria-labelledby="invite">
      <Stack gap="md">
        <div>
          <Title order={2} id="invite">
            {t('people.inviteTitle')}
          </Title>
          <Text c="dimmed" size="sm">
            {t('people.inviteLead')}
          </Text>
        </div>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('people.name')}
            required
            autoComplete="off"
            maxLength={200}
            {...fields.text('name')}
            data-autofocus
          />
          <TextInput
            label={t('people.email')}
            required
            type="email"
            autoComplete="off"
            maxLength={254}
            {...fields.text('email')}
          />
          <TextInput label={t('people.phone')} type="tel" autoComplete="off" maxLength={40} {...fields.text('phone')} />
          <TextInput label={t('people.position')} autoComplete="off" maxLength={200} {...fields.text('position')} />
        </SimpleGrid>
        <RightsFields rights={rights} error={fields.errors.rights} onChange={(value) => fields.set('rights', value)} />
        {invite.error && !isOnField && (
          <Alert color="red" role="alert">
            {invite.error.message}
          </Alert>
        )}
        <Group gap="xs">
          <Button type="submit" loading={invite.isPending} disabled={!isComplete}>
            {t('people.sendInvite')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('people.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
