/** What makes a rule look at a ticket. Pure. */
import { OPERATORS_OF, type ConditionField, type ConditionFieldType } from '@opora/modules/fields';

/** Something happened to the ticket. `fields` of `ticket.changed`: one of these changed; empty: any. */
export type EventTrigger = { kind: 'event'; event: RuleEvent; fields?: string[] };
/** So many seconds after a moment of the ticket, or before one that is to come (negative); by a calendar's hours or plain. */
export type TimeTrigger = { kind: 'after'; moment: RuleMomentName; seconds: number; calendarId?: string | null };
/** At the times of a recurrence (RFC 5545), for every ticket that meets the condition. */
export type ScheduleTrigger = { kind: 'schedule'; rrule: string; startsOn: string; time: string; timeZone: string };
export type RuleTrigger = EventTrigger | TimeTrigger | ScheduleTrigger;

export const RULE_EVENTS = [
  'ticket.created',
  'ticket.changed',
  'ticket.statusChanged',
  'ticket.assigned',
  'ticket.commented',
  'ticket.resumed',
  'ticket.rated',
  'sla.warned',
  'sla.breached',
  'approval.finished',
  'approval.overdue',
] as const;
export type RuleEvent = (typeof RULE_EVENTS)[number];

/** Moments of a ticket as SQL over the alias `t`; those to come may be told before they come. */
export const RULE_MOMENTS = {
  created: `t."createdAt"`,
  updated: `t."updatedAt"`,
  status_entered: `COALESCE((SELECT max(c.at) FROM ticket_change c WHERE c."ticketId" = t.id AND c.field = 'statusId'), t."createdAt")`,
  assigned: `CASE WHEN t."assigneeId" IS NOT NULL THEN COALESCE((SELECT max(c.at) FROM ticket_change c WHERE c."ticketId" = t.id AND c.field = 'assigneeId'), t."createdAt") END`,
  client_message: `t."lastClientMessageAt"`,
  staff_reply: `t."lastStaffReplyAt"`,
  comment: `t."lastCommentAt"`,
  solved: `t."solvedAt"`,
  closed: `t."closedAt"`,
  deadline: `t."deadlineAt"`,
  scheduled: `t."scheduledFor"`,
} as const;
export type RuleMomentName = keyof typeof RULE_MOMENTS;
export const MOMENT_NAMES = Object.keys(RULE_MOMENTS) as RuleMomentName[];
/** Moments that lie ahead. */
export const COMING: readonly RuleMomentName[] = ['deadline', 'scheduled'];

/** Longest wait: ten years. Shortest: a minute. */
export const MAX_WAIT = 315_360_000;
export const MIN_WAIT = 60;

/** Who did it, as rules speak of it. */
export const DOERS = ['client', 'staff', 'automation'] as const;
export type EventDoer = (typeof DOERS)[number];
export const doerOf = (actorKind: string): EventDoer =>
  actorKind === 'contact' ? 'client' : actorKind === 'employee' ? 'staff' : 'automation';

type EventFact = {
  name: string;
  type: ConditionFieldType;
  isList?: boolean;
  reference?: string;
  options?: readonly string[] | keyof typeof LIKE;
};
/** Options like those of a field of the ticket. */
const LIKE = { status: 'statusId', category: 'statusCategory', team: 'teamId' } as const;
const BY: EventFact = { name: 'event.by', type: 'choice', options: DOERS };

/** What conditions may ask of the event itself; names begin with `event.`. */
const FACTS: Record<RuleEvent, readonly EventFact[]> = {
  'ticket.created': [BY],
  'ticket.changed': [BY],
  'ticket.statusChanged': [
    BY,
    { name: 'event.fromStatusId', type: 'choice', options: 'status' },
    { name: 'event.fromCategory', type: 'choice', options: 'category' },
  ],
  'ticket.assigned': [
    BY,
    { name: 'event.fromAssigneeId', type: 'reference', reference: 'employee' },
    { name: 'event.fromTeamId', type: 'choice', options: 'team' },
    { name: 'event.reason', type: 'text' },
  ],
  'ticket.commented': [
    BY,
    { name: 'event.audience', type: 'choices', isList: true, options: ['client', 'partner', 'internal'] },
    { name: 'event.commentKind', type: 'choice', options: ['comment', 'auto_reply', 'bounce', 'system'] },
    { name: 'event.text', type: 'text' },
  ],
  'ticket.resumed': [{ name: 'event.why', type: 'choice', options: ['time', 'person', 'client'] }],
  'ticket.rated': [
    { name: 'event.score', type: 'choice', options: ['bad', 'normal', 'good'] },
    { name: 'event.isFirst', type: 'boolean' },
  ],
  'sla.warned': [
    {
      name: 'event.metric',
      type: 'choice',
      options: ['assignment', 'reaction', 'next_update', 'arrival', 'resolution', 'dwell'],
    },
    { name: 'event.threshold', type: 'text' },
  ],
  'approval.finished': [{ name: 'event.state', type: 'choice', options: ['approved', 'declined', 'recalled'] }],
  'approval.overdue': [],
  'sla.breached': [
    {
      name: 'event.metric',
      type: 'choice',
      options: ['assignment', 'reaction', 'next_update', 'arrival', 'resolution', 'dwell'],
    },
  ],
};

/** The fields a rule of this event has beside those of the ticket. `word` names a key in the asker's language. */
export function eventFields(
  event: RuleEvent,
  word: (key: string) => string,
  ticketFields: readonly ConditionField[],
): ConditionField[] {
  const like = (name: string) => ticketFields.find((field) => field.name === name)?.options ?? [];
  return FACTS[event].map(({ name, type, isList, reference, options }) => ({
    name,
    label: word(`fact.${name.slice('event.'.length)}`),
    type,
    ...(isList && { isList }),
    ...(reference && { reference }),
    ...(options && {
      options:
        typeof options === 'string'
          ? like(LIKE[options])
          : options.map((value) => ({ value, label: word(`value.${name.slice('event.'.length)}.${value}`) })),
    }),
    ops: OPERATORS_OF[type],
  }));
}

/** Lines of the history that change nothing of the ticket itself do not start rules. */
const QUIET = new Set(['rule', 'comments', 'files', 'timeEntries', 'checklists', 'created']);
/** A field's name as conditions write it. */
const asAsked = (field: string): string =>
  field.startsWith('customFields.') ? `cf.${field.slice('customFields.'.length)}` : field;

/** Whether a change of these fields is what the trigger waits for. */
export function isMeant({ fields = [] }: EventTrigger, changed: readonly string[]): boolean {
  const told = changed.filter((field) => !QUIET.has(field)).map(asAsked);
  return fields.length ? told.some((field) => fields.includes(field)) : told.length > 0;
}
