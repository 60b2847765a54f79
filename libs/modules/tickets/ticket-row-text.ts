/** A row of a list: what is selected for it and how it is written as the JSON of a `TicketRowView`. */
import type { Ctx } from '@opora/platform/context';
import { code, flag, type JsonPart, moment, nullable, plain, record, text, type Text } from '@opora/platform/db';
import type { ShownFields } from './ticket-fields.service';
import type { RowNames } from './ticket-row-names.service';
import type { ColorRule } from './ticket-view.entity';

type Reader = Pick<Ctx, 'locale'>;

const TYPE = 2;
const STATUS = 3;
const PRIORITY = 4;
const TEAM = 5;

/** What a row begins with, before the columns of its JSON: the colour rule that fits, its custom fields, ids of what is named by `RowNames`. */
export const rowLead = (rule: string, customFields: string): string[] => [
  rule,
  customFields,
  't."typeId"',
  't."statusId"',
  't."priorityId"',
  't."teamId"',
];
const LEAD = rowLead('', '').length;

/** Whether all that the row leads to is there. */
export const isNamed = (row: readonly Text[], names: RowNames): boolean =>
  [TYPE, STATUS, PRIORITY, TEAM].every((at) => row[at] === null || names.has(row[at]!));

export const customFieldsOf = (row: readonly Text[]): Text => row[1]!;

const ref = (id: string, name: string): JsonPart => nullable(record({ id: code(id), name: text(name) }));

/** All of a row but what `writeTicketRow` adds, over the aliases of the list's joins; `facets` are more properties as jsonb. */
export function ticketRow(
  { locale }: Reader,
  names: RowNames,
  facets: readonly (readonly [key: string, sql: string])[],
): JsonPart {
  const nameAt = (row: readonly Text[], at: number): string => (row[at] && names.get(row[at])?.[locale]) || 'null';
  const named = (at: number): JsonPart => ({ columns: [], write: (row) => nameAt(row, at) });
  const status: JsonPart = {
    columns: ['t."statusCategory"'],
    write: (row, at) => `${nameAt(row, STATUS).slice(0, -1)},"category":"${row[at]}"}`,
  };
  const properties = {
    id: code('t.id'),
    number: plain('t.number'),
    version: plain('t.version'),
    subject: text('t.subject'),
    type: named(TYPE),
    status,
    priority: named(PRIORITY),
    company: ref('t."companyId"', 'co.name'),
    contact: ref('t."contactId"', 'ct.name'),
    object: ref('t."objectId"', 'ob.name'),
    assignee: ref('t."assigneeId"', 'em.name'),
    team: named(TEAM),
    source: code('t.source'),
    createdAt: moment('t."createdAt"'),
    updatedAt: moment('t."updatedAt"'),
    deadlineAt: moment('t."deadlineAt"'),
    scheduledFor: moment('t."scheduledFor"'),
    putAsideUntil: moment('t."putAsideUntil"'),
    awaiting: code('t.awaiting'),
    hasUnread: flag(
      `t."lastCommentAt" IS NOT NULL AND (seen."lastSeenAt" IS NULL OR seen."lastSeenAt" < t."lastCommentAt")`,
    ),
    commentCount: plain('t."commentCount"'),
    fileCount: plain('t."fileCount"'),
    isDeleted: flag('t."deletedAt" IS NOT NULL'),
    ...Object.fromEntries(facets.map(([key, sql]) => [key, plain(`(${sql})`)])),
  };
  return record(properties, '');
}

/** The whole JSON of a row that was selected with its lead. */
export function writeTicketRow(
  part: JsonPart,
  row: readonly Text[],
  { customFields, customTexts }: ShownFields,
  rules: readonly ColorRule[],
  { locale }: Reader,
): string {
  const rule = row[0] ? rules[Number(row[0])] : undefined;
  const color = rule ? JSON.stringify({ tint: rule.tint, icon: rule.icon, label: rule.label[locale] }) : 'null';
  return `${part.write(row, LEAD)},"customFields":${JSON.stringify(customFields)},"customTexts":${JSON.stringify(customTexts)},"color":${color}}`;
}
