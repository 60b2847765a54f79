import { TextInput } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ticket-pane.module.css';
import type { Named } from './tickets.types';

export type LineTeam = Named & { line: number };
type Props = { from: LineTeam; to: LineTeam; onClose: () => void; onSend: (reason: string) => void };

/** Why a ticket goes to another line: the colleagues there read it in the history. */
export function HandOverDialog({ from, to, onClose, onSend }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const words = reason.trim();
  return (
    <ConfirmDialog
      opened
      title={t('tickets.handover.title', { team: to.name })}
      confirm={t('tickets.handover.confirm')}
      isDisabled={words === ''}
      onClose={onClose}
      onConfirm={() => onSend(words)}
    >
      <TextInput
        label={t('tickets.handover.reason')}
        description={t('tickets.handover.lines', { from: from.line, to: to.line })}
        required
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && words !== '' && onSend(words)}
      />
    </ConfirmDialog>
  );
}

/** How many times a ticket went from team to team, and how many of them back. */
export function HandOverMark({ count, pingPong }: { count: number; pingPong: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <span className={classes.handovers} title={t('tickets.handover.why')}>
      <IconArrowsExchange size={14} aria-hidden />
      {t('tickets.handover.count', { count })}
      {pingPong > 0 && t('tickets.handover.back', { count: pingPong })}
    </span>
  );
}
