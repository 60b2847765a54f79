import { type Facts, matches } from '@opora/modules/fields';
import { problemWords, TicketActions } from '@opora/modules/macros';
import { TicketFacts, TicketNotes } from '@opora/modules/tickets';
import { type Ctx, SYSTEM } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { ProblemError } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { log } from '@opora/platform/log';
import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import type { AlarmKind, FiringReason, FiringTrace } from './rule.entity';
import { RuleAlarms } from './rule-alarms.service';
import { type ActiveRule, RuleBook } from './rule-book.service';
import { MAX_PER_HOUR, MAX_PER_TICKET, MAX_RULE_DEPTH } from './rule-limits';
import { nameOf } from './rule-names';
import { isMeant, type RuleEvent } from './rule-trigger';

/** What happened, as rules see it. `eventId` is the same however often it is told. */
export type Happening = {
  eventId: string;
  ticketId: string;
  event: RuleEvent;
  /** When. Rules that were not on then do not look. */
  at: Date;
  /** Values conditions may ask of the event, with their names. */
  facts: Record<string, unknown>;
  /** Of a change: what, and to which version it led. */
  fields?: readonly string[];
  version?: number;
};
type Occasion = Pick<Happening, 'eventId' | 'ticketId' | 'facts'> & { event: string };

const HOUR_MS = 3_600_000;
/** What the database itself will do better another time: collisions, lost connections. */
const PASSING = /^(40P01|40001|55P03|57P0\d|57014|53300|08\d{3})$/;

/** Asks the rules that wait for an event, in their order, and does what the matching ones say: all of a rule's actions or none. */
@Injectable()
export class RuleEngine {
  constructor(
    private readonly db: Db,
    private readonly book: RuleBook,
    private readonly ticketFacts: TicketFacts,
    private readonly actions: TicketActions,
    private readonly notes: TicketNotes,
    private readonly alarms: RuleAlarms,
  ) {}

  /** Something happened to a ticket. */
  async happened(ctx: Ctx, happening: Happening): Promise<void> {
    const { byEvent } = await this.book.now(ctx);
    const waiting = (byEvent.get(happening.event) ?? []).filter(
      ({ trigger, activeSince }) =>
        (!activeSince || activeSince <= happening.at) && (!happening.fields || isMeant(trigger, happening.fields)),
    );
    if (!waiting.length) return;
    const rules = await this.withoutOwn(ctx, waiting, happening);
    await this.db.tx(ctx, (ctx) => this.ask(ctx, rules, happening));
  }

  /** A rule of time looks at a ticket. */
  async due(ctx: Ctx, ruleId: string, occasion: Occasion): Promise<void> {
    const { byId } = await this.book.now(ctx);
    const rule = byId.get(ruleId);
    if (rule) await this.db.tx(ctx, (ctx) => this.ask(ctx, [rule], occasion));
  }

  /** A rule is not started by its own changes. */
  private async withoutOwn<Rule extends ActiveRule>(
    ctx: Ctx,
    rules: readonly Rule[],
    { ticketId, version }: Happening,
  ): Promise<readonly Rule[]> {
    if (!ctx.depth || version === undefined) return rules;
    const [row] = await this.db.query<{ ruleId: string | null }>(
      ctx,
      `SELECT cause->>'id' AS "ruleId" FROM ticket_change WHERE "ticketId" = $1 AND version = $2 AND cause->>'kind' = 'rule' LIMIT 1`,
      [ticketId, version],
    );
    return rules.filter(({ id }) => id !== row?.ruleId);
  }

  private async ask(ctx: TxCtx, rules: readonly ActiveRule[], occasion: Occasion): Promise<void> {
    const { ticketId } = occasion;
    const first = await this.factsOf(ctx, occasion);
    if (!first || !rules.some(({ when }) => matches(when, first))) return;
    // What the condition saw must still hold when the actions run.
    if (!(await this.hold(ctx, ticketId))) return;
    let facts = await this.factsOf(ctx, occasion);
    for (const rule of rules) {
      if (!facts || !matches(rule.when, facts)) continue;
      const isNew = await this.fire(ctx, rule, occasion, facts);
      if (rule.stopsOthers) return;
      if (isNew) facts = await this.factsOf(ctx, occasion);
    }
  }

  private async factsOf(ctx: Ctx, { ticketId, facts }: Occasion): Promise<Facts | undefined> {
    const known = (await this.ticketFacts.of(ctx, [ticketId])).get(ticketId);
    return known && { ...known, ...facts };
  }

  private async hold(ctx: TxCtx, ticketId: string): Promise<boolean> {
    const rows = await this.db.prepared(
      ctx,
      `SELECT 1 FROM ticket WHERE id = $1 AND "deletedAt" IS NULL AND "mergedIntoId" IS NULL FOR NO KEY UPDATE`,
      [ticketId],
    );
    return rows.length > 0;
  }

