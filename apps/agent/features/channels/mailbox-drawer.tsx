import { RemoveButton } from '@/directory/remove-button';
import { SideDrawer, Deeds } from '@/directory/form-drawer';
import { Button } from '@mantine/core';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyProblem } from '@opora/ui/theme';
import { IconCircleCheck, IconCircleX, IconPlugConnected, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './channels.module.css';
import { Connection } from './connection';
import { MailboxForm } from './mailbox-form';
import { mailboxQuery, useRemoveMailbox, useTestMailbox, type Mailbox, type MailboxCheck } from './mailboxes.queries';

/** A mailbox's card with its test, or the form of a new one. */
export function MailboxDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: mailbox, error, refetch, isPending } = useQuery({ ...mailboxQuery(id ?? ''), enabled: id !== null });
  return (
    <SideDrawer title={mailbox?.name ?? t('channels.mailboxes.add')} size={560} onClose={onClose}>
      {id === null && <MailboxForm mailbox={null} onClose={onClose} />}
      {id !== null && error && !mailbox && <ErrorState error={error} onRetry={() => void refetch()} />}
      {id !== null && isPending && <Loading lines={10} />}
      {mailbox && (
        <div className={classes.card}>
          <Connection mailbox={mailbox} />
          <TestConnection mailbox={mailbox} />
          <MailboxForm key={mailbox.id} mailbox={mailbox} onClose={onClose} />
          <RemoveMailbox mailbox={mailbox} onClose={onClose} />
        </div>
      )}
    </SideDrawer>
  );
}

function TestConnection({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation();
  const test = useTestMailbox(mailbox.id);
  const hasServers = mailbox.imap !== null || mailbox.smtp !== null;
  if (!hasServers) return null;
  return (
    <div className={classes.test}>
      <Button
        variant="default"
        leftSection={<IconPlugConnected size={15} />}
        loading={test.isPending}
        onClick={() => test.mutate(undefined, { onError: (error) => notifyProblem(t('ui.failed'), error) })}
      >
        {t('channels.mailboxes.test')}
      </Button>
      <div role="status" className={classes.results}>
        {(['imap', 'smtp'] as const).map(
          (way) => test.data?.[way] && <Result key={way} way={way} check={test.data[way]} />,
        )}
      </div>
    </div>
  );
}

function Result({ way, check }: { way: 'imap' | 'smtp'; check: NonNullable<MailboxCheck['imap']> }) {
  const { t } = useTranslation();
  return (
    <div className={classes.result} data-ok={check.ok}>
      {check.ok ? <IconCircleCheck size={16} aria-hidden /> : <IconCircleX size={16} aria-hidden />}
      <span>{`${way.toUpperCase()}: ${check.ok ? t('channels.mailboxes.testOk') : (check.error ?? t('channels.mailboxes.error'))}`}</span>
    </div>
  );
}

function RemoveMailbox({ mailbox, onClose }: { mailbox: Mailbox; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Deeds>
      <RemoveButton
        variant="default"
        leftSection={<IconTrash size={15} />}
        label={t('channels.mailboxes.remove')}
        title={t('channels.mailboxes.removeAsk', { name: mailbox.name })}
        hint={t('channels.mailboxes.removeHint')}
        done={t('channels.mailboxes.removed')}
        remove={useRemoveMailbox(mailbox.id)}
        onDone={onClose}
      />
    </Deeds>
  );
}
