import { useHolds } from '@/api';
import { Button, Select, TextInput } from '@mantine/core';
import { fromLocalInput, toLocalInput } from '@opora/ui/fields';
import { RelativeTime, useFormat } from '@opora/ui/format';
import { useHotkey } from '@opora/ui/hotkeys';
import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldRow } from './field-row';
import { MoveDialog } from './move-dialog';
import { OwnFields } from './own-fields';
import { ScaleFields } from './scale-fields';
import { placeId } from './side-jump';
import { prioritiesQuery } from './ticket-config.queries';
import classes from './ticket-pane.module.css';
import { edit } from './tickets.queries';
import type { TicketView } from './tickets.types';
import { TypeField } from './type-field';
import { useChange, type TicketChange } from './use-change';

/** Fields that are looked at often and changed seldom. */
export function FieldsPanel({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { change, dialog } = useChange(ticket);
  return (
    <section id={placeId('fields')} className={classes.section} aria-label={t('tickets.fields')}>
      <PriorityField ticket={ticket} change={change} />
      <ScaleFields ticket={ticket} change={change} />
      <TypeField ticket={ticket} />
      <OwnFields ticket={ticket} />
      <DeadlineField ticket={ticket} />
      <MomentField name="scheduledFor" ticket={ticket} change={change} />
      {ticket.plannedSeconds !== null && (
        <FieldRow label={t('tickets.field.plannedSeconds')}>
          <span className={classes.fieldValue}>{format.duration(ticket.plannedSeconds)}</span>
        </FieldRow>
      )}
      <FieldRow label={t('tickets.field.author')}>
        <span className={classes.fieldValue}>
          {ticket.author.name}, {t(`tickets.source.${ticket.source}`)}
        </span>
      </FieldRow>
      <FieldRow label={t('tickets.field.createdAt')}>
        <span className={classes.fieldValue}>{format.dateTime(ticket.createdAt)}</span>
      </FieldRow>
      <FieldRow label={t('tickets.field.updatedAt')}>
        <span className={classes.fieldValue}>
          <RelativeTime at={ticket.updatedAt} />
        </span>
      </FieldRow>
      {ticket.coExecutors.length > 0 && (
        <FieldRow label={t('tickets.field.coExecutors')}>
          <span className={classes.fieldValue}>{ticket.coExecutors.map(({ name }) => name).join(', ')}</span>
        </FieldRow>
      )}
      {Object.entries(ticket.externalIds).map(([system, id]) => (
        <FieldRow key={system} label={system}>
          <span className={classes.fieldValue}>{id}</span>
        </FieldRow>
      ))}
      {dialog}
    </section>
  );
}

type FieldProps = { ticket: TicketView; change: TicketChange };

function PriorityField({ ticket, change }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { data: priorities } = useQuery(prioritiesQuery());
  useHotkey('KeyP', () => (input.current?.focus(), input.current?.click()), {
    label: t('tickets.keys.priority'),
    group: t('tickets.keys.ticket'),
    isOn: ticket.can.update,
  });
  const all = priorities ?? [ticket.priority];
  return (
    <FieldRow label={t('tickets.field.priorityId')} htmlFor={id}>
      <Select
        id={id}
        ref={input}
        variant="unstyled"
        size="xs"
        px={8}
        allowDeselect={false}
        disabled={!ticket.can.update}
        value={ticket.priority.id}
        data={all.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(priorityId) => {
          const priority = all.find((each) => each.id === priorityId);
          if (priority && priority.id !== ticket.priority.id)
            change.mutate(edit({ priorityId: priority.id }, { priority }));
        }}
      />
    </FieldRow>
  );
}

/** A deadline is a promise: whoever may give one says why. */
function DeadlineField({ ticket }: Pick<FieldProps, 'ticket'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayPromise = useHolds('sla.set_deadline') && ticket.can.update;
  const [isOpen, setOpen] = useState(false);
  const { deadlineAt } = ticket;
  const shown = deadlineAt === null ? '—' : format.dateTime(deadlineAt);
  return (
    <FieldRow label={t('tickets.field.deadlineAt')}>
      {mayPromise ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          justify="flex-start"
          aria-label={`${t('tickets.calendar.by.deadlineAt')}: ${shown}`}
          onClick={() => setOpen(true)}
        >
          {shown}
        </Button>
      ) : (
        <span className={classes.fieldValue}>{shown}</span>
      )}
      {isOpen && (
        <MoveDialog
          row={ticket}
          field="deadlineAt"
          at={deadlineAt ?? new Date().toISOString()}
          onClose={() => setOpen(false)}
        />
      )}
    </FieldRow>
  );
}

function MomentField({ name, ticket, change }: FieldProps & { name: 'scheduledFor' }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? toLocalInput(ticket[name]);
  const save = () => {
    setText(null);
    if (text === null || text === toLocalInput(ticket[name])) return;
    const value = fromLocalInput(text);
    change.mutate(edit({ [name]: value }, { [name]: value }));
  };
  return (
    <FieldRow label={t(`tickets.field.${name}`)} htmlFor={id}>
      <TextInput
        id={id}
        type="datetime-local"
        variant="unstyled"
        size="xs"
        px={8}
        disabled={!ticket.can.update}
        value={shown}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
    </FieldRow>
  );
}
