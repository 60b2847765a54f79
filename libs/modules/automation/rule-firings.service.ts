import { ActionLineView } from '@opora/modules/macros';
import { TicketReversal, Tickets, visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { Every } from '@opora/platform/events';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Injectable } from '@nestjs/common';
import { ConditionWords } from './condition-words.service';
import type { FiringOutcome, RuleDefinition, RuleFiring } from './rule.entity';
import type { ListRuleFirings } from './rule-firings.dto';
import { RuleTriggers } from './rule-triggers.service';
import type { RuleConditionLineView } from './rule-views.dto';
import { RuleError } from './rules.errors';

export type FiringRow = RuleFiring & {
  rule: { id: string; number: number; name: string };
  ticket: { id: string; number: number; subject: string };
};
export type FiringStory = FiringRow & { condition: RuleConditionLineView[]; changes: ActionLineView[] };

/** How long it is told what rules did. */
const KEPT_DAYS = 400;
const SELECT = `SELECT f.*, jsonb_build_object('id', r.id, 'number', r.number, 'name', r.name) AS rule,
    jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject) AS ticket
  FROM rule_firing f JOIN rule r ON r.id = f."ruleId" JOIN ticket t ON t.id = f."ticketId"`;

/** What rules did, and why. */
@Injectable()
export class RuleFirings {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly reversal: TicketReversal,
    private readonly triggers: RuleTriggers,
    private readonly words: ConditionWords,
  ) {}

  ofRule(ctx: Ctx, ruleId: string, query: ListRuleFirings): Promise<Page<FiringRow>> {
    return this.list(ctx, 'ruleId', ruleId, query);
  }

  async ofTicket(ctx: Ctx, key: string, query: ListRuleFirings): Promise<Page<FiringRow>> {
    return this.list(ctx, 'ticketId', await this.tickets.idOf(ctx, key), query);
  }

  /** The firing with its condition explained by the values of its time, and what it changed. */
  async get(ctx: Ctx, id: string): Promise<FiringStory> {
    const params = new SqlParams();
    const [row] = await this.db.query<FiringRow & { definition: RuleDefinition }>(
      ctx,
      `${SELECT.replace('SELECT f.*', 'SELECT f.*, v.definition')} JOIN rule_version v ON v."ruleId" = f."ruleId" AND v.version = f."ruleVersion"
       WHERE f.id = ${params.add(id)}::uuid AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    const { definition, ...firing } = row ?? raise(RuleError.firingNotFound());
    const fields = await this.triggers.fieldsFor(ctx, definition.trigger);
    const condition = await this.words.explain(ctx, definition.when, firing.trace.facts, { fields });
    return { ...firing, condition, changes: await this.changes(ctx, firing) };
  }

  @Every(3600)
  async forgetOld(ctx: Ctx): Promise<void> {
    await this.db.query(
      ctx,
      `DELETE FROM rule_firing WHERE id IN (SELECT id FROM rule_firing WHERE at < $1 ORDER BY id LIMIT 10000)`,
      [new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000)],
    );
  }

  private async changes(ctx: Ctx, { ticketId, trace: { versions } }: FiringRow): Promise<ActionLineView[]> {
    if (!versions) return [];
    const lines = await this.reversal.lines(ctx, ticketId, versions[0], versions[1]);
    return lines
      .filter(({ field }) => field !== 'rule')
      .map(({ label, beforeText, afterText }) => ({ label, before: beforeText, after: afterText }));
  }

  private async list(
    ctx: Ctx,
    column: 'ruleId' | 'ticketId',
    of: string,
    { outcome, cursor, limit }: ListRuleFirings,
  ): Promise<Page<FiringRow>> {
    const after = decodeCursor(cursor, ['uuid']);
    const params = new SqlParams();
    const wanted: FiringOutcome | null = outcome ?? null;
    const rows = await this.db.query<FiringRow>(
      ctx,
      `${SELECT} WHERE f."${column}" = ${params.add(of)}::uuid AND (${params.add(wanted)}::text IS NULL OR f.outcome = $2)
         AND (${params.add(after?.[0] ?? null)}::uuid IS NULL OR f.id < $3) AND ${visibleTo(ctx.actor, params)}
       ORDER BY f.id DESC LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, limit, ({ id }) => keyset(id));
  }
}
