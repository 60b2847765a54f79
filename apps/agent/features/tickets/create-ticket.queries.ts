import { api } from '@/api';
import { unwrap } from '@opora/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { fromLocalInput } from './local-time';
import type { Named } from './tickets.types';

export const EMPTY_TICKET = {
  subject: '',
  description: '',
  typeId: null as string | null,
  priorityId: null as string | null,
  deadlineAt: '',
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
};
export type TicketForm = typeof EMPTY_TICKET;

/** What was chosen by name. */
export type Picked = {
  company: Named | null;
  contact: Named | null;
  object: Named | null;
  assignee: Named | null;
  team: Named | null;
};
export const NOBODY: Picked = { company: null, contact: null, object: null, assignee: null, team: null };

type Rest = { parentId: string | null; fileIds: string[] };

/** The form as the API wants it: only what was filled in. */
export function toCreateTicket(form: TicketForm, picked: Picked, { parentId, fileIds }: Rest) {
  const deadlineAt = fromLocalInput(form.deadlineAt);
  const newContact = {
    name: form.newContactName.trim(),
    phone: form.newContactPhone.trim() || null,
    email: form.newContactEmail.trim() || null,
  };
  return {
    subject: form.subject.trim(),
    ...(form.description ? { description: form.description } : {}),
    ...(form.typeId ? { typeId: form.typeId } : {}),
    ...(form.priorityId ? { priorityId: form.priorityId } : {}),
    ...(picked.company ? { companyId: picked.company.id } : {}),
    ...(form.isNewContact ? { newContact } : picked.contact ? { contactId: picked.contact.id } : {}),
    ...(picked.object ? { objectId: picked.object.id } : {}),
    ...(picked.assignee ? { assigneeId: picked.assignee.id } : {}),
    ...(picked.team ? { teamId: picked.team.id } : {}),
    ...(parentId ? { parentId } : {}),
    ...(deadlineAt ? { deadlineAt } : {}),
    ...(form.source === 'phone' ? { source: 'phone' as const } : {}),
    ...(fileIds.length > 0 ? { files: fileIds.map((fileId) => ({ fileId, audience: ['client' as const] })) } : {}),
  };
}

export function useCreateTicket() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ReturnType<typeof toCreateTicket>) => unwrap(api.http.POST('/tickets', { body })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['tickets', 'list'] });
      void queries.invalidateQueries({ queryKey: ['ticket-views'] });
    },
  });
}
