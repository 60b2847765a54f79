import { type Facts } from '@opora/modules/fields';
import { TicketFacts } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { Outbox } from '@opora/platform/events';
import { Live } from '@opora/platform/live';
import type { SlaFactKind } from './sla-clock.entity';
import { Injectable } from '@nestjs/common';
import { type Computed, computedOf, clockRows, summaryRow } from './sla-rows';
import { type ActivePolicy, isAlways, type Setup, SlaSetup } from './sla-setup.service';
import type { Story } from './sla-story';
import {
  CAUSES,
  causeSince,
  decisionsOf,
  loadQuery,
  LOCK,
  reopenedAt,
  type SlaTicketRow,
  storyOf,
  WRITE,
} from './sla-tickets.query';
import {
  type Binding,
  type BindingMode,
  type CalendarKey,
  type Decisions,
  type MetricPromise,
  type Promises,
  type Rules,
  runsOf,
} from './sla-timeline';

/** A ticket with everything its clocks come to. */
export type Timed = {
  row: SlaTicketRow;
  story: Story;
  decisions: Decisions;
  computed: Computed[];
  policy?: Promises;
};

export type Recompute = {
  /** Whether another policy may fit now; without it only the story is read anew. */
  rebinds?: boolean;
  /** What lies in the past is noted as told without telling anybody: tickets that existed before their policy. */
  isQuiet?: boolean;
  /** Binds to what fits now, whatever the policies say about changes: a count anew on purpose. */
  mode?: BindingMode;
  /** Only tickets this policy fits or that have it. */
  policyId?: string;
  /** Hours have changed at this moment: running clocks take the newest ones as their policy says. */
  newHoursAt?: Date;
  /** The status has changed: a ticket that is reopened meets the hours of today, which it was not told of while it was over. */
  hasMoved?: boolean;
};
/** How many tickets have clocks, and of how many an end has moved. */
export type Recomputed = { timed: number; moved: number };
type Decided = { kind: SlaFactKind; at: number; data: object };

/** Computes tickets' clocks from their facts and writes what they come to. */
@Injectable()
export class SlaClocks {
  constructor(
    private readonly db: Db,
    private readonly setup: SlaSetup,
    private readonly facts: TicketFacts,
    private readonly live: Live,
    private readonly outbox: Outbox,
  ) {}

  /** Computes the clocks of tickets anew and writes them; safe to repeat. */
  recompute(ctx: Ctx, ticketIds: readonly string[], how: Recompute = {}): Promise<Recomputed> {
    return this.db.tx(ctx, async (ctx) => {
      const ids = [...ticketIds].sort();
      const [lock] = await this.db.prepared<{ stamp: string }>(ctx, LOCK, [ids]);
      const setup = await this.setup.now(ctx, lock!.stamp);
      const rows = await this.db.prepared<SlaTicketRow>(ctx, ...loadQuery(ids));
      const facts = how.rebinds ? await this.factsOf(ctx, setup, ids) : undefined;
      const decided: object[] = [];
      for (const row of rows) {
        const hoursAt = how.newHoursAt?.getTime() ?? (how.hasMoved ? reopenedAt(row) : undefined);
        const fact =
          (facts && (await this.decide(ctx, setup, row, facts.get(row.id), how))) ??
          (hoursAt === undefined ? undefined : await this.newHours(ctx, setup, row, hoursAt));
        if (fact) decided.push(remembered(ctx, row, fact));
      }
      const bound = rows.filter(({ facts }) => facts.some(({ kind }) => kind === 'policy'));
      if (!bound.length) return { timed: 0, moved: 0 };
      const timed = await this.time(ctx, bound, ctx.now().getTime());
      await this.write(ctx, timed, decided, how.isQuiet ?? false);
      return {
        timed: timed.filter(({ computed }) => computed.length).length,
        moved: timed.filter(hasMoved).length,
      };
    });
  }

  /** The same without writing: for a card, an explanation, a forecast. */
  async read(ctx: Ctx, ticketId: string): Promise<Timed | undefined> {
    const [row] = await this.db.prepared<SlaTicketRow>(ctx, ...loadQuery([ticketId]));
    if (!row) return undefined;
    if (await this.isBehind(ctx, row)) await this.foresee(ctx, row);
    return (await this.time(ctx, [row], ctx.now().getTime()))[0];
  }

