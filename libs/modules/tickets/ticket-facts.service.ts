import { type ConditionField, FieldCatalogue, type Facts } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { factFields, type FactOption, FACT_OPTIONS, formFields } from './ticket-fact-fields';
import { FACT_COLUMNS, factsOf, type FactSource, type JoinedFacts, joinedFactsSql } from './ticket-facts';

const COLUMNS = Object.entries(FACT_COLUMNS);
const OF_TICKETS = `SELECT ${COLUMNS.map(([name]) => `t."${name}"`).join(', ')}, ${joinedFactsSql('t')}
  FROM ticket t WHERE t.id = ANY($1::uuid[])`;
const OF_VALUES = `SELECT ${joinedFactsSql('t')}
  FROM jsonb_to_record($1::jsonb) AS t(${COLUMNS.map(([name, type]) => `"${name}" ${type}`).join(', ')})`;

/** What conditions are asked about: the facts of tickets, those in the database and those being filled in. */
@Injectable()
export class TicketFacts implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly catalogue: FieldCatalogue,
  ) {}

  onModuleInit(): void {
    this.catalogue.register('ticket', (ctx) => this.fields(ctx));
    this.catalogue.registerForm('ticket', async (ctx) => formFields(ctx, await this.fields(ctx)));
  }

  /** The built-in fields conditions may ask about. */
  async fields(ctx: Ctx): Promise<ConditionField[]> {
    return factFields(ctx, await this.db.prepared<FactOption>(ctx, FACT_OPTIONS, [ctx.locale]));
  }

  /** The facts of many tickets by their ids, in one query. */
  async of(ctx: Ctx, ticketIds: readonly string[]): Promise<Map<string, Facts>> {
    if (!ticketIds.length) return new Map();
    const rows = await this.db.prepared<FactSource & JoinedFacts & { id: string }>(ctx, OF_TICKETS, [ticketIds]);
    return new Map(rows.map((row) => [row.id, factsOf(row)]));
  }

  /** What lies one table further than a ticket with these values, which need not be in the database. */
  async joinedTo(ctx: Ctx, source: FactSource): Promise<JoinedFacts> {
    // A type or priority that does not exist is empty here.
    const given = (name: string, type: string): unknown =>
      type === 'uuid' ? source[name as keyof FactSource] || null : source[name as keyof FactSource];
    const values = Object.fromEntries(COLUMNS.map(([name, type]) => [name, given(name, type)]));
    const [joined] = await this.db.prepared<JoinedFacts>(ctx, OF_VALUES, [JSON.stringify(values)]);
    return joined!;
  }
}
