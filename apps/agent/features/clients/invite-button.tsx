import { SecretDialog } from '@/directory/secret-dialog';
import { Button, Menu, Text } from '@mantine/core';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconKey, IconMailForward, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInvite, type Contact } from './contacts.queries';

/** Lets a contact into the portal: a one-time link by mail, or a password shown once. */
export function InviteButton({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const [issued, setIssued] = useState<{ login: string; password: string } | null>(null);
  const invite = useInvite(contact.id);
  const send = (method: 'link' | 'password') =>
    invite.mutate(method, {
      onSuccess: ({ login, issuedPassword, sentTo }) => {
        if (issuedPassword) setIssued({ login, password: issuedPassword });
        else notifyDone(t('clients.invite.sent', { address: sentTo ?? login }));
      },
      onError: (error) => notifyProblem(t('ui.failed'), error),
    });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconSend size={15} />} loading={invite.isPending}>
            {t('clients.invite.name')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconMailForward size={15} />} onClick={() => send('link')}>
            {t('clients.invite.link')}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={15} />} onClick={() => send('password')}>
            {t('clients.invite.password')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {issued && (
        <SecretDialog
          title={t('clients.invite.issued', { name: contact.name })}
          label={t('clients.invite.issuedPassword')}
          secret={issued.password}
          onClose={() => setIssued(null)}
        >
          <Text size="sm">{t('clients.invite.hint', { login: issued.login })}</Text>
        </SecretDialog>
      )}
    </>
  );
}
