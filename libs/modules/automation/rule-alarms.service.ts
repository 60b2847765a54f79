import { TicketActions } from '@opora/modules/macros';
import { Roles } from '@opora/modules/people';
import { type Ctx, SYSTEM } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import type { AlarmKind, RuleAlarm } from './rule.entity';
import type { ActiveRule } from './rule-book.service';
import type { ListRuleAlarms } from './rule-alarms.dto';
import { nameOf } from './rule-names';
import { AutomationPermission } from './automation.access';
import { RuleError } from './rules.errors';

type Stopped = { rule: ActiveRule; ticketId: string; eventId: string; kind: AlarmKind; limit: number };
export type AlarmRow = RuleAlarm & {
  rule: { id: string; number: number; name: string };
  ticket: { id: string; number: number; subject: string };
  callers: { id: string; number: number; name: string }[];
  resolvedBy: { id: string; name: string } | null;
};

/** How much of the chain is shown. */
const CHAIN = 10;
const LOOKED_AT = 200;
const MOST_TOLD = 50;
const SELECT = `SELECT a.*, jsonb_build_object('id', r.id, 'number', r.number, 'name', r.name) AS rule,
    jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject) AS ticket,
    COALESCE((SELECT jsonb_agg(jsonb_build_object('id', x.id, 'number', x.number, 'name', x.name) ORDER BY c.n DESC)
              FROM jsonb_array_elements(a.chain) WITH ORDINALITY c(link, n) JOIN rule x ON x.id = (c.link->>'ruleId')::uuid), '[]') AS callers,
    CASE WHEN e.id IS NOT NULL THEN jsonb_build_object('id', e.id, 'name', e.name) END AS "resolvedBy"
  FROM rule_alarm a JOIN rule r ON r.id = a."ruleId" JOIN ticket t ON t.id = a."ticketId" LEFT JOIN employee e ON e.id = a."resolvedById"`;

/** Rules that were stopped: who is told, until a person settles it. */
@Injectable()
export class RuleAlarms {
  constructor(
    private readonly db: Db,
    private readonly roles: Roles,
    private readonly actions: TicketActions,
    private readonly live: Live,
  ) {}

  /** Notes that a rule was stopped; the first time, those who look after rules are told. */
  async raise(ctx: TxCtx, { rule, ticketId, kind, limit }: Stopped): Promise<void> {
    const chain = await this.chainOf(ctx, ticketId, kind);
    const [row] = await this.db.query<{ count: number }>(
      ctx,
      `INSERT INTO rule_alarm (id, "ruleId", "ticketId", kind, "limit", chain, "raisedAt", "lastAt") VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
       ON CONFLICT ("ruleId", "ticketId", kind) WHERE "resolvedAt" IS NULL DO UPDATE SET count = rule_alarm.count + 1, "lastAt" = $7 RETURNING count`,
      [newId(), rule.id, ticketId, kind, limit, JSON.stringify(chain), ctx.now()],
    );
    if (row?.count === 1) await this.tell(ctx, rule, ticketId, t(ctx, `rules.stopped.${kind}`, { limit }));
    this.live.touch(ctx, ['rule-alarms'], 'staff');
  }

  /** A rule that is gone raises no questions any more. */
  async settle(ctx: Ctx, ruleId: string): Promise<void> {
    const by = ctx.actor.kind === 'employee' ? ctx.actor.id : null;
    await this.db.query(
      ctx,
      `UPDATE rule_alarm SET "resolvedAt" = $2, "resolvedById" = $3 WHERE "ruleId" = $1 AND "resolvedAt" IS NULL`,
      [ruleId, ctx.now(), by],
    );
    this.live.touch(ctx, ['rule-alarms'], 'staff');
  }

  /** The open ones, or all; the newest first. */
  async list(ctx: Ctx, { state = 'open', cursor, limit }: ListRuleAlarms): Promise<Page<AlarmRow>> {
    const after = decodeCursor(cursor, ['uuid']);
    const rows = await this.db.query<AlarmRow>(
      ctx,
      `${SELECT} WHERE ($1 = 'all' OR a."resolvedAt" IS NULL) AND ($2::uuid IS NULL OR a.id < $2) ORDER BY a.id DESC LIMIT $3`,
      [state, after?.[0] ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, ({ id }) => keyset(id));
  }

  async resolve(ctx: Ctx, id: string): Promise<AlarmRow> {
    const by = ctx.actor.kind === 'employee' ? ctx.actor.id : null;
    await this.db.query(
      ctx,
      `UPDATE rule_alarm SET "resolvedAt" = COALESCE("resolvedAt", $2), "resolvedById" = COALESCE("resolvedById", $3) WHERE id = $1`,
      [id, ctx.now(), by],
    );
    this.live.touch(ctx, ['rule-alarms', 'rules'], 'staff');
    const [row] = await this.db.query<AlarmRow>(ctx, `${SELECT} WHERE a.id = $1`, [id]);
    return row ?? raise(RuleError.alarmNotFound());
  }

  /** Who called whom, the last first: of a chain one rule for each of its links, else what fired lately. */
  private chainOf(ctx: Ctx, ticketId: string, kind: AlarmKind): Promise<RuleAlarm['chain']> {
    const links = `SELECT "ruleId", at, depth, id FROM rule_firing WHERE "ticketId" = $1 AND outcome <> 'stopped' ORDER BY id DESC LIMIT ${LOOKED_AT}`;
    const own = `SELECT DISTINCT ON (depth) "ruleId", at, depth FROM (${links}) f WHERE depth < $2 ORDER BY depth DESC, id DESC`;
    return kind === 'depth'
      ? this.db.query(ctx, own, [ticketId, ctx.depth ?? 0])
      : this.db.query(ctx, `SELECT "ruleId", at, depth FROM (${links}) f ORDER BY id DESC LIMIT ${CHAIN}`, [ticketId]);
  }

  /** A word to those who look after rules, also to him whose change began it. */
  private async tell(ctx: TxCtx, rule: ActiveRule, ticketId: string, why: string): Promise<void> {
    const employeeIds = (await this.roles.employeeIdsHolding(ctx, AutomationPermission.manage)).slice(0, MOST_TOLD);
    if (!employeeIds.length) return;
    const cause = { kind: 'rule', id: rule.id, name: nameOf(rule) } as const;
    const told = { to: 'employees', employeeIds, text: `${nameOf(rule)}. ${why}`.slice(0, 500) };
    await this.actions.find('notify')?.run({ ...ctx, actor: SYSTEM, cause, initiatorId: undefined }, ticketId, told);
  }
}
