/** A ticket in the making: as its form sees it, and as it is registered. */
import type { Ctx } from '@opora/platform/context';
import { newId } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import type { PlaceOf } from '@opora/platform/files';
import type { FormOrigin } from './ticket-forms.service';
import type { FormRow } from './ticket-form';
import type { toRichText } from './rich-text';
import type { NewTicket } from './ticket-insert.query';
import type { Found } from './ticket-references.service';
import { doerOf } from './ticket-writer.service';
import type { Ticket } from './ticket.entity';
import type { CreateTicket } from './tickets.dto';

type Draft = Partial<CreateTicket>;
/** Values that are read before they are stored. */
export type Filled = { description: ReturnType<typeof toRichText>; customFields: Ticket['customFields'] };

/** The company the ticket is for: given, the object's, or the only one of the caller. */
export const companyOf = ({ companyId }: Draft, { object, contact }: Found): string | null =>
  companyId ?? object?.companyId ?? (contact?.companyIds.length === 1 ? contact.companyIds[0]! : null);

/** What has been filled in so far, with what follows from it. */
export function draftOf(ctx: Ctx, input: Draft, found: Found, { description, customFields }: Filled): FormRow {
  const { type, priority } = found;
  return {
    id: null,
    typeId: type?.id ?? '',
    statusId: type?.statusId ?? '',
    statusCategory: type?.statusCategory ?? 'new',
    priorityId: priority?.id ?? '',
    impact: input.impact ?? null,
    urgency: input.urgency ?? null,
    companyId: companyOf(input, found),
    contactId: input.contactId ?? input.authorContactId ?? (ctx.actor.kind === 'contact' ? ctx.actor.id : null),
    objectId: input.objectId ?? null,
    assigneeId: input.assigneeId ?? null,
    teamId: input.teamId ?? null,
    source: input.source ?? sourceOf(ctx),
    subject: input.subject ?? '',
    description: description.html,
    descriptionText: description.text,
    deadlineAt: input.deadlineAt ?? null,
    scheduledFor: input.scheduledFor ?? null,
    plannedSeconds: input.plannedSeconds ?? null,
    parentId: input.parentId ?? null,
    fileCount: input.files?.length ?? 0,
    customFields,
    answers: {
      observers: input.observers?.length ? 'given' : null,
      coExecutorIds: input.coExecutorIds?.length ? 'given' : null,
      ...(input.newContact ? { contactId: 'new' } : {}),
    },
  };
}

/** The row of a ticket to be registered. */
export function newTicketOf(
  ctx: Ctx,
  input: CreateTicket,
  found: Found,
  { sourceRef = null }: { sourceRef?: string | null },
  routing: NewTicket['routing'],
  { description: { html, text, original }, customFields }: Filled,
): NewTicket {
  const { type, priority } = found;
  const doer = doerOf(ctx);
  const author = input.authorContactId
    ? { kind: 'contact' as const, id: input.authorContactId }
    : { kind: doer.actorKind, id: doer.actorId };
  return {
    id: newId(),
    number: found.number,
    subject: input.subject,
    description: html,
    descriptionText: text,
    descriptionOriginal: original,
    typeId: type!.id,
    statusId: type!.statusId,
    processId: type!.processId,
    statusCategory: type!.statusCategory,
    priorityId: priority!.id,
    companyId: input.companyId ?? null,
    contactId: input.contactId ?? (author.kind === 'contact' ? author.id : null),
    objectId: input.objectId ?? null,
    assigneeId: input.assigneeId ?? null,
    teamId: input.teamId ?? null,
    authorKind: author.kind,
    authorId: author.id,
    source: input.source ?? sourceOf(ctx),
    sourceRef,
    parentId: input.parentId ?? null,
    deadlineAt: input.deadlineAt ?? null,
    scheduledFor: input.scheduledFor ?? null,
    plannedSeconds: input.plannedSeconds ?? null,
    externalIds: input.externalIds ?? {},
    customFields,
    lastClientMessageAt: author.kind === 'contact' ? ctx.now() : null,
    fileCount: 0,
    routing,
  };
}

/** Where a ticket comes from when nobody says: the API, or a person at a screen. */
export const sourceOf = ({ actor }: Ctx): 'api' | 'agent' => (actor.apiKeyId ? 'api' : 'agent');

/** How the form is being filled in. */
export const originOf = (ctx: Ctx, isPortal = false): FormOrigin => ({
  isPortal,
  channel: isPortal ? 'portal' : sourceOf(ctx),
});

/** Names of the form's fields that a request gives a value. */
export const writtenBy = ({ customFields, ...rest }: object & { customFields?: object }): Set<string> =>
  new Set([
    ...Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [name])),
    ...Object.keys(customFields ?? {}).map((code) => `cf.${code}`),
  ]);

/** Where a request names its files: the portal lists ids, others say more of each file. */
export const filePlaceOf =
  ({ isPortal }: { isPortal?: boolean }): PlaceOf =>
  (index) =>
    isPortal ? `/files/${index}` : `/files/${index}/fileId`;

/** One problem for each place: the first one told. */
export const onePerPlace = (problems: readonly FieldProblem[]): FieldProblem[] =>
  [...new Map([...problems].reverse().map((problem) => [problem.pointer, problem])).values()].reverse();

/** What contradicts itself, and what the client may not file. */
export function ownProblems(input: CreateTicket, found: Found, isPortal: boolean): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const refuse = (pointer: string, code: string): unknown =>
    problems.push({ pointer, code: `tickets.${code}`, message: '' });
  const { type, priority } = found;
  // Without a default there is nothing to fall back to: the form must name one.
  if (!input.typeId && !type) refuse('/typeId', 'typeRequired');
  if (!input.priorityId && !priority) refuse('/priorityId', 'priorityRequired');
  if (input.newContact && input.contactId) refuse('/newContact', 'contactTwice');
  if (isPortal && type && (type.isInner || !type.availableForClient)) refuse('/typeId', 'typeUnknown');
  return problems;
}
