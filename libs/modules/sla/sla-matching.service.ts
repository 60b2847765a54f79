import {
  type Clause,
  type Condition,
  type ConditionField,
  type Facts,
  FieldCatalogue,
  partAt,
} from '@opora/modules/fields';
import { TicketFacts } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { SlaSetup } from './sla-setup.service';

/** A policy, whether it fits a ticket, and in words why not. */
export type Candidate = { id: string; name: string; matched: boolean; because: string[] };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_WORDS = 5;
const isClause = (part: Condition | undefined): part is Clause => part !== undefined && 'field' in part;
const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];

/** Which policy fits a ticket now and why the others do not. */
@Injectable()
export class SlaMatching {
  constructor(
    private readonly db: Db,
    private readonly setup: SlaSetup,
    private readonly facts: TicketFacts,
    private readonly catalogue: FieldCatalogue,
  ) {}

  async candidates(ctx: Ctx, ticketId: string): Promise<Candidate[]> {
    const setup = await this.setup.now(ctx);
    if (!setup.policies.length) return [];
    const facts = (await this.facts.of(ctx, [ticketId])).get(ticketId) ?? {};
    const candidates = this.setup.candidates(setup, facts);
    const failed = candidates.map(({ policy, failed }) => failed.map((pointer) => partAt(policy.when, pointer)));
    const fields = new Map((await this.catalogue.of(ctx, 'ticket')).map((field) => [field.name, field]));
    const names = await this.names(ctx, failed.flat().filter(isClause), facts);
    const first = candidates.findIndex(({ failed }) => !failed.length);
    return candidates.map(({ policy }, index) => ({
      id: policy.id,
      name: policy.name,
      matched: index === first,
      because: failed[index]!.length
        ? failed[index]!.slice(0, MOST_WORDS).map((part) => this.words(ctx, part, fields, names, facts))
        : [t(ctx, `sla.because.${index === first ? (isAlways(policy.when) ? 'always' : 'first') : 'later'}`)],
    }));
  }

  /** «Priority: expected Critical, it is Normal». */
  private words(
    ctx: Ctx,
    part: Condition | undefined,
    fields: ReadonlyMap<string, ConditionField>,
    names: ReadonlyMap<string, string>,
    facts: Facts,
  ): string {
    if (!isClause(part)) return t(ctx, 'sla.because.not');
    const field = fields.get(part.field);
    const word = (value: unknown): string =>
      field?.options?.find((option) => option.value === value)?.label ?? names.get(String(value)) ?? String(value);
    const list = (value: unknown): string => listOf(value).map(word).join(', ') || t(ctx, 'sla.because.nothing');
    return t(ctx, 'sla.because.clause', {
      field: field?.label ?? part.field,
      op: t(ctx, `sla.because.op.${part.op}`),
      expected: part.op === 'empty' || part.op === 'not_empty' ? '' : list(part.value),
      actual: list(facts[part.field]),
    }).replace(/ +/g, ' ');
  }

  /** Names behind the ids that conditions and the ticket itself carry, in one question. */
  private async names(ctx: Ctx, clauses: readonly Clause[], facts: Facts): Promise<Map<string, string>> {
    const ids = clauses
      .flatMap(({ field, value }) => [...listOf(value), ...listOf(facts[field])])
      .filter((value): value is string => typeof value === 'string' && UUID.test(value));
    if (!ids.length) return new Map();
    const tables = ['company', 'contact', 'service_object', 'employee', 'team', 'company_category'];
    const rows = await this.db.query<{ id: string; name: string }>(
      ctx,
      tables
        .map((table) => `SELECT id, name::text AS name FROM ${table} WHERE id = ANY($1::uuid[])`)
        .join(' UNION ALL '),
      [[...new Set(ids)]],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

const isAlways = (when: Condition): boolean => 'all' in when && !when.all.length;
