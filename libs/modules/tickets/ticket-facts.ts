/** What conditions may ask of a ticket, as a flat map; the same for one that exists and one that is being filled in. */
import type { Facts } from '@opora/modules/fields';
import type { FormField } from './ticket-type.entity';
import type { Ticket } from './ticket.entity';

/** The columns facts are made of. */
export const FACT_COLUMNS = {
  id: 'uuid',
  typeId: 'uuid',
  statusId: 'uuid',
  statusCategory: 'text',
  priorityId: 'uuid',
  impact: 'text',
  urgency: 'text',
  companyId: 'uuid',
  contactId: 'uuid',
  objectId: 'uuid',
  assigneeId: 'uuid',
  teamId: 'uuid',
  source: 'text',
  subject: 'text',
  descriptionText: 'text',
  deadlineAt: 'timestamptz',
  scheduledFor: 'timestamptz',
  plannedSeconds: 'int',
  parentId: 'uuid',
  fileCount: 'int',
  customFields: 'jsonb',
} as const satisfies Partial<Record<keyof Ticket, string>>;

export type FactColumn = keyof typeof FACT_COLUMNS;
/** A ticket as far as facts go. */
export type FactSource = Omit<Pick<Ticket, FactColumn>, 'id' | 'deadlineAt' | 'scheduledFor'> & {
  /** Null while it is being filled in. */
  id: string | null;
  deadlineAt: Date | string | null;
  scheduledFor: Date | string | null;
};

/** What lies one table further. */
export type JoinedFacts = {
  typeCode: string | null;
  priorityCode: string | null;
  companyCategoryIds: string[];
  objectPathIds: string[];
  teamLine: number | null;
  /** The form of the type. */
  form: FormField[];
  hasObservers: boolean;
  hasCoExecutors: boolean;
};

/** SQL of the facts that lie one table further, over an alias with the columns of a ticket. */
export const joinedFactsSql = (t: string): string => `
  (SELECT code FROM ticket_type WHERE id = ${t}."typeId") AS "typeCode",
  (SELECT code FROM priority WHERE id = ${t}."priorityId") AS "priorityCode",
  (SELECT line FROM team WHERE id = ${t}."teamId") AS "teamLine",
  EXISTS (SELECT 1 FROM ticket_observer WHERE "ticketId" = ${t}.id) AS "hasObservers",
  EXISTS (SELECT 1 FROM ticket_co_executor WHERE "ticketId" = ${t}.id) AS "hasCoExecutors",
  ${cardFactsSql(t)}`;

/** Those of them that a card does not show anyway. */
export const cardFactsSql = (t: string): string => `
  ARRAY(SELECT "categoryId"::text FROM company_category_link WHERE "companyId" = ${t}."companyId" ORDER BY 1) AS "companyCategoryIds",
  COALESCE((SELECT path::text[] FROM service_object WHERE id = ${t}."objectId"), '{}') AS "objectPathIds",
  COALESCE((SELECT form FROM ticket_type WHERE id = ${t}."typeId"), '[]') AS form`;

type CardFacts = Pick<JoinedFacts, 'companyCategoryIds' | 'objectPathIds' | 'form'> & {
  type: { code: string };
  priority: { code: string };
  team: { line: number } | null;
  observers: readonly unknown[];
  coExecutors: readonly unknown[];
};
/** The joined facts of a card. */
export const joinedOfCard = (card: CardFacts): JoinedFacts => ({
  typeCode: card.type.code,
  priorityCode: card.priority.code,
  teamLine: card.team?.line ?? null,
  hasObservers: card.observers.length > 0,
  hasCoExecutors: card.coExecutors.length > 0,
  companyCategoryIds: card.companyCategoryIds,
  objectPathIds: card.objectPathIds,
  form: card.form,
});
export const isCard = (ticket: object): ticket is CardFacts =>
  'companyCategoryIds' in ticket && 'coExecutors' in ticket;

/** Facts that are columns as they stand. */
const PLAIN = [
  'typeId',
  'typeCode',
  'statusId',
  'statusCategory',
  'priorityId',
  'priorityCode',
  'impact',
  'urgency',
  'companyId',
  'companyCategoryIds',
  'contactId',
  'objectId',
  'objectPathIds',
  'assigneeId',
  'teamId',
  'teamLine',
  'source',
  'subject',
  'plannedSeconds',
  'parentId',
] as const;

/** Values of custom fields by the names conditions and forms give them. */
export const customAnswers = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([code, value]) => [`cf.${code}`, value]));

const moment = (value: Date | string | null): string | null => (value === null ? null : new Date(value).toISOString());

/** The facts of a ticket; `channel` is known while a form is being filled in, and of mail for good: nobody has filled in a form since. */
export function factsOf(row: FactSource & JoinedFacts, channel?: string): Facts {
  const came = channel ?? (row.source === 'email' ? 'mail' : undefined);
  return {
    ...Object.fromEntries(PLAIN.map((name) => [name, row[name]])),
    description: row.descriptionText,
    hasFiles: row.fileCount > 0,
    deadlineAt: moment(row.deadlineAt),
    scheduledFor: moment(row.scheduledFor),
    ...(came ? { channel: came } : {}),
    ...customAnswers(row.customFields),
  };
}
