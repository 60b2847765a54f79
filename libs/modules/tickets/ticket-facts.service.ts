import { type ConditionField, FieldCatalogue, type Facts } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { factFields, type FactOption, FACT_OPTIONS, type FormChannel, formFields } from './ticket-fact-fields';
import type { FieldSql } from './ticket-condition-sql';
import {
  FACT_COLUMNS,
  type FactColumn,
  factsOf,
  type FactSource,
  type JoinedFacts,
  joinedFactsSql,
} from './ticket-facts';

const COLUMNS = Object.entries(FACT_COLUMNS);
const OF_TICKETS = `SELECT ${COLUMNS.map(([name]) => `t."${name}"`).join(', ')}, ${joinedFactsSql('t')}
  FROM ticket t WHERE t.id = ANY($1::uuid[])`;
const OF_VALUES = `SELECT ${joinedFactsSql('t')}
  FROM jsonb_to_record($1::jsonb) AS t(${COLUMNS.map(([name, type]) => `"${name}" ${type}`).join(', ')})`;

/** Facts that a module above adds to those of tickets, for every condition. */
export type AddedFacts = {
  /** By name: the columns of a ticket it follows from, and its SQL over the alias `t`, for lists. */
  facts: Readonly<Record<string, { from: readonly FactColumn[]; sql: FieldSql }>>;
  /** The same facts as conditions offer them, in the language of the context. */
  fields(ctx: Ctx): Promise<ConditionField[]> | ConditionField[];
  /** Their values, a row for each ticket in the same order, however many there are: stored ones, or one being filled in (`id` null). */
  of(ctx: Ctx, tickets: readonly FactSource[]): Promise<readonly Facts[]>;
};

/** What conditions are asked about: the facts of tickets, those in the database and those being filled in. */
@Injectable()
export class TicketFacts implements OnModuleInit {
  private readonly added: AddedFacts[] = [];

  constructor(
    private readonly db: Db,
    private readonly catalogue: FieldCatalogue,
  ) {}

  onModuleInit(): void {
    this.catalogue.register('ticket', (ctx) => this.fields(ctx));
    this.catalogue.registerForm('ticket', async (ctx) => formFields(ctx, await this.fields(ctx)));
  }

  /** Adds facts of a module above (in its onModuleInit): to conditions, forms, policies, routing and rules alike. */
  register(added: AddedFacts): void {
    this.added.push(added);
  }

  /** The built-in fields conditions may ask about, then those of modules above. */
  async fields(ctx: Ctx): Promise<ConditionField[]> {
    const own = factFields(ctx, await this.db.prepared<FactOption>(ctx, FACT_OPTIONS, [ctx.locale]));
    const added: ConditionField[] = [];
    for (const { fields } of this.added) added.push(...(await fields(ctx)));
    return [...own, ...added];
  }

  /** Names of added facts that may be others when this field of a ticket changes. */
  addedFrom(field: string): string[] {
    return this.added.flatMap(({ facts }) =>
      Object.keys(facts).filter((name) => (facts[name]!.from as readonly string[]).includes(field)),
    );
  }

  /** SQL of the added facts, for conditions over lists. */
  get addedSql(): Readonly<Record<string, FieldSql>> {
    const facts = this.added.flatMap(({ facts }) => Object.entries(facts));
    return Object.fromEntries(facts.map(([name, { sql }]) => [name, sql]));
  }

  /** The facts of many tickets by their ids, in one query. */
  async of(ctx: Ctx, ticketIds: readonly string[]): Promise<Map<string, Facts>> {
    if (!ticketIds.length) return new Map();
    const rows = await this.db.prepared<FactSource & JoinedFacts & { id: string }>(ctx, OF_TICKETS, [ticketIds]);
    const added = await this.addedTo(ctx, rows);
    return new Map(rows.map((row, index) => [row.id, { ...factsOf(row), ...added[index] }]));
  }

  /** Every fact of a ticket with these values, which need not be in the database. */
  async ofValues(ctx: Ctx, source: FactSource, channel?: FormChannel): Promise<Facts> {
    const joined = await this.joinedTo(ctx, source);
    const [added] = await this.addedTo(ctx, [source]);
    return { ...factsOf({ ...source, ...joined }, channel), ...added };
  }

  /** The added facts of these tickets; of modules none of whose facts is asked for, nothing is looked up. */
  async addedTo(
    ctx: Ctx,
    tickets: readonly FactSource[],
    isAsked: (name: string) => boolean = () => true,
  ): Promise<Facts[]> {
    const asked = tickets.length ? this.added.filter(({ facts }) => Object.keys(facts).some(isAsked)) : [];
    const found: (readonly Facts[])[] = [];
    for (const added of asked) found.push(await added.of(ctx, tickets));
    return tickets.map((_, index) => Object.assign({}, ...found.map((rows) => rows[index])) as Facts);
  }

  /**
   * The facts of a ticket with these values, without those of modules above, and in the same question what one of them asks for itself:
   * `also` is a scalar query whose text never varies.
   */
  async ofValuesAnd<Also>(ctx: Ctx, source: FactSource, also: string): Promise<{ facts: Facts; also: Also }> {
    const [row] = await this.db.prepared<JoinedFacts & { also: Also }>(
      ctx,
      OF_VALUES.replace('\n  FROM', `, (${also}) AS also\n  FROM`),
      [valuesOf(source)],
    );
    return { facts: factsOf({ ...source, ...row! }), also: row!.also };
  }

  /** What lies one table further than a ticket with these values, which need not be in the database. */
  async joinedTo(ctx: Ctx, source: FactSource): Promise<JoinedFacts> {
    const [joined] = await this.db.prepared<JoinedFacts>(ctx, OF_VALUES, [valuesOf(source)]);
    return joined!;
  }
}

/** A ticket's values as the database reads them; a type or priority that does not exist is empty there. */
function valuesOf(source: FactSource): string {
  const given = (name: string, type: string): unknown =>
    type === 'uuid' ? source[name as keyof FactSource] || null : source[name as keyof FactSource];
  return JSON.stringify(Object.fromEntries(COLUMNS.map(([name, type]) => [name, given(name, type)])));
}
