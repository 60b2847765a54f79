import { Injectable } from '@nestjs/common';
import { TicketNotes, Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise, RequestError } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, type PageQuery, pageOfRows } from '@opora/platform/http';
import { BillingPermission } from './billing.access';
import { BillingError } from './billing.errors';
import { clockSpent, isSpent, MOST_SECONDS, parseSpent, type Spent, splitSpent } from './spent-time';
import { TicketTimes } from './ticket-times.service';
import {
  type CreateTimeEntry,
  type FilterTimeEntries,
  type ListTimeEntries,
  type TimeEntryRow,
  type TimeOverlap,
  toTimeEntryView,
  type UpdateTimeEntry,
} from './time-entries.dto';
import { entryConditions, selectEntries, type TotalsRow, totalsSql, visibleEntries } from './time-entries.query';
import { TimeEntry, type TimeSource } from './time-entry.entity';
import { TimePeople } from './time-people.service';
import { dayOf, isDay, isWithinWindow } from './time-rules';
import { demandOpen, TimeRules } from './time-settings.service';

export type WrittenEntry = { row: TimeEntryRow; warnings: TimeOverlap[] };
type Facts = { seconds: number; workedOn: string; startedAt: Date | null; comment: string };

/** «Трудозатраты»: entries of worked time on tickets. */
@Injectable()
export class TimeEntries {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly notes: TicketNotes,
    private readonly rules: TimeRules,
    private readonly people: TimePeople,
    private readonly times: TicketTimes,
  ) {}

  /** Writes an entry: one's own, or a colleague's with the right to do so. */
  create(ctx: Ctx, ticketKey: string, input: CreateTimeEntry, source: TimeSource = 'hand'): Promise<WrittenEntry> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, ticketKey, BillingPermission.log_time);
      const employee = await this.people.worker(ctx, input.employeeId);
      if (employee.id !== ctx.actor.id) await this.tickets.demand(ctx, ticket.id, BillingPermission.log_for_others);
      const { spent, comment } = spentOf(input);
      const facts = await this.placed(ctx, input, { seconds: spent, comment });
      demandOpen(await this.rules.hold(ctx), facts.workedOn);
      const now = ctx.now();
      const entry = Object.assign(new TimeEntry(), facts, {
        id: newId(),
        ticketId: ticket.id,
        employeeId: employee.id,
        source,
        createdById: ctx.actor.kind === 'employee' ? ctx.actor.id : null,
        createdAt: now,
        updatedAt: now,
        version: 1,
        deletedAt: null,
      });
      await this.db.repo(ctx, TimeEntry).insert(entry);
      await this.follow(ctx, entry, entry.seconds, { before: null, after: lineOf(entry, employee.name) });
      return this.written(ctx, entry);
    });
  }

  /** Changes an entry that is still open to the actor. */
  update(ctx: Ctx, id: string, seen: number, input: UpdateTimeEntry): Promise<WrittenEntry> {
    return this.db.tx(ctx, async (ctx) => {
      const entry = await this.getForUpdate(ctx, id);
      if (entry.version !== seen)
        throw BillingError.entryChanged({}, { current: toTimeEntryView(ctx, await this.get(ctx, id)) });
      const seconds = input.spent === undefined ? entry.seconds : spentOf(input).spent;
      const facts = await this.placed(
        ctx,
        { startedAt: entry.startedAt?.toISOString() ?? null, ...given(input), workedOn: dayAfter(input, entry) },
        { seconds, comment: input.comment ?? entry.comment },
      );
      demandOpen(await this.rules.hold(ctx), facts.workedOn);
      const name = (await this.people.worker(ctx, entry.employeeId, { mayBeGone: true })).name;
      const before = lineOf(entry, name);
      const delta = facts.seconds - entry.seconds;
      Object.assign(entry, facts, { version: entry.version + 1, updatedAt: ctx.now() });
      await this.db.repo(ctx, TimeEntry).save(entry);
      const after = lineOf(entry, name);
      if (before !== after) await this.follow(ctx, entry, delta, { before, after });
      return this.written(ctx, entry);
    });
  }

  /** Takes an entry back; the ticket's history keeps what it said. */
  remove(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const entry = await this.getForUpdate(ctx, id);
      const { name } = await this.people.worker(ctx, entry.employeeId, { mayBeGone: true });
      await this.db.repo(ctx, TimeEntry).update({ id }, { deletedAt: ctx.now(), version: entry.version + 1 });
      await this.follow(ctx, entry, -entry.seconds, { before: lineOf(entry, name), after: null });
    });
  }

  async get(ctx: Ctx, id: string): Promise<TimeEntryRow> {
    const params = new SqlParams();
    const select = selectEntries(ctx, await this.rules.get(ctx), params);
    const [row] = await this.db.query<TimeEntryRow>(
      ctx,
      `${select} WHERE e.id = ${params.add(id)}::uuid AND e."deletedAt" IS NULL AND ${visibleEntries(ctx, params)}`,
      params.values,
    );
    return row ?? raise(BillingError.entryNotFound());
  }

  /** Entries by day of work, the latest first. */
  async list(ctx: Ctx, query: ListTimeEntries): Promise<Page<TimeEntryRow>> {
    const params = new SqlParams();
    return this.page(ctx, query, params, entryConditions(ctx, query, params));
  }

  /** Entries of a ticket the actor sees. */
  async ofTicket(ctx: Ctx, key: string, query: PageQuery): Promise<Page<TimeEntryRow>> {
    const ticketId = await this.tickets.idOf(ctx, key);
    const params = new SqlParams();
    return this.page(ctx, query, params, [
      `e."ticketId" = ${params.add(ticketId)}::uuid`,
      ...entryConditions(ctx, {}, params),
    ]);
  }

  totals(ctx: Ctx, query: FilterTimeEntries): Promise<TotalsRow[]> {
    const params = new SqlParams();
    return this.db.query<TotalsRow>(ctx, totalsSql(entryConditions(ctx, query, params)), params.values);
  }

  private async page(
    ctx: Ctx,
    { cursor, limit }: PageQuery,
    params: SqlParams,
    where: string[],
  ): Promise<Page<TimeEntryRow>> {
    const after = decodeCursor(cursor, ['text', 'uuid']);
    if (after && !isDay(after[0])) throw RequestError.badCursor();
    if (after) where.push(`(e."workedOn", e.id) < (${params.add(after[0])}::date, ${params.add(after[1])}::uuid)`);
    const select = selectEntries(ctx, await this.rules.get(ctx), params);
    const rows = await this.db.query<TimeEntryRow>(
      ctx,
      `${select} WHERE ${where.join(' AND ')} ORDER BY e."workedOn" DESC, e.id DESC LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, limit, ({ workedOn, id }) => keyset(workedOn, id));
  }

  /** Locks ticket and entry in this order, like every change, and asks whether the actor may touch it. */
  private async getForUpdate(ctx: TxCtx, id: string): Promise<TimeEntry> {
    const shown = await this.get(ctx, id);
    if (!shown.isTicketShown) throw BillingError.entryNotFound();
    await this.tickets.getForUpdate(ctx, shown.ticketId, null);
    const entry = await this.db.repo(ctx, TimeEntry).findOneBy({ id });
    if (!entry || entry.deletedAt) throw BillingError.entryNotFound();
    const settings = await this.rules.hold(ctx);
    demandOpen(settings, entry.workedOn);
    const { actor } = ctx;
    const isOwn = actor.kind === 'employee' && (entry.employeeId === actor.id || entry.createdById === actor.id);
    if (isOwn && isWithinWindow(entry.createdAt, ctx.now(), settings.editWindowHours)) return entry;
    await this.tickets.demand(ctx, entry.ticketId, BillingPermission.edit_any).catch((error: unknown) => {
      throw isOwn ? BillingError.editWindowOver({ hours: settings.editWindowHours }) : (error as Error);
    });
    return entry;
  }

  /** Day and beginning that agree with each other and are not in the future. */
  private async placed(
    ctx: Ctx,
    { workedOn, startedAt }: { workedOn?: string | undefined; startedAt?: string | null | undefined },
    rest: { seconds: number; comment: string },
  ): Promise<Facts> {
    const { timeZone } = await this.people.organisation(ctx);
    const began = startedAt ? new Date(startedAt) : null;
    if (began && began > ctx.now()) throw fieldProblem('/startedAt', 'billing.startedInFuture');
    const day = began ? dayOf(began, timeZone) : undefined;
    if (day && workedOn && workedOn !== day) throw fieldProblem('/workedOn', 'billing.workedOnMismatch', { day });
    const today = dayOf(ctx.now(), timeZone);
    if (workedOn && workedOn > today) throw fieldProblem('/workedOn', 'billing.workedOnInFuture');
    return { ...rest, workedOn: workedOn ?? day ?? today, startedAt: began };
  }

  private async follow(
    ctx: TxCtx,
    { ticketId }: TimeEntry,
    delta: number,
    change: { before: string | null; after: string | null },
  ): Promise<void> {
    await this.times.add(ctx, ticketId, delta);
    await this.notes.add(ctx, ticketId, [{ field: 'timeEntries', ...change }]);
    this.people.touch(ctx);
  }

  private async written(ctx: TxCtx, entry: TimeEntry): Promise<WrittenEntry> {
    return { row: await this.get(ctx, entry.id), warnings: await this.people.warnings(ctx, entry) };
  }
}

const REFUSED_AT = { spent: '/spent', line: '/line' } as const;

/** The time given, in whichever way; a refusal names the field and says why. */
function spentOf({ spent, line, comment }: CreateTimeEntry): { spent: number; comment: string } {
  if (line !== undefined && spent !== undefined) throw fieldProblem('/line', 'billing.spentTwice');
  const at = line === undefined ? 'spent' : 'line';
  const found: Spent & { comment?: string } = line === undefined ? readSpent(spent) : splitSpent(line);
  if (!isSpent(found)) throw fieldProblem(REFUSED_AT[at], `billing.${found.refusal}`);
  return { spent: found.seconds, comment: [found.comment, comment].filter(Boolean).join(' ') };
}

function readSpent(spent: string | number | undefined): Spent {
  if (typeof spent === 'string') return parseSpent(spent);
  if (spent === undefined) return { refusal: 'spentEmpty' };
  if (spent <= 0) return { refusal: 'spentZero' };
  return spent > MOST_SECONDS ? { refusal: 'spentTooLong' } : { seconds: spent };
}

const given = (input: UpdateTimeEntry): UpdateTimeEntry =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** A new beginning brings its own day; without one the entry keeps its day. */
const dayAfter = ({ workedOn, startedAt }: UpdateTimeEntry, entry: TimeEntry): string | undefined =>
  workedOn ?? (startedAt ? undefined : entry.workedOn);

/** What the history says: the same in every language. */
const lineOf = ({ seconds, workedOn, comment }: TimeEntry, name: string): string =>
  [clockSpent(seconds), name, workedOn, comment].filter(Boolean).join(' · ');
