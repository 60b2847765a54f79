import type { PortalTicketType } from './tickets.queries';

/** The fields that a type may ask a client for. */
export const ASKED = ['subject', 'description', 'objectId', 'files'] as const;
export type AskedField = (typeof ASKED)[number];

/** Whether the type's form asks for a field; a subject is always needed, the rest only if it is named. */
export function asks({ form }: PortalTicketType, name: AskedField): { isAsked: boolean; isRequired: boolean } {
  return form.find(({ field }) => field === name) ?? { isAsked: name === 'subject', isRequired: name === 'subject' };
}
