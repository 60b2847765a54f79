import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { fromLocalInput } from '@opora/ui/fields';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Named } from './tickets.types';

export const EMPTY_TICKET = {
  subject: '',
  description: '',
  typeId: null as string | null,
  priorityId: null as string | null,
  impact: null as string | null,
  urgency: null as string | null,
  deadlineAt: '',
  /** Why that date is promised. */
  reason: '',
  scheduledFor: '',
  plannedMinutes: '' as number | '',
  source: 'agent' as string | null,
  isNewContact: false,
  newContact: '',
  newContactName: '',
  newContactPhone: '',
  newContactEmail: '',
  // Places for the refusals of what is picked by name.
  companyId: '',
  contactId: '',
  objectId: '',
  assigneeId: '',
  teamId: '',
  observers: '',
  coExecutorIds: '',
  plannedSeconds: '',
  files: '',
};
export type TicketForm = typeof EMPTY_TICKET;

/** What was chosen by name. */
export type Picked = {
  company: Named | null;
  contact: Named | null;
  object: Named | null;
  assignee: Named | null;
  team: Named | null;
  observers: Named[];
  coExecutors: Named[];
};
export const NOBODY: Picked = {
  company: null,
  contact: null,
  object: null,
  assignee: null,
  team: null,
  observers: [],
  coExecutors: [],
};

type Rest = { parentId: string | null; fileIds: string[]; customFields: Record<string, unknown> };
export type NewTicket = ReturnType<typeof toCreateTicket>;

/** The form as the API wants it: only what was filled in. */
export function toCreateTicket(form: TicketForm, picked: Picked, { parentId, fileIds, customFields }: Rest) {
  const deadlineAt = fromLocalInput(form.deadlineAt);
  const scheduledFor = fromLocalInput(form.scheduledFor);
  const newContact = {
    name: form.newContactName.trim(),
    phone: form.newContactPhone.trim() || null,
    email: form.newContactEmail.trim() || null,
  };
  const own = Object.fromEntries(Object.entries(customFields).filter(([, value]) => value != null));
  const ids = (people: Named[]) => people.map(({ id }) => id);
  return {
    subject: form.subject.trim(),
    ...(form.description ? { description: form.description } : {}),
    ...(form.typeId ? { typeId: form.typeId } : {}),
    ...(form.priorityId ? { priorityId: form.priorityId } : {}),
    ...(form.impact ? { impact: form.impact } : {}),
    ...(form.urgency ? { urgency: form.urgency } : {}),
    ...(picked.company ? { companyId: picked.company.id } : {}),
    ...(form.isNewContact ? { newContact } : picked.contact ? { contactId: picked.contact.id } : {}),
    ...(picked.object ? { objectId: picked.object.id } : {}),
    ...(picked.assignee ? { assigneeId: picked.assignee.id } : {}),
    ...(picked.team ? { teamId: picked.team.id } : {}),
    ...(picked.observers.length > 0
      ? { observers: ids(picked.observers).map((id) => ({ kind: 'employee' as const, id })) }
      : {}),
    ...(picked.coExecutors.length > 0 ? { coExecutorIds: ids(picked.coExecutors) } : {}),
    ...(parentId ? { parentId } : {}),
    ...(deadlineAt ? { deadlineAt, ...(form.reason.trim() ? { reason: form.reason.trim() } : {}) } : {}),
    ...(scheduledFor ? { scheduledFor } : {}),
    ...(form.plannedMinutes === '' ? {} : { plannedSeconds: form.plannedMinutes * 60 }),
    ...(form.source === 'phone' ? { source: 'phone' as const } : {}),
    ...(fileIds.length > 0 ? { files: fileIds.map((fileId) => ({ fileId, audience: ['client' as const] })) } : {}),
    ...(Object.keys(own).length > 0 ? { customFields: own } : {}),
  };
}

export function useCreateTicket() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewTicket) => unwrap(api.http.POST('/tickets', { body: body as Schemas['CreateTicket'] })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['tickets', 'list'] });
      void queries.invalidateQueries({ queryKey: ['ticket-views'] });
    },
  });
}
