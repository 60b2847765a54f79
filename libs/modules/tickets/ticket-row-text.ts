/** A row of a list: what is selected for it and how it is written as the JSON of a `TicketRowView`. */
import type { Ctx } from '@opora/platform/context';
import { code, flag, type JsonPart, moment, nullable, plain, record, text, type Text } from '@opora/platform/db';
import type { ShownFields } from './ticket-fields.service';
import type { ColorRule } from './ticket-view.entity';

const ref = (id: string, name: string): JsonPart => nullable(record({ id: code(id), name: text(name) }));

/** Over the aliases of the list's joins; `facets` are more properties as jsonb. */
export function ticketRow({ locale }: Pick<Ctx, 'locale'>, facets: readonly [key: string, sql: string][]): JsonPart {
  const local = (alias: string) => `coalesce(${alias}.name->>'${locale === 'en' ? 'en' : 'ru'}', '')`;
  return record({
    id: code('t.id'),
    number: plain('t.number'),
    version: plain('t.version'),
    subject: text('t.subject'),
    type: ref('t."typeId"', local('ty')),
    status: record({
      id: code('t."statusId"'),
      name: text(local('st')),
      color: text('st.color'),
      category: code('t."statusCategory"'),
    }),
    priority: record({
      id: code('t."priorityId"'),
      code: text('pr.code'),
      name: text(local('pr')),
      color: text('pr.color'),
    }),
    company: ref('t."companyId"', 'co.name'),
    contact: ref('t."contactId"', 'ct.name'),
    object: ref('t."objectId"', 'ob.name'),
    assignee: ref('t."assigneeId"', 'em.name'),
    team: ref('t."teamId"', 'te.name'),
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
  });
}

/** What a row begins with, before the columns of its JSON: the colour rule that fits, its custom fields. */
export const ROW_LEAD = 2;

/** The whole JSON of a row that was selected with its lead. */
export function writeTicketRow(
  part: JsonPart,
  row: readonly Text[],
  { customFields, customTexts }: ShownFields,
  rules: readonly ColorRule[],
  { locale }: Pick<Ctx, 'locale'>,
): string {
  const rule = row[0] ? rules[Number(row[0])] : undefined;
  const color = rule ? JSON.stringify({ tint: rule.tint, icon: rule.icon, label: rule.label[locale] }) : 'null';
  const open = part.write(row, ROW_LEAD).slice(0, -1);
  return `${open},"customFields":${JSON.stringify(customFields)},"customTexts":${JSON.stringify(customTexts)},"color":${color}}`;
}
