import {
  type Condition,
  type ConditionField,
  type Facts,
  FieldCatalogue,
  FieldReferences,
} from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { type ConditionPart, linesOf } from './condition-lines';
import type { RuleConditionLineView } from './rule-views.dto';

type Names = ReadonlyMap<string, string>;
const REFERENCE_KINDS = ['company', 'contact', 'object', 'employee', 'ticket'] as const;
type ReferenceKind = (typeof REFERENCE_KINDS)[number];
const isKind = (kind: string | undefined): kind is ReferenceKind => REFERENCE_KINDS.includes(kind as ReferenceKind);
/** Lists longer than this are cut in an explanation. */
const SHOWN = 10;
const MAX_TEXT = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

/** Conditions explained in words: what each clause asked, what it found, with the names people know. */
@Injectable()
export class ConditionWords {
  constructor(
    private readonly catalogue: FieldCatalogue,
    private readonly references: FieldReferences,
  ) {}

  /** The condition line by line; `unknown` names fields nothing is known of. */
  async explain(
    ctx: Ctx,
    condition: Condition,
    facts: Facts,
    { fields, unknown }: { fields?: readonly ConditionField[]; unknown?: ReadonlySet<string> } = {},
  ): Promise<RuleConditionLineView[]> {
    const known = new Map((fields ?? (await this.catalogue.of(ctx, 'ticket'))).map((field) => [field.name, field]));
    const parts = linesOf(condition, { facts, isKnown: (field) => !unknown?.has(field) });
    const names = await this.names(ctx, parts, known, facts);
    return parts.map(({ pointer, depth, joint, clause, holds }) => {
      const field = clause && known.get(clause.field);
      const say = (value: unknown): string | null => this.words(ctx, value, field ?? undefined, names);
      const asks = clause && clause.op !== 'empty' && clause.op !== 'not_empty';
      return {
        pointer,
        depth,
        joint,
        field: clause?.field ?? null,
        label: clause ? (field?.label ?? clause.field) : null,
        op: clause?.op ?? null,
        expected: asks ? say(clause.value) : null,
        actual: clause && !unknown?.has(clause.field) ? say(facts[clause.field]) : null,
        holds,
      };
    });
  }

  private words(ctx: Ctx, value: unknown, field: ConditionField | undefined, names: Names): string | null {
    if (isBlank(value)) return null;
    const items = listed(value);
    const told = items.slice(0, SHOWN).map((item) => {
      if (typeof item === 'boolean') return t(ctx, `rules.word.${item}`);
      const text = String(item);
      return (
        field?.options?.find((option) => option.value === text)?.label ?? names.get(text) ?? text.slice(0, MAX_TEXT)
      );
    });
    return told.join(', ') + (items.length > SHOWN ? ` … (${items.length})` : '');
  }

  /** Names behind the ids, one question for each kind of reference. */
  private async names(
    ctx: Ctx,
    parts: readonly ConditionPart[],
    fields: ReadonlyMap<string, ConditionField>,
    facts: Facts,
  ): Promise<Names> {
    const asked = new Map<ReferenceKind, Set<string>>();
    for (const { clause } of parts) {
      const kind = clause && fields.get(clause.field)?.reference;
      if (!clause || !isKind(kind ?? undefined)) continue;
      const ids = [...listed(clause.value), ...listed(facts[clause.field])].filter(
        (id): id is string => typeof id === 'string' && UUID.test(id),
      );
      asked.set(kind as ReferenceKind, new Set([...(asked.get(kind as ReferenceKind) ?? []), ...ids]));
    }
    const found: [string, string][] = [];
    for (const [kind, ids] of asked) if (ids.size) found.push(...(await this.references.names(ctx, kind, [...ids])));
    return new Map(found);
  }
}