  /** Whether something has changed that no event has told yet: of the last minute it is supposed, of older times asked. */
  private async isBehind(ctx: Ctx, row: SlaTicketRow): Promise<boolean> {
    const changedAt = lastCauseOf(row);
    if (changedAt <= (row.computedAt ?? 0)) return false;
    const isRecent = changedAt > ctx.now().getTime() - HEARD_WITHIN;
    return isRecent || this.outbox.isWaiting(ctx, 'SlaListener', { ticketId: row.id });
  }

  /** Which policy counts after what has just happened: its event is on its way and will note the same. */
  private async foresee(ctx: Ctx, row: SlaTicketRow): Promise<void> {
    const setup = await this.setup.now(ctx);
    const facts = await this.factsOf(ctx, setup, [row.id]);
    const fact = await this.decide(ctx, setup, row, facts.get(row.id), {});
    if (fact) remembered(ctx, row, fact);
  }

  /** Rows of tickets as clocks read them. */
  rows(ctx: Ctx, ids: readonly string[]): Promise<SlaTicketRow[]> {
    return this.db.prepared<SlaTicketRow>(ctx, ...loadQuery(ids));
  }

  /** The clocks of rows at a moment. */
  async time(ctx: Ctx, rows: readonly SlaTicketRow[], now: number): Promise<Timed[]> {
    const rules = await this.rulesOf(ctx, rows);
    return rows.map((row) => {
      const [story, decisions] = [storyOf(row), decisionsOf(row)];
      const computed = computedOf(row, runsOf(story, decisions, rules), now);
      const last = decisions.bindings.findLast(({ mode }) => mode !== 'keep');
      const policy = last?.policyId ? this.setup.snapshot(last.policyId, last.version) : undefined;
      return { row, story, decisions, computed, policy };
    });
  }

  async rulesOf(ctx: Ctx, rows: readonly Pick<SlaTicketRow, 'facts'>[]): Promise<Rules> {
    const policies: { id: string; version: number }[] = [];
    const calendars: CalendarKey[] = [];
    for (const row of rows) {
      const { bindings, calendarChanges } = decisionsOf(row);
      for (const { policyId, version } of bindings) if (policyId) policies.push({ id: policyId, version });
      for (const { versions, object } of [...bindings, ...calendarChanges]) {
        calendars.push(...Object.entries(versions).map(([id, version]) => ({ id, version })));
        if (object) calendars.push(object);
      }
    }
    return this.setup.rules(ctx, policies, calendars);
  }

  /** What conditions ask about; nothing is asked of the database when every condition is always true. */
  private async factsOf(ctx: Ctx, { policies }: Setup, ids: readonly string[]): Promise<Map<string, Facts>> {
    if (policies.every(({ when }) => isAlways(when))) return new Map(ids.map((id) => [id, {}]));
    return this.facts.of(ctx, ids);
  }

  /** Whether another policy counts from now on, and how. */
  private async decide(
    ctx: Ctx,
    setup: Setup,
    row: SlaTicketRow,
    facts: Facts | undefined,
    how: Recompute,
  ): Promise<Decided | undefined> {
    const policy = facts && this.setup.match(setup, facts);
    const { bindings } = decisionsOf(row);
    const last = bindings[bindings.length - 1];
    if (!last && !policy) return undefined;
    if (how.policyId && policy?.id !== how.policyId && last?.policyId !== how.policyId) return undefined;
    const object = this.objectOf(setup, row);
    if (how.mode && last) return this.bind(policy, setup, { at: ctx.now().getTime(), mode: how.mode, object });
    if (!last) return this.bind(policy, setup, { at: row.createdAt, mode: 'start', object });
    if ((policy?.id ?? null) === last.policyId) return undefined;
    const change = causeSince(row, last.at);
    // A policy that was kept goes on to say what becomes of its clocks.
    const governing = bindings.findLast(({ mode }) => mode !== 'keep') ?? last;
    const old = governing.policyId ? await this.bound(ctx, governing) : undefined;
    const mode = old?.onChange[change?.cause ?? 'policy'] ?? 'recount';
    return this.bind(policy, setup, { at: change?.at ?? ctx.now().getTime(), mode, object });
  }

  /** The newest hours of the policy and of the object, where they are not those that count already. */
  private async newHours(ctx: Ctx, setup: Setup, row: SlaTicketRow, at: number): Promise<Decided | undefined> {
    const { bindings, calendarChanges } = decisionsOf(row);
    const last = bindings.findLast(({ mode }) => mode !== 'keep');
    if (!last?.policyId) return undefined;
    const policy = await this.bound(ctx, last);
    if (!policy) return undefined;
    const { versions, object } = calendarChanges.findLast((change) => change.at > last.at) ?? last;
    const now = this.setup.calendarsOf(setup, policy, this.objectOf(setup, row));
    const isSame = JSON.stringify([sorted(versions), object]) === JSON.stringify([sorted(now.versions), now.object]);
    return isSame ? undefined : { kind: 'calendar', at, data: { ...now, mode: policy.onChange.calendar } };
  }

