import { TicketNotes, TicketPermission, Tickets } from '@opora/modules/tickets';
import type { Ctx, Locale } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { explain, type ExplanationView } from './sla-explanation';
import { endOf, type Owner, ownerOf, sharesOf, totalOf, withWaits } from './sla-ownership';
import { SlaFact } from './sla-clock.entity';
import { factRow, SlaClocks, type Timed } from './sla-clocks.service';
import { SlaMatching } from './sla-matching.service';
import { clockView, type Computed } from './sla-rows';
import { SlaRuntimeError } from './sla-runtime.errors';
import { chaptersOf } from './sla-story';
import type {
  AskExplanation,
  ClockExcuseView,
  ManualDeadlineView,
  OwnerTimeView,
  SetDeadline,
  StatusTimeView,
  TicketClockView,
  TicketSlaView,
} from './ticket-sla.dto';
import { TicketWaits } from './ticket-waits.service';
import type { WorkCalendar } from './work-time';

type Excuse = ClockExcuseView & { metric: string; cycle: number };
type Told = { clockId: string; threshold: string; at: Date; firedAt: Date };
type Extra = { excuses: Excuse[]; told: Told[]; manual: Omit<ManualDeadlineView, 'dueAt'> | null };
type Named = { id: string; name: string | Record<Locale, string>; color: string | null; category: never };

const NAMES = `SELECT id, to_jsonb(name) AS name, NULL AS color, NULL AS category FROM employee WHERE id = ANY($1::uuid[])
  UNION ALL SELECT id, to_jsonb(name), NULL, NULL FROM contact WHERE id = ANY($1::uuid[])
  UNION ALL SELECT id, to_jsonb(name), NULL, NULL FROM team WHERE id = ANY($1::uuid[])
  UNION ALL SELECT id, name, color, category FROM ticket_status WHERE id = ANY($1::uuid[])`;

