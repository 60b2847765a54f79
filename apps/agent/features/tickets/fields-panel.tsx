import { Select, TextInput } from '@mantine/core';
import { RelativeTime, useFormat } from '@opora/ui/format';
import { useHotkey } from '@opora/ui/hotkeys';
import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fromLocalInput, toLocalInput } from './local-time';
import { prioritiesQuery, ticketTypesQuery } from './ticket-config.queries';
import classes from './ticket-pane.module.css';
import { edit } from './tickets.queries';
import type { TicketView } from './tickets.types';
import { useChange, type TicketChange } from './use-change';

/** Fields that are looked at often and changed seldom. */
export function FieldsPanel({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { change, dialog } = useChange(ticket);
  return (
    <section className={classes.section} aria-label={t('tickets.fields')}>
      <PriorityField ticket={ticket} change={change} />
      <TypeField ticket={ticket} change={change} />
      <MomentField name="deadlineAt" ticket={ticket} change={change} />
      <MomentField name="scheduledFor" ticket={ticket} change={change} />
      {ticket.plannedSeconds !== null && (
        <Field label={t('tickets.field.plannedSeconds')}>
          <span className={classes.fieldValue}>{format.duration(ticket.plannedSeconds)}</span>
        </Field>
      )}
      <Field label={t('tickets.field.author')}>
        <span className={classes.fieldValue}>
          {ticket.author.name}, {t(`tickets.source.${ticket.source}`)}
        </span>
      </Field>
      <Field label={t('tickets.field.createdAt')}>
        <span className={classes.fieldValue}>{format.dateTime(ticket.createdAt)}</span>
      </Field>
      <Field label={t('tickets.field.updatedAt')}>
        <span className={classes.fieldValue}>
          <RelativeTime at={ticket.updatedAt} />
        </span>
      </Field>
      {ticket.coExecutors.length > 0 && (
        <Field label={t('tickets.field.coExecutors')}>
          <span className={classes.fieldValue}>{ticket.coExecutors.map(({ name }) => name).join(', ')}</span>
        </Field>
      )}
      {Object.entries(ticket.externalIds).map(([system, id]) => (
        <Field key={system} label={system}>
          <span className={classes.fieldValue}>{id}</span>
        </Field>
      ))}
      {dialog}
    </section>
  );
}

/** A row of the panel; the label belongs to the control inside. */
function Field({ label, children, htmlFor }: { label: string; children: ReactNode; htmlFor?: string }) {
  return (
    <div className={classes.field}>
      {htmlFor ? (
        <label className={classes.fieldName} htmlFor={htmlFor}>
          {label}
        </label>
      ) : (
        <span className={classes.fieldName}>{label}</span>
      )}
      {children}
    </div>
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
    <Field label={t('tickets.field.priorityId')} htmlFor={id}>
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
    </Field>
  );
}

function TypeField({ ticket, change }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const { data: types } = useQuery(ticketTypesQuery());
  const all = types ?? [ticket.type];
  return (
    <Field label={t('tickets.field.typeId')} htmlFor={id}>
      <Select
        id={id}
        variant="unstyled"
        size="xs"
        px={8}
        allowDeselect={false}
        disabled={!ticket.can.update}
        value={ticket.type.id}
        data={(all.some(({ id }) => id === ticket.type.id) ? all : [ticket.type, ...all]).map(({ id, name }) => ({
          value: id,
          label: name,
        }))}
        onChange={(typeId) => {
          const type = all.find((each) => each.id === typeId);
          if (type && type.id !== ticket.type.id) change.mutate(edit({ typeId: type.id }, { type }));
        }}
      />
    </Field>
  );
}

function MomentField({ name, ticket, change }: FieldProps & { name: 'deadlineAt' | 'scheduledFor' }) {
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
    <Field label={t(`tickets.field.${name}`)} htmlFor={id}>
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
    </Field>
  );
}