  private async bound(ctx: Ctx, { policyId, version }: Binding) {
    await this.setup.rules(ctx, [{ id: policyId!, version }], []);
    return this.setup.snapshot(policyId!, version);
  }

  private objectOf({ versions }: Setup, { objectCalendarId: id }: SlaTicketRow): CalendarKey | null {
    return id === null ? null : { id, version: versions[id] ?? 1 };
  }

  private bind(
    policy: ActivePolicy | undefined,
    setup: Setup,
    { at, mode, object }: { at: number; mode: BindingMode; object: CalendarKey | null },
  ): Decided {
    const calendars = policy
      ? this.setup.calendarsOf(setup, { ...policy, metrics: policy.metrics as MetricPromise[] }, object)
      : { versions: {}, object: null };
    const data = { policyId: policy?.id ?? null, version: policy?.version ?? 0, mode, ...calendars };
    return { kind: 'policy', at, data };
  }

  /** Writes what the clocks came to, and lets screens that show the tickets read them anew. */
  private async write(ctx: TxCtx, timed: readonly Timed[], facts: readonly object[], isQuiet: boolean): Promise<void> {
    const now = ctx.now();
    const told = isQuiet ? timed.flatMap((one) => hush(one, now.getTime())) : [];
    const clocks = timed.flatMap(({ row, story, computed }) => clockRows(row, story, computed));
    const gone = timed.flatMap(({ row, computed }) =>
      row.clocks.filter(({ id }) => !computed.some((clock) => clock.id === id)).map(({ id }) => id),
    );
    const rows = timed.map(({ row, computed, policy }) => summaryRow(row, computed, policy));
    await this.db.prepared(ctx, WRITE, [
      JSON.stringify(facts),
      gone,
      JSON.stringify(clocks),
      JSON.stringify(rows),
      now,
      JSON.stringify(told),
    ]);
    const topics = timed.length > 20 ? [] : timed.map(({ row }) => `ticket:${row.id}`);
    this.live.touch(ctx, ['tickets', ...topics], 'staff');
  }
}

const HEARD_WITHIN = 60_000;
/** When something last happened that another policy may follow from. */
function lastCauseOf({ createdAt, lines, facts }: SlaTicketRow): number {
  const isBound = facts.some(({ kind }) => kind === 'policy');
  const last = lines.findLast(([field]) => field in CAUSES || field.startsWith('customFields.'))?.[1];
  return Math.max(isBound ? 0 : createdAt, last ?? 0);
}

/** The decision counts at once, and becomes a row. */
function remembered(ctx: Ctx, row: SlaTicketRow, { kind, at, data }: Decided): object {
  row.facts.push({ kind, at, data: data as Record<string, unknown> });
  row.facts.sort((a, b) => a.at - b.at);
  return factRow(ctx, row.id, kind, at, data);
}

const sorted = (versions: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1));

const hasMoved = ({ row, computed }: Timed): boolean =>
  computed.some(({ id, clock }) => {
    const before = row.clocks.find((known) => known.id === id);
    return (before?.dueAt ?? null) !== clock.dueAt;
  }) || row.clocks.some(({ id }) => !computed.some((one) => one.id === id));

/** A row of `sla_fact`. */
export const factRow = (ctx: Ctx, ticketId: string, kind: string, at: number, data: object): object => ({
  id: newId(),
  ticketId,
  at: new Date(at).toISOString(),
  kind,
  data,
  actorId: ctx.actor.kind === 'employee' ? ctx.actor.id : null,
});

/** Takes what lies in the past off the list of what is to be told; answers the rows that say so. */
function hush({ row, computed }: Timed, now: number): object[] {
  return computed.flatMap((clock) => {
    const past = clock.moments.filter(({ at }) => at <= now);
    clock.moments = clock.moments.filter(({ at }) => at > now);
    return past.map(({ name, at }) => ({
      id: newId(),
      ticketId: row.id,
      clockId: clock.id,
      metric: clock.metric,
      cycle: clock.cycle,
      threshold: name,
      at: new Date(at).toISOString(),
    }));
  });
}
