import type { TicketDraft } from '@/slots/ticket-slots';
import { useVerdict } from '@/ticket-form/use-verdict';
import { ApiProblem } from '@opora/client';
import { useFields } from '@opora/ui/form';
import { useRef, useState } from 'react';
import { EMPTY_TICKET, NOBODY, toCreateTicket, useCreateTicket, type Picked } from './create-ticket.queries';
import type { TicketView } from './tickets.types';
import { useUploads } from './use-uploads';

/** Asked of every new ticket until the verdict is there. */
const USUAL = [
  'description',
  'companyId',
  'contactId',
  'objectId',
  'priorityId',
  'assigneeId',
  'teamId',
  'deadlineAt',
  'files',
];
const OWN = '/customFields/';

export type CreateTicket = ReturnType<typeof useCreateTicketForm>;
export type FieldState = {
  isVisible: boolean;
  required: boolean;
  disabled: boolean;
  allowed: unknown[] | null;
  error: string | undefined;
};

/** A new ticket as it is being filled in, and what its form asks at this moment. */
export function useCreateTicketForm(parentId: string | null, onCreated: (ticket: TicketView) => void) {
  const fields = useFields(EMPTY_TICKET);
  const [picked, setPicked] = useState<Picked>(NOBODY);
  const [customFields, setCustomFields] = useState<Record<string, unknown>>({});
  const [customErrors, setCustomErrors] = useState<Partial<Record<string, string>>>({});
  const uploads = useUploads();
  const after = useRef<TicketDraft['after']>(undefined);
  const create = useCreateTicket();
  const body = toCreateTicket(fields.values, picked, {
    parentId,
    fileIds: uploads.idsFor(fields.values.description),
    customFields,
  });
  const verdict = useVerdict({ values: { ...body, subject: body.subject || undefined }, channel: 'agent' });

  const refused = (error: Error) => {
    fields.applyProblem(error);
    const told = error instanceof ApiProblem ? error.errors.filter(({ pointer }) => pointer.startsWith(OWN)) : [];
    setCustomErrors(Object.fromEntries(told.map(({ pointer, message }) => [pointer.slice(OWN.length), message])));
  };
  return {
    fields,
    picked,
    uploads,
    create,
    verdict,
    customFields,
    customErrors,
    pick: (changes: Partial<Picked>) => setPicked((present) => ({ ...present, ...changes })),
    setCustom: (code: string, value: unknown) => {
      setCustomFields((present) => ({ ...present, [code]: value }));
      setCustomErrors((present) => ({ ...present, [code]: undefined }));
    },
    /** Lays prepared values over what is filled in by then: they may come a moment after they were chosen. */
    apply: (draft: TicketDraft) => {
      for (const [name, value] of Object.entries(draft.fields)) fields.set(name as keyof typeof EMPTY_TICKET, value);
      setPicked((present) => ({ ...present, ...draft.picked }));
      setCustomFields((present) => ({ ...present, ...draft.customFields }));
      after.current = draft.after;
    },
    /** How the form treats a built-in field now. */
    stateOf: (name: keyof typeof EMPTY_TICKET): FieldState => {
      const field = verdict.of(name);
      return {
        isVisible: field?.isVisible ?? (!verdict.isKnown && USUAL.includes(name)),
        required: field?.isRequired ?? false,
        disabled: field?.isReadOnly ?? false,
        allowed: field?.allowed ?? null,
        error: fields.errors[name],
      };
    },
    submit: () => {
      if (create.isPending || uploads.isBusy) return;
      setCustomErrors({});
      // What the form does not show is not sent: the person could not see that it goes along.
      const shown = new Set(verdict.custom.map(({ name }) => name));
      const own = Object.entries(customFields).filter(([code]) => !verdict.isKnown || shown.has(`cf.${code}`));
      const sent = toCreateTicket(fields.values, picked, {
        parentId,
        fileIds: uploads.idsFor(fields.values.description),
        customFields: Object.fromEntries(own),
      });
      create.mutate(sent, {
        onSuccess: (ticket) => void Promise.resolve(after.current?.(ticket)).finally(() => onCreated(ticket)),
        onError: refused,
      });
    },
  };
}