  /** False when this rule has met this event before. */
  private async fire(ctx: TxCtx, rule: ActiveRule, occasion: Occasion, facts: Facts): Promise<boolean> {
    const { ticketId, eventId, event } = occasion;
    const depth = ctx.depth ?? 0;
    const stop = await this.stoppedBy(ctx, rule, ticketId, depth);
    const trace: FiringTrace = {
      event,
      facts: Object.fromEntries(rule.asked.map((name) => [name, facts[name] ?? null])),
    };
    const reason = stop ? stopReason(stop) : null;
    const [row] = await this.db.prepared<{ id: string }>(
      ctx,
      `INSERT INTO rule_firing (id, "ruleId", "ruleVersion", "ticketId", "eventId", depth, at, outcome, reason, trace)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT ("ruleId", "eventId") DO NOTHING RETURNING id`,
      [
        newId(),
        rule.id,
        rule.version,
        ticketId,
        eventId,
        depth,
        ctx.now(),
        stop ? 'stopped' : 'fired',
        JSON.stringify(reason),
        JSON.stringify(trace),
      ],
    );
    if (!row) return false;
    if (stop) await this.alarms.raise(ctx, { rule, ticketId, eventId, ...stop });
    else await this.act(ctx, rule, row.id, ticketId);
    return true;
  }

  private async stoppedBy(ctx: Ctx, rule: ActiveRule, ticketId: string, depth: number): Promise<Stop | undefined> {
    if (depth >= MAX_RULE_DEPTH) return { kind: 'depth', limit: MAX_RULE_DEPTH };
    const [count] = await this.db.prepared<{ own: number; all: number }>(
      ctx,
      `SELECT count(*) FILTER (WHERE "ruleId" = $2)::int AS own, count(*)::int AS all FROM rule_firing
       WHERE "ticketId" = $1 AND at > $3 AND outcome <> 'stopped'`,
      [ticketId, rule.id, new Date(ctx.now().getTime() - HOUR_MS)],
    );
    if (count!.own >= MAX_PER_HOUR) return { kind: 'rate', limit: MAX_PER_HOUR };
    return count!.all >= MAX_PER_TICKET ? { kind: 'ticket_rate', limit: MAX_PER_TICKET } : undefined;
  }

  /** The rule's actions, all or none, as the installation's own deed one step deeper in the chain. */
  private async act(ctx: TxCtx, rule: ActiveRule, firingId: string, ticketId: string): Promise<void> {
    const cause = { kind: 'rule', id: rule.id, name: nameOf(rule) } as const;
    const inner: Ctx = { ...ctx, actor: SYSTEM, cause, depth: (ctx.depth ?? 0) + 1 };
    try {
      const versions = await this.atomic(inner, async (ctx) => {
        const before = await this.versionOf(ctx, ticketId);
        await this.actions.run(ctx, ticketId, rule.actions);
        const done = await this.versionOf(ctx, ticketId);
        // What is not a change of the ticket (a message, a request to a neighbour) leaves a line, too.
        if (done === before) await this.notes.add(ctx, ticketId, [{ field: 'rule', before: null, after: cause.name }]);
        return [before, await this.versionOf(ctx, ticketId)];
      });
      await this.db.query(
        ctx,
        `UPDATE rule_firing SET trace = trace || jsonb_build_object('versions', $2::jsonb) WHERE id = $1`,
        [firingId, JSON.stringify(versions)],
      );
    } catch (error) {
      await this.db.query(ctx, `UPDATE rule_firing SET outcome = 'failed', reason = $2 WHERE id = $1`, [
        firingId,
        JSON.stringify(failureOf(inner, error)),
      ]);
    }
  }

  /** A part of the transaction that can be taken back by itself; what passes by itself is left to the outbox. */
  private async atomic<Result>(ctx: Ctx, work: (ctx: TxCtx) => Promise<Result>): Promise<Result> {
    const { manager, afterCommit } = ctx.tx!;
    const own: (() => void)[] = [];
    await this.db.query(ctx, 'SAVEPOINT rule_firing');
    try {
      const result = await work({ ...ctx, tx: { manager, afterCommit: own } });
      await this.db.query(ctx, 'RELEASE SAVEPOINT rule_firing');
      afterCommit.push(...own);
      return result;
    } catch (error) {
      if (isPassing(error)) throw error;
      await this.db.query(ctx, 'ROLLBACK TO SAVEPOINT rule_firing');
      throw error;
    }
  }

  private async versionOf(ctx: Ctx, ticketId: string): Promise<number> {
    const [row] = await this.db.prepared<{ version: number }>(ctx, 'SELECT version FROM ticket WHERE id = $1', [
      ticketId,
    ]);
    return row!.version;
  }
}

type Stop = { kind: AlarmKind; limit: number };

const inBoth = (words: (locale: 'ru' | 'en') => string) => ({ ru: words('ru'), en: words('en') });
const stopReason = ({ kind, limit }: Stop): FiringReason => ({
  code: `rules.stopped.${kind}`,
  action: null,
  ...inBoth((locale) => t({ locale }, `rules.stopped.${kind}`, { limit })),
});

const isPassing = (error: unknown): boolean => {
  if (!(error instanceof QueryFailedError)) return false;
  return PASSING.test((error.driverError as { code?: string }).code ?? '08000');
};

function failureOf(ctx: Ctx, error: unknown): FiringReason {
  if (isPassing(error)) throw error;
  if (!(error instanceof ProblemError)) {
    log.error({ cause: ctx.cause, err: error instanceof Error ? error.stack : String(error) }, 'a rule failed');
    return { code: 'request.internal', action: null, ...inBoth((locale) => t({ locale }, 'rules.failedInside')) };
  }
  const [first] = problemWords(ctx, error);
  const words = inBoth((locale) =>
    problemWords({ ...ctx, locale }, error)
      .map(({ message }) => message)
      .join('; '),
  );
  return { code: first?.code ?? error.code, action: first?.action ?? null, ...words };
}
