/** What conditions may ask of a ticket, as a flat map; the same for one that exists and one that is being filled in. */
import type { Facts } from '@opora/modules/fields';
import type { Ticket } from './ticket.entity';

/** The columns facts are made of. */
export const FACT_COLUMNS = {
  typeId: 'uuid',
  statusId: 'uuid',
  statusCategory: 'text',
  priorityId: 'uuid',
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
export type FactSource = Omit<Pick<Ticket, FactColumn>, 'deadlineAt' | 'scheduledFor'> & {
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
};

/** SQL of the facts that lie one table further, over an alias with the columns of a ticket. */
export const joinedFactsSql = (t: string): string => `
  (SELECT code FROM ticket_type WHERE id = ${t}."typeId") AS "typeCode",
  (SELECT code FROM priority WHERE id = ${t}."priorityId") AS "priorityCode",
  ARRAY(SELECT "categoryId"::text FROM company_category_link WHERE "companyId" = ${t}."companyId" ORDER BY 1) AS "companyCategoryIds",
  COALESCE((SELECT path::text[] FROM service_object WHERE id = ${t}."objectId"), '{}') AS "objectPathIds",
  (SELECT line FROM team WHERE id = ${t}."teamId") AS "teamLine"`;

const moment = (value: Date | string | null): string | null => (value === null ? null : new Date(value).toISOString());

/** The facts of a ticket; `channel` is known only while a form is being filled in. */
export function factsOf(row: FactSource & JoinedFacts, channel?: string): Facts {
  const { descriptionText, fileCount, customFields, deadlineAt, scheduledFor, ...rest } = row;
  return {
    ...rest,
    description: descriptionText,
    hasFiles: fileCount > 0,
    deadlineAt: moment(deadlineAt),
    scheduledFor: moment(scheduledFor),
    ...(channel ? { channel } : {}),
    ...Object.fromEntries(Object.entries(customFields).map(([code, value]) => [`cf.${code}`, value])),
  };
}
