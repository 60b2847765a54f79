/** The fields of a ticket that conditions may ask about, with their labels and options. */
import { type ConditionField, type ConditionFieldType, type FieldAlias, OPERATORS_OF } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import { STATUS_CATEGORIES } from './ticket-status';
import { FORM_FIELDS } from './ticket-type.entity';
import { TICKET_SOURCES } from './ticket.entity';

/** How a form is being filled in. */
export const FORM_CHANNELS = ['agent', 'portal', 'api', 'mail'] as const;
export type FormChannel = (typeof FORM_CHANNELS)[number];

/** `meaning` is what else the value says: a type's code, a status's category, a team's line. */
export type FactOption = { field: string; value: string; label: string; meaning: string | null };

/** Everything in use that a field offers, in the order of the screens. */
export const FACT_OPTIONS = `
  SELECT field, value, label, meaning FROM (
    SELECT 'typeId' AS field, id::text AS value, name->>$1 AS label, position AS place, code AS meaning FROM ticket_type WHERE "archivedAt" IS NULL
    UNION ALL SELECT 'typeCode', code, name->>$1, position, NULL FROM ticket_type WHERE "archivedAt" IS NULL
    UNION ALL SELECT 'priorityId', id::text, name->>$1, position, code FROM priority WHERE "archivedAt" IS NULL
    UNION ALL SELECT 'priorityCode', code, name->>$1, position, NULL FROM priority WHERE "archivedAt" IS NULL
    UNION ALL SELECT 'statusId', s.id::text, s.name->>$1 || CASE WHEN (SELECT count(*) FROM process) > 1 THEN ' (' || (p.name->>$1) || ')' ELSE '' END,
      s.position, s.category FROM ticket_status s JOIN process p ON p.id = s."processId"
    UNION ALL SELECT 'teamId', id::text, name, line, line::text FROM team WHERE "archivedAt" IS NULL
    UNION ALL SELECT 'impact', l->>'code', l->'name'->>$1, n, NULL FROM priority_matrix, jsonb_array_elements(impacts) WITH ORDINALITY u(l, n)
    UNION ALL SELECT 'urgency', l->>'code', l->'name'->>$1, n, NULL FROM priority_matrix, jsonb_array_elements(urgencies) WITH ORDINALITY u(l, n)
    UNION ALL SELECT 'companyCategoryIds', id::text, name, 0, NULL FROM company_category) o
  ORDER BY field, place, label, value`;

type Shape = { name: string; type: ConditionFieldType; reference?: string; isList?: boolean };

const SHAPES: readonly Shape[] = [
  { name: 'typeId', type: 'choice' },
  { name: 'typeCode', type: 'choice' },
  { name: 'priorityId', type: 'choice' },
  { name: 'priorityCode', type: 'choice' },
  { name: 'impact', type: 'choice' },
  { name: 'urgency', type: 'choice' },
  { name: 'statusId', type: 'choice' },
  { name: 'statusCategory', type: 'choice' },
  { name: 'companyId', type: 'reference', reference: 'company' },
  { name: 'companyCategoryIds', type: 'choices', isList: true },
  { name: 'contactId', type: 'reference', reference: 'contact' },
  { name: 'objectId', type: 'reference', reference: 'object' },
  { name: 'objectPathIds', type: 'reference', reference: 'object', isList: true },
  { name: 'teamId', type: 'choice' },
  { name: 'teamLine', type: 'number' },
  { name: 'assigneeId', type: 'reference', reference: 'employee' },
  { name: 'source', type: 'choice' },
  { name: 'channel', type: 'choice' },
  { name: 'subject', type: 'text' },
  { name: 'description', type: 'text' },
  { name: 'hasFiles', type: 'boolean' },
  { name: 'deadlineAt', type: 'datetime' },
  { name: 'scheduledFor', type: 'datetime' },
  { name: 'plannedSeconds', type: 'number' },
  { name: 'parentId', type: 'reference', reference: 'ticket' },
];

/** Options that are words of ours, named in the texts of the module. */
const WORDS: Record<string, readonly string[]> = {
  statusCategory: STATUS_CATEGORIES,
  source: TICKET_SOURCES,
  channel: FORM_CHANNELS,
};

/** Fields that say in other words what another one says. */
const ALIASES: Record<string, { of: string; unique?: boolean; isNumber?: boolean }> = {
  typeCode: { of: 'typeId', unique: true },
  priorityCode: { of: 'priorityId', unique: true },
  statusCategory: { of: 'statusId' },
  teamLine: { of: 'teamId', isNumber: true },
};

function aliasOf(name: string, options: readonly FactOption[]): FieldAlias | undefined {
  const alias = ALIASES[name];
  if (!alias) return undefined;
  const { of, unique, isNumber } = alias;
  const named = options.filter((option) => option.field === of && option.meaning !== null);
  const values = named.map(({ value, meaning }) => [value, isNumber ? Number(meaning) : meaning]);
  return { of, ...(unique && { unique }), values: Object.fromEntries(values) as FieldAlias['values'] };
}

export function factFields(ctx: Ctx, options: readonly FactOption[]): ConditionField[] {
  const optionsOf = (name: string) =>
    WORDS[name]?.map((value) => ({ value, label: t(ctx, `tickets.${name}.${value}`) })) ??
    options.filter(({ field }) => field === name).map(({ value, label }) => ({ value, label }));
  return SHAPES.map((shape) => ({
    ...shape,
    label: t(ctx, `tickets.field.${shape.name}`),
    ...(ALIASES[shape.name] && { alias: aliasOf(shape.name, options) }),
    ...(shape.type === 'choice' || shape.type === 'choices' ? { options: optionsOf(shape.name) } : {}),
    ops: OPERATORS_OF[shape.type],
  }));
}

/** The built-in fields a form may ask for. People and files are never limited to values. */
export function formFields(ctx: Ctx, facts: readonly ConditionField[]): ConditionField[] {
  const known = new Map(facts.map((field) => [field.name, field]));
  return FORM_FIELDS.map(
    (name) =>
      known.get(name) ?? {
        name,
        label: t(ctx, `tickets.field.${name}`),
        type: 'reference' as const,
        isList: true,
        ops: [],
      },
  );
}
