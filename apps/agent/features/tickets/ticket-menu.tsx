import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog } from '@opora/ui/dialog';
import { useHotkey } from '@opora/ui/hotkeys';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import {
  IconArrowMerge,
  IconArrowsSplit,
  IconDots,
  IconGitBranch,
  IconKey,
  IconLink,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { GrantsDialog } from './grants-dialog';
import { MergeDialog } from './merge-dialog';
import { SplitDialog } from './split-dialog';
import { useDeleteTicket } from './tickets.queries';
import type { TicketView } from './tickets.types';

/** What is done to a ticket now and then. */
export function TicketMenu({ ticket, onDeleted }: { ticket: TicketView; onDeleted: () => void }) {
  const { t } = useTranslation();
  const [isDeleting, deleting] = useDisclosure(false);
  const [isGranting, granting] = useDisclosure(false);
  const [isMerging, merging] = useDisclosure(false);
  const [isSplitting, splitting] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const remove = useDeleteTicket(String(ticket.number));
  useHotkey('shift+KeyM', merging.open, {
    label: t('tickets.merge.menu'),
    group: t('tickets.keys.ticket'),
    isOn: ticket.can.update,
  });
  const copy = () =>
    void navigator.clipboard
      .writeText(`${window.location.origin}/tickets/${ticket.number}`)
      .then(() => notifyDone(t('tickets.linkCopied')));
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('tickets.more')}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={15} />} onClick={copy}>
            {t('tickets.view.copyLink')}
          </Menu.Item>
          <Menu.Item component={Link} to={`/tickets/new?parent=${ticket.id}`} leftSection={<IconGitBranch size={15} />}>
            {t('tickets.createChild')}
          </Menu.Item>
          {ticket.can.update && (
            <Menu.Item leftSection={<IconArrowMerge size={15} />} onClick={merging.open}>
              {t('tickets.merge.menu')}
            </Menu.Item>
          )}
          {ticket.can.update && ticket.commentCount > 0 && (
            <Menu.Item leftSection={<IconArrowsSplit size={15} />} onClick={splitting.open}>
              {t('tickets.split.menu')}
            </Menu.Item>
          )}
          {ticket.can.grant && (
            <Menu.Item leftSection={<IconKey size={15} />} onClick={granting.open}>
              {t('tickets.grants.menu')}
            </Menu.Item>
          )}
          {ticket.can.delete && !ticket.deletedAt && (
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={deleting.open}>
              {t('tickets.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isMerging && <MergeDialog ticket={ticket} onClose={merging.close} />}
      {isSplitting && <SplitDialog ticket={ticket} onClose={splitting.close} />}
      {isGranting && <GrantsDialog ticket={ticket} onClose={granting.close} />}
      <ConfirmDialog
        opened={isDeleting}
        title={t('tickets.deleteTitle', { number: ticket.number })}
        confirm={t('tickets.delete')}
        isDangerous
        isBusy={remove.isPending}
        isDisabled={reason.trim() === ''}
        onClose={deleting.close}
        onConfirm={() =>
          remove.mutate(reason.trim(), {
            onSuccess: onDeleted,
            onError: (error) => notifyProblem(t('tickets.failed'), error),
          })
        }
      >
        <TextInput
          label={t('tickets.deleteReason')}
          required
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </>
  );
}
