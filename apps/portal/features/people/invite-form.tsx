import { useState, type FormEvent } from 'react';
import { Alert, Button, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFields } from '@opora/ui/form';
import { givenOf, isCompleteGrant, RightsFields, type Grant } from './rights-fields';
import { useInvite } from './people.queries';
import classes from './people.module.css';

type Props = { companyId: string; onDone: (words: string) => void; onCancel: () => void };

const NO_RIGHTS: Grant = { rights: { seesCompany: false, closesCompany: false, isAdmin: false }, objects: null };

/** Invites one person; he gets a mail with a link to sign in. */
export function InviteForm({ companyId, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const invite = useInvite();
  const [grant, setGrant] = useState(NO_RIGHTS);
  const fields = useFields({ name: '', email: '', position: '', objectIds: '' });
  const { name, email, position } = fields.values;
  const isComplete = name.trim() !== '' && email.trim() !== '' && isCompleteGrant(grant);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isComplete) return;
    const person = {
      companyId,
      name: name.trim(),
      email: email.trim(),
      ...(position.trim() && { position: position.trim() }),
    };
    const onSuccess = () => onDone(t('people.invited', { email: person.email }));
    invite.mutate({ ...person, ...givenOf(grant) }, { onSuccess, onError: fields.applyProblem });
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
          <TextInput label={t('people.name')} required autoComplete="off" maxLength={200} {...fields.text('name')} />
          <TextInput
            label={t('people.email')}
            required
            type="email"
            autoComplete="off"
            maxLength={254}
            {...fields.text('email')}
          />
          <TextInput label={t('people.position')} autoComplete="off" maxLength={200} {...fields.text('position')} />
        </SimpleGrid>
        <RightsFields companyId={companyId} grant={grant} error={fields.errors.objectIds} onChange={setGrant} />
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
