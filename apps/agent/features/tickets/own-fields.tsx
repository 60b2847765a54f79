import { Checkbox, UnstyledButton } from '@mantine/core';
import { nameReference, pickReference } from '@/pickers/reference-picker';
import { uploadFile } from '@/ticket-form/custom-inputs';
import { codeOf, definitionOf, useVerdict } from '@/ticket-form/use-verdict';
import type { VerdictField } from '@/ticket-form/verdict.types';
import { CustomFieldInput, CustomFieldValue } from '@opora/ui/fields';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldRow } from './field-row';
import classes from './ticket-pane.module.css';
import { edit } from './tickets.queries';
import type { TicketView } from './tickets.types';
import { useChange } from './use-change';

/** The organisation's own fields that the ticket's form shows, changed where they stand. */
export function OwnFields({ ticket }: { ticket: TicketView }) {
  const verdict = useVerdict({ ticketId: ticket.id, values: {} });
  if (verdict.custom.length === 0) return null;
  return verdict.custom.map((field) => <OwnField key={field.name} ticket={ticket} field={field} />);
}

const AT_ONCE = ['select', 'reference', 'file'];

/** What is being written, over the version that was on the screen when it was begun; undefined is the present one. */
type Draft = { value: unknown; version: number | undefined };

/** Whoever has typed on while it was saved keeps that, over what was saved. */
const typedOn = (present: Draft | null, saved: unknown): Draft | null =>
  present && present.value !== saved ? { value: present.value, version: undefined } : null;

function OwnField({ ticket, field }: { ticket: TicketView; field: VerdictField }) {
  const { t } = useTranslation();
  const code = codeOf(field.name);
  const stored = ticket.customFields[code] ?? null;
  const [draft, setDraft] = useState<Draft | null>(null);
  const [error, setError] = useState<string>();
  const { change, dialog } = useChange(
    ticket,
    (problem) => {
      const told = problem.errors.find(({ pointer }) => pointer === `/customFields/${code}`);
      if (!told) return false;
      setError(told.message);
      return true;
    },
    () => setDraft(null),
  );
  const definition = definitionOf(field);
  const isLocked = field.isReadOnly || !ticket.can.update || definition.type === 'formula';
  const isMissing = field.isRequired && stored === null;
  const save = (value: unknown) => {
    if (JSON.stringify(value ?? null) === JSON.stringify(stored)) return setDraft(null);
    setError(undefined);
    change.mutate(
      edit(
        { customFields: { [code]: value ?? null } },
        { customFields: { ...ticket.customFields, [code]: value } },
        draft?.version,
      ),
      { onSuccess: () => setDraft((present) => typedOn(present, value)) },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      setDraft(null);
      setError(undefined);
    }
    const isLines = (event.target as HTMLElement).tagName === 'TEXTAREA' && !event.ctrlKey;
    if (event.key === 'Enter' && draft && !isLines && definition.type !== 'multiselect') save(draft.value);
  };
  return (
    <FieldRow label={field.label} isRequired={field.isRequired}>
      {definition.type === 'checkbox' ? (
        <Checkbox
          size="xs"
          px={8}
          aria-label={field.label}
          disabled={isLocked}
          checked={stored === true}
          error={error}
          onChange={(event) => save(event.currentTarget.checked)}
        />
      ) : draft && !isLocked ? (
        <div
          className={classes.ownInput}
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            // The question about somebody else's value takes the focus; it is answered first.
            if (!dialog && !event.currentTarget.contains(event.relatedTarget) && !AT_ONCE.includes(definition.type))
              save(draft.value);
          }}
          ref={focusFirst}
        >
          <CustomFieldInput
            definition={definition}
            value={draft.value}
            error={error}
            isLabelHidden
            isRequired={field.isRequired}
            allowed={field.allowed}
            pickReference={pickReference}
            upload={uploadFile}
            file={fileOf(ticket, code)}
            onChange={(value) => {
              setDraft({ value, version: draft.version });
              if (AT_ONCE.includes(definition.type)) save(value);
            }}
          />
        </div>
      ) : (
        <Value
          isLocked={isLocked}
          isMissing={isMissing}
          label={t('tickets.ownField.edit', { name: field.label })}
          onEdit={() => setDraft({ value: stored, version: ticket.version })}
        >
          {isMissing ? t('tickets.ownField.missing') : <Stored ticket={ticket} code={code} field={field} />}
        </Value>
      )}
      {dialog}
    </FieldRow>
  );
}

/** As the server says it; a file leads to itself. */
function Stored({ ticket, code, field }: { ticket: TicketView; code: string; field: VerdictField }) {
  const definition = definitionOf(field);
  const value = ticket.customFields[code] ?? null;
  const words = ticket.customTexts[code];
  if (value === null || !words || definition.type === 'checkbox')
    return <CustomFieldValue definition={definition} value={value} nameReference={nameReference} />;
  const link = ticket.customLinks[code];
  if (!link) return words;
  return (
    <a href={link} target="_blank" rel="noreferrer" onClick={(event) => event.stopPropagation()}>
      {words}
    </a>
  );
}

type ValueProps = {
  isLocked: boolean;
  isMissing: boolean;
  label: string;
  onEdit: () => void;
  children: React.ReactNode;
};

function Value({ isLocked, isMissing, label, onEdit, children }: ValueProps) {
  if (isLocked) return <span className={classes.fieldValue}>{children}</span>;
  return (
    <UnstyledButton
      className={classes.ownValue}
      data-missing={isMissing || undefined}
      title={label}
      aria-description={label}
      onClick={onEdit}
    >
      {children}
    </UnstyledButton>
  );
}

const fileOf = ({ customFields, customTexts, customLinks }: TicketView, code: string) => {
  const id = customFields[code];
  return typeof id === 'string' && customLinks[code]
    ? { id, name: customTexts[code] ?? '', url: customLinks[code] }
    : null;
};

/** An input that has just taken the place of a value is ready to be typed in. */
const focusFirst = (element: HTMLElement | null) => {
  if (element && !element.contains(document.activeElement))
    element.querySelector<HTMLElement>('input, textarea, button')?.focus();
};
