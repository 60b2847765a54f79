/** Tickets that lack what their form asks for: the verdict of the rules as one SQL condition over the alias `t`. Pure. */
import type { EffectKind, RuleOfForm } from '@opora/modules/fields';
import type { SqlParams } from '@opora/platform/db';
import { allAmongSql, conditionSql, emptySql, type FieldSql, fieldsSql, type FieldsSql } from './ticket-condition-sql';
import type { FilterField } from './ticket-filter-custom';
import { baseOf } from './ticket-form';
import type { FormField } from './ticket-type.entity';

/** Everything a verdict depends on besides the ticket. */
export type FormsOfTickets = {
  types: readonly { id: string; form: readonly FormField[] }[];
  rules: readonly RuleOfForm[];
  /** Custom fields in use. */
  custom: readonly FilterField[];
  /** SQL of facts that modules above add. */
  added: Readonly<Record<string, FieldSql>>;
};

type Aspect = Partial<Record<EffectKind, boolean>>;
const VISIBLE: Aspect = { show: true, hide: false };
const REQUIRED: Aspect = { require: true, optional: false };

/** Answers that are no columns of their own. */
const MISSING: Record<string, string> = {
  description: `(t.description !~* '<img\\y' AND btrim(replace(regexp_replace(t.description, '<[^>]*>', '', 'g'), '&nbsp;', ' '), E' \\n\\t\\r\\u00a0') = '')`,
  files: 't."fileCount" = 0',
  observers: 'NOT EXISTS (SELECT 1 FROM ticket_observer o WHERE o."ticketId" = t.id)',
  coExecutorIds: 'NOT EXISTS (SELECT 1 FROM ticket_co_executor o WHERE o."ticketId" = t.id)',
};

/** The condition of `is:incomplete`. */
export function incompleteSql({ types, rules, custom, added }: FormsOfTickets, params: SqlParams): string {
  const fields = fieldsSql(custom, added);
  const bases = types.map(({ id, form }) => ({ id, base: baseOf(form, false) }));
  const typesWith = (field: string, side: 'isVisible' | 'isRequired'): string => {
    const ids = bases.filter(({ base }) => base.some((one) => one.field === field && one[side])).map(({ id }) => id);
    return ids.length ? `t."typeId" = ANY(${params.add(ids)}::uuid[])` : 'false';
  };
  const known = new Set(custom.map(({ code }) => `cf.${code}`));
  const asked = new Set([
    ...bases.flatMap(({ base }) => base.filter(({ isRequired }) => isRequired).map(({ field }) => field)),
    ...rules.flatMap(({ effects }) =>
      effects.filter(({ effect }) => effect === 'require' || effect === 'allow').map(({ field }) => field),
    ),
  ]);
  const conditions = [...asked]
    .filter((field) => field !== 'subject' && (!field.startsWith('cf.') || known.has(field)))
    .map((field) => {
      const value = fields(field);
      const empty = MISSING[field] ?? emptySql(value);
      const required = lastOf(rules, field, REQUIRED, fields, params);
      const shown = lastOf(rules, field, VISIBLE, fields, params);
      const visible = `COALESCE(${shown}, COALESCE(${required}, false) OR ${typesWith(field, 'isVisible')})`;
      const lacks = `(${empty} AND COALESCE(${required}, ${typesWith(field, 'isRequired')}) AND ${visible})`;
      const strange = strangeSql(rules, field, value, fields, params);
      return strange ? `(${lacks} OR (${strange} AND NOT (${empty}) AND ${visible}))` : lacks;
    });
  return conditions.length ? `(${conditions.join(' OR ')})` : 'false';
}

/** What the last rule that speaks says of a side of the field; NULL when none does. */
function lastOf(
  rules: readonly RuleOfForm[],
  field: string,
  aspect: Aspect,
  fields: FieldsSql,
  params: SqlParams,
): string {
  const branches = rules.flatMap(({ when, effects }) => {
    const said = effects.findLast((one) => one.field === field && aspect[one.effect] !== undefined);
    return said ? [`WHEN ${conditionSql(when, fields, params)} THEN ${aspect[said.effect]}`] : [];
  });
  return branches.length ? `(CASE ${branches.reverse().join(' ')} END)` : 'NULL::boolean';
}

/** True when the last rule that names allowed values does not name this one. */
function strangeSql(
  rules: readonly RuleOfForm[],
  field: string,
  value: FieldSql,
  fields: FieldsSql,
  params: SqlParams,
): string | undefined {
  const branches = rules.flatMap(({ when, effects }) => {
    const said = effects.findLast((one) => one.field === field && one.effect === 'allow');
    if (!said) return [];
    return [`WHEN ${conditionSql(when, fields, params)} THEN NOT (${allAmongSql(value, said.values ?? [], params)})`];
  });
  return branches.length ? `COALESCE(CASE ${branches.reverse().join(' ')} END, false)` : undefined;
}