/** What one ticket was promised, how its clocks stand, whose its time was. */
@Injectable()
export class TicketSlas {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly notes: TicketNotes,
    private readonly clocks: SlaClocks,
    private readonly matching: SlaMatching,
    private readonly waits: TicketWaits,
  ) {}

  async get(ctx: Ctx, key: string): Promise<TicketSlaView> {
    return this.view(ctx, await this.tickets.idOf(ctx, key));
  }

  /** The way of a clock from its start to its end. */
  async explain(ctx: Ctx, key: string, { metric, cycle }: AskExplanation): Promise<ExplanationView> {
    const ticketId = await this.tickets.idOf(ctx, key);
    const timed = await this.clocks.read(ctx, ticketId);
    const found = timed?.computed.findLast((one) => one.metric === metric && (!cycle || one.cycle === cycle));
    if (!timed || !found) throw SlaRuntimeError.clockNotFound();
    const reasons = found.run.pauses.flatMap(({ reason }) => (reason.startsWith('status:') ? [reason.slice(7)] : []));
    const names = await this.names(ctx, reasons);
    return explain(ctx, found, (reason) =>
      reason.startsWith('status:') ? nameOf(ctx, names, reason.slice(7)) : t(ctx, `sla.pause.${reason}`),
    );
  }

  /** T-27: a date promised by hand; the computed one stays beside it, and reports count that one. */
  async setDeadline(ctx: Ctx, key: string, { dueAt, reason }: SetDeadline): Promise<TicketSlaView> {
    const moment = new Date(dueAt);
    if (moment <= ctx.now()) throw fieldProblem('/dueAt', 'sla.deadlinePast');
    const id = await this.notes.setDeadline(ctx, key, moment, reason);
    return this.view(ctx, id);
  }

  async dropDeadline(ctx: Ctx, key: string): Promise<TicketSlaView> {
    return this.view(ctx, await this.notes.setDeadline(ctx, key, null));
  }

  /** The engineer has come: stops the clock of the arrival. Said twice, the first time counts. */
  arrive(ctx: Ctx, key: string, at?: string): Promise<TicketSlaView> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, key, TicketPermission.update);
      const moment = at ? new Date(at) : ctx.now();
      if (moment > ctx.now() || moment < ticket.createdAt) throw fieldProblem('/at', 'sla.arrivalWrong');
      const known = await this.db.query<{ at: Date }>(
        ctx,
        `SELECT at FROM sla_fact WHERE "ticketId" = $1 AND kind = 'arrived'`,
        [ticket.id],
      );
      if (!known.length) {
        await this.db
          .repo(ctx, SlaFact)
          .insert({ ...factRow(ctx, ticket.id, 'arrived', moment.getTime(), {}), createdAt: ctx.now() });
        await this.notes.add(ctx, ticket.id, [{ field: 'arrivedAt', before: null, after: moment.toISOString() }]);
        await this.clocks.recompute(ctx, [ticket.id]);
      }
      return this.view(ctx, ticket.id);
    });
  }

  private async view(ctx: Ctx, ticketId: string): Promise<TicketSlaView> {
    const timed = (await this.clocks.read(ctx, ticketId)) ?? raise(SlaRuntimeError.clockNotFound());
    const extra = await this.extra(ctx, ticketId);
    const { row, policy, computed } = timed;
    const { owners, statuses, totalSeconds } = await this.shares(ctx, timed);
    const policyOf = policy ? { id: policy.id, name: policy.name } : null;
    return {
      policy: policyOf,
      candidates: await this.matching.candidates(ctx, ticketId),
      clocks: computed.map((one) => clockDetail(ctx, one, timed, extra)),
      owners,
      totalSeconds,
      statuses,
      manual:
        row.deadlineAt === null ? null : { ...(extra.manual ?? NOBODY), dueAt: new Date(row.deadlineAt).toISOString() },
    };
  }

  /** Whose the time was and in which status it passed; working time by the hours of the resolution, or of any clock. */
  private async shares(ctx: Ctx, { row, story, computed }: Timed) {
    const lived = chaptersOf(story);
    const end = endOf(lived, ctx.now().getTime());
    const chapters = withWaits(lived, await this.waits.of(ctx, row.id));
    const hours: WorkCalendar | null =
      (computed.find(({ metric }) => metric === 'resolution') ?? computed[0])?.run.calendar ?? null;
    const byOwner = sharesOf(chapters, end, (state) => JSON.stringify(ownerOf(state)), hours);
    const byStatus = sharesOf(chapters, end, ({ statusId }) => statusId, hours);
    const whole = [...byOwner].map(([key, share]) => ({ ...(JSON.parse(key) as Owner), ...share }));
    const names = await this.names(ctx, [...whole.flatMap(({ id }) => id ?? []), ...byStatus.keys()]);
    const owners: OwnerTimeView[] = whole.map(({ owner, id, ...share }) => ({
      owner,
      id,
      name: id === null ? null : nameOf(ctx, names, id),
      ...share,
    }));
    const statuses: StatusTimeView[] = [...byStatus].map(([id, share]) => ({
      status: {
        id,
        name: nameOf(ctx, names, id),
        color: names.get(id)?.color ?? 'gray',
        category: names.get(id)!.category,
      },
      ...share,
    }));
    return { owners, statuses, totalSeconds: totalOf(chapters, end) };
  }

  private async names(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Named>> {
    if (!ids.length) return new Map();
    const rows = await this.db.prepared<Named>(ctx, NAMES, [[...new Set(ids)]]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async extra(ctx: Ctx, ticketId: string): Promise<Extra> {
    const [row] = await this.db.prepared<Extra>(
      ctx,
      `SELECT COALESCE((SELECT jsonb_agg(jsonb_build_object('id', e.id, 'state', e.state, 'metric', e.metric, 'cycle', e.cycle) ORDER BY e.id) FROM sla_excuse e WHERE e."ticketId" = $1), '[]') AS excuses,
         COALESCE((SELECT jsonb_agg(jsonb_build_object('clockId', m."clockId", 'threshold', m.threshold, 'at', m.at, 'firedAt', m."firedAt") ORDER BY m.at) FROM sla_moment m WHERE m."ticketId" = $1), '[]') AS told,
         (SELECT jsonb_build_object('reason', c.cause->>'reason', 'at', to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', jsonb_build_object('id', c."actorId", 'name', c."actorName"))
          FROM ticket_change c WHERE c."ticketId" = $1 AND c.field = 'deadlineAt' ORDER BY c.at DESC, c.version DESC LIMIT 1) AS manual`,
      [ticketId],
    );
    return row!;
  }
}

const NOBODY = { reason: null, by: null, at: null };

function nameOf({ locale }: Ctx, names: ReadonlyMap<string, Named>, id: string): string {
  const name = names.get(id)?.name;
  return typeof name === 'object' ? name[locale] : (name ?? '');
}

function clockDetail(
  { locale }: Ctx,
  one: Computed,
  { row, policy }: Timed,
  { excuses, told }: Extra,
): TicketClockView {
  const { clock, moments } = one;
  const past = told
    .filter(({ clockId }) => clockId === one.id)
    .map(({ threshold, at, firedAt }) => ({
      threshold,
      at: new Date(at).toISOString(),
      toldAt: new Date(firedAt).toISOString(),
    }));
  const ahead = moments.map(({ name, at }) => ({ threshold: name, at: new Date(at).toISOString(), toldAt: null }));
  const excuse = excuses.findLast(({ metric, cycle }) => metric === one.metric && cycle === one.cycle);
  return {
    ...clockView(one, row, locale),
    id: one.id,
    cycle: one.cycle,
    startAt: new Date(clock.startAt).toISOString(),
    breachedAt: clock.breachedAt === null ? null : new Date(clock.breachedAt).toISOString(),
    targetSeconds: clock.seconds,
    elapsedSeconds: Math.floor(clock.elapsedSeconds),
    calendarSeconds: Math.floor(clock.calendarSeconds),
    pausedSeconds: Math.floor(clock.pausedSeconds),
    policy: { id: one.policyId, name: policy?.id === one.policyId ? policy.name : one.policyName },
    moments: [...past, ...ahead],
    excuse: excuse ? { id: excuse.id, state: excuse.state } : null,
  };
}
