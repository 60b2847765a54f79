import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useMe } from '@/api';
import { useTicketSlots } from '@/slots/ticket-slots';
import { useHotkey } from '@opora/ui/hotkeys';
import { notifyDone } from '@opora/ui/theme';
import {
  IconArrowLeft,
  IconChevronDown,
  IconChevronUp,
  IconHandGrab,
  IconInfoCircle,
  IconLayoutColumns,
  IconMaximize,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AssigneeControl } from './assignee-control';
import { MergedBanner } from './merged-tickets';
import { PeopleHere } from './people-here';
import { PutAsideControl } from './put-aside-control';
import { StatusControl } from './status-control';
import { SubjectControl } from './subject-control';
import { TicketMenu } from './ticket-menu';
import classes from './ticket-pane.module.css';
import { restore, take } from './tickets.queries';
import type { TicketView } from './tickets.types';
import { useChange } from './use-change';

type Props = {
  ticket: TicketView;
  isFull: boolean;
  onPane?: () => void;
  onClose: () => void;
  onStep: (step: number) => void;
  hasPrevious: boolean;
  hasNext: boolean;
  onSide?: () => void;
};

/** Number, subject and the three things that are changed most: status, responsible, team. */
export function TicketHeader({ ticket, ...frame }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { header } = useTicketSlots();
  const { change, dialog } = useChange(ticket);
  const takeIt = () => change.mutate(take({ id: me.id, name: me.name }));
  useHotkey('KeyT', takeIt, { label: t('tickets.keys.take'), group: t('tickets.keys.ticket'), isOn: ticket.can.take });
  return (
    <header className={classes.header}>
      {ticket.deletedAt && (
        <div className={classes.deleted} role="status">
          {t('tickets.deleted', { reason: ticket.deleteReason ?? '' })}
          {ticket.can.restore && (
            <Button size="compact-xs" variant="default" onClick={() => change.mutate(restore())}>
              {t('tickets.restore')}
            </Button>
          )}
        </div>
      )}
      <MergedBanner ticket={ticket} />
      <TopLine ticket={ticket} {...frame} />
      <SubjectControl ticket={ticket} change={change} />
      <div className={classes.controls}>
        <StatusControl ticket={ticket} />
        <AssigneeControl ticket={ticket} change={change} />
        {ticket.can.take && (
          <Button variant="light" leftSection={<IconHandGrab size={15} />} onClick={takeIt} loading={change.isPending}>
            {t('tickets.take')}
          </Button>
        )}
        <PutAsideControl ticket={ticket} />
        {header.map(({ key, Item }) => (
          <Item key={key} ticket={ticket} />
        ))}
      </div>
      {dialog}
    </header>
  );
}

function TopLine({ ticket, isFull, onPane, onClose, onStep, hasPrevious, hasNext, onSide }: Props) {
  const { t } = useTranslation();
  const copy = () =>
    void navigator.clipboard
      .writeText(`${window.location.origin}/tickets/${ticket.number}`)
      .then(() => notifyDone(t('tickets.linkCopied')));
  return (
    <div className={classes.topline}>
      {isFull && (
        <ActionIcon aria-label={t('tickets.keys.close')} onClick={onClose}>
          <IconArrowLeft size={17} />
        </ActionIcon>
      )}
      <Tooltip label={t('tickets.view.copyLink')}>
        <button type="button" className={classes.number} style={isFull ? { marginLeft: 0 } : undefined} onClick={copy}>
          {t('tickets.number', { number: ticket.number })}
        </button>
      </Tooltip>
      <PeopleHere key={ticket.number} number={String(ticket.number)} />
      <span className={classes.grow} />
      <ActionIcon aria-label={t('tickets.keys.previous')} disabled={!hasPrevious} onClick={() => onStep(-1)}>
        <IconChevronUp size={17} />
      </ActionIcon>
      <ActionIcon aria-label={t('tickets.keys.next')} disabled={!hasNext} onClick={() => onStep(1)}>
        <IconChevronDown size={17} />
      </ActionIcon>
      {onSide && (
        <ActionIcon aria-label={t('tickets.side')} onClick={onSide}>
          <IconInfoCircle size={17} />
        </ActionIcon>
      )}
      <TicketMenu ticket={ticket} onDeleted={onClose} />
      {onPane && (
        <ActionIcon aria-label={t('tickets.keys.pane')} onClick={onPane}>
          {isFull ? <IconLayoutColumns size={17} /> : <IconMaximize size={16} />}
        </ActionIcon>
      )}
      {!isFull && (
        <ActionIcon aria-label={t('tickets.keys.close')} onClick={onClose}>
          <IconX size={17} />
        </ActionIcon>
      )}
    </div>
  );
}
