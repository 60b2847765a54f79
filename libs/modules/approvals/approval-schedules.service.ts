import { Employees } from '@opora/modules/people';
import { occurrences, readRecurrence } from '@opora/modules/planning';
import { contextOf, type Ctx, type Locale } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { fieldProblem, ProblemError, raise } from '@opora/platform/errors';
import { Every } from '@opora/platform/events';
import { decodeCursor, fieldText, keyset, type Page, pageOfRows, type PageQuery } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Organisation } from '@opora/platform/organisation';
import { Injectable } from '@nestjs/common';
import type { ApprovalState } from './approval-flow';
import { ApprovalSchedule, ApprovalSettings, type ScheduledRequest } from './approval-route.entity';
import type { CreateApprovalSchedule, ScheduledRequestInput, UpdateApprovalSchedule } from './approval-schedules.dto';
import { ApprovalError } from './approvals.errors';
import { type NamedPerson, personJson } from './approvals.query';
import { Approvals } from './approvals.service';
import { moneyOf, moneyText } from './route-choice';

export type ScheduleRow = ApprovalSchedule & {
  initiator: NamedPerson;
  lastApproval: { id: string; number: number; title: string; state: ApprovalState } | null;
};

const SELECT = `SELECT s.*, to_char(s."startsOn", 'YYYY-MM-DD') AS "startsOn", ${personJson(`'employee'`, 's."initiatorId"')} AS initiator,
  (SELECT jsonb_build_object('id', a.id, 'number', a.number, 'title', a.title, 'state', a.state) FROM approval a WHERE a.id = s."lastApprovalId") AS "lastApproval"
  FROM approval_schedule s`;

/** AP-06: requests that begin by themselves, such as bills of every month. */
@Injectable()
export class ApprovalSchedules {
  constructor(
    private readonly db: Db,
    private readonly approvals: Approvals,
    private readonly employees: Employees,
    private readonly organisation: Organisation,
    private readonly live: Live,
  ) {}

  async list(ctx: Ctx, { cursor, limit }: PageQuery): Promise<Page<ScheduleRow>> {
    const params = new SqlParams();
    const after = decodeCursor(cursor, ['uuid']);
    const rows = await this.db.query<ScheduleRow>(
      ctx,
      `${SELECT} WHERE ${after ? `s.id > ${params.add(after[0])}::uuid` : 'true'} ORDER BY s.id LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, limit, ({ id }) => keyset(id));
  }

  create(ctx: Ctx, input: CreateApprovalSchedule): Promise<ScheduleRow> {
    return this.db.tx(ctx, async (ctx) => {
      const schedule = Object.assign(new ApprovalSchedule(), {
        id: newId(),
        name: input.name,
        isActive: input.isActive ?? true,
        rrule: input.rrule,
        startsOn: input.startsOn,
        time: input.time,
        timeZone: input.timeZone ?? (await this.organisation.get(ctx)).timeZone,
        initiatorId: input.initiatorId,
        request: await this.requestOf(ctx, input.request),
        nextAt: null as Date | null,
        lastAt: null,
        lastApprovalId: null,
        lastProblem: null,
        version: 1,
        createdAt: ctx.now(),
      });
      await this.check(ctx, schedule);
      schedule.nextAt = nextOf(schedule, ctx.now());
      await this.db.repo(ctx, ApprovalSchedule).insert(schedule);
      return this.changed(ctx, schedule.id);
    });
  }

  update(ctx: Ctx, id: string, input: UpdateApprovalSchedule): Promise<ScheduleRow> {
    return this.db.tx(ctx, async (ctx) => {
      const schedule = (await this.hold(ctx, id)) ?? raise(ApprovalError.scheduleNotFound());
      const { request, ...fields } = input;
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      Object.assign(schedule, given, request ? { request: await this.requestOf(ctx, request) } : {});
      await this.check(ctx, schedule);
      const isMoved = ['rrule', 'startsOn', 'time', 'timeZone', 'isActive'].some((field) => field in given);
      if (isMoved) schedule.nextAt = nextOf(schedule, ctx.now());
      schedule.version++;
      await this.db.repo(ctx, ApprovalSchedule).save(schedule);
      return this.changed(ctx, id);
    });
  }

  remove(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const { affected } = await this.db.repo(ctx, ApprovalSchedule).delete({ id });
      if (!affected) throw ApprovalError.scheduleNotFound();
      this.live.touch(ctx, ['approval-schedules'], 'staff');
    });
  }

  /** Begins what is due; what was missed in a standstill is made up, each day as its own request. */
  @Every(30)
  async beginDue(ctx: Ctx): Promise<number> {
    for (let count = 0; ; count++) {
      const [due] = await this.db.query<{ id: string }>(
        ctx,
        `SELECT id FROM approval_schedule WHERE "isActive" AND "nextAt" <= $1 ORDER BY "nextAt" LIMIT 1`,
        [ctx.now()],
      );
      if (!due || !(await this.beginOne(ctx, due.id))) return count;
    }
  }

  private async beginOne(ctx: Ctx, id: string): Promise<boolean> {
    try {
      return await this.db.tx(ctx, async (ctx) => {
        const schedule = await this.hold(ctx, id);
        if (!schedule?.nextAt || schedule.nextAt > ctx.now()) return false;
        const lastApprovalId = await this.begin(ctx, schedule, schedule.nextAt);
        await this.advance(ctx, schedule, { lastApprovalId, lastProblem: null });
        return true;
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return this.refuse(ctx, id, error);
    }
  }

  private async refuse(ctx: Ctx, id: string, error: ProblemError): Promise<boolean> {
    const { locale } = await this.organisation.get(ctx);
    const words = error.fields.length
      ? error.fields.map((field) => fieldText(locale, field, error.facts)).join('; ')
      : fieldText(locale, { pointer: '', code: error.code, message: '' }, error.facts);
    return this.db.tx(ctx, async (ctx) => {
      const schedule = await this.hold(ctx, id);
      if (!schedule?.nextAt || schedule.nextAt > ctx.now()) return false;
      await this.advance(ctx, schedule, { lastApprovalId: schedule.lastApprovalId, lastProblem: words });
      return true;
    });
  }

  private async advance(
    ctx: TxCtx,
    schedule: ApprovalSchedule,
    outcome: Pick<ApprovalSchedule, 'lastApprovalId' | 'lastProblem'>,
  ): Promise<void> {
    const lastAt = schedule.nextAt!;
    const nextAt = nextOf(schedule, new Date(lastAt.getTime() + 1));
    await this.db.repo(ctx, ApprovalSchedule).update({ id: schedule.id }, { ...outcome, lastAt, nextAt });
    this.live.touch(ctx, ['approval-schedules'], 'staff');
  }

  private async begin(
    ctx: TxCtx,
    { id, name, initiatorId, timeZone, request }: ApprovalSchedule,
    at: Date,
  ): Promise<string> {
    const actor = await this.employees.loadActor(ctx, initiatorId);
    if (!actor) throw fieldProblem('/initiatorId', 'approvals.employeeUnknown');
    const { locale } = await this.organisation.get(ctx);
    const asInitiator: Ctx = { ...ctx, ...contextOf(actor, { cause: { kind: 'schedule', id, name } }), tx: ctx.tx };
    const { amount, ...rest } = request;
    return this.approvals.start(asInitiator, {
      ...rest,
      amount: amount === null ? null : moneyText(amount),
      title: titleOf(request.title, at, timeZone, locale),
      date: new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at),
    });
  }

  private async hold(ctx: TxCtx, id: string): Promise<ApprovalSchedule | null> {
    return this.db.repo(ctx, ApprovalSchedule).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  private async check(ctx: Ctx, { rrule, initiatorId, request }: ApprovalSchedule): Promise<void> {
    const { rule, faults } = readRecurrence(rrule);
    if (faults.length) throw fieldProblem('/rrule', 'approvals.ruleWrong', { part: faults[0]!.part });
    if (['HOURLY', 'MINUTELY', 'SECONDLY'].includes(rule.freq)) throw fieldProblem('/rrule', 'approvals.ruleTooOften');
    if (!request.kindId && !request.routeId) throw fieldProblem('/request/kindId', 'approvals.kindOrRoute');
    const actor = await this.employees.loadActor(ctx, initiatorId);
    if (!actor) throw fieldProblem('/initiatorId', 'approvals.employeeUnknown');
    const [known] = await this.db.query<{ kind: boolean; route: boolean; base: boolean }>(
      ctx,
      `SELECT EXISTS (SELECT 1 FROM approval_item WHERE id = $1 AND catalogue = 'kind' AND "isActive") AS kind,
        EXISTS (SELECT 1 FROM approval_route WHERE id = $2 AND "archivedAt" IS NULL) AS route,
        EXISTS (SELECT 1 FROM approval WHERE id = $3) AS base`,
      [request.kindId, request.routeId, request.basedOnId],
    );
    if (request.kindId && !known!.kind) throw fieldProblem('/request/kindId', 'approvals.kindUnknown');
    if (request.routeId && !known!.route) throw fieldProblem('/request/routeId', 'approvals.routeUnknown');
    if (request.basedOnId && !known!.base) throw fieldProblem('/request/basedOnId', 'approvals.baseUnknown');
  }

  private async requestOf(ctx: Ctx, input: ScheduledRequestInput): Promise<ScheduledRequest> {
    const { currency } = await this.db.repo(ctx, ApprovalSettings).findOneByOrFail({ id: 1 });
    return {
      kindId: input.kindId ?? null,
      routeId: input.routeId ?? null,
      title: input.title,
      text: input.text ?? '',
      amount: input.amount ? moneyOf(input.amount)! : null,
      currency: input.currency ?? currency,
      basedOnId: input.basedOnId ?? null,
    };
  }

  private async changed(ctx: TxCtx, id: string): Promise<ScheduleRow> {
    this.live.touch(ctx, ['approval-schedules'], 'staff');
    const [row] = await this.db.query<ScheduleRow>(ctx, `${SELECT} WHERE s.id = $1`, [id]);
    return row!;
  }
}

/** The next time at or after a moment; null when there is none, or the rule is switched off. */
function nextOf({ rrule, startsOn, time, timeZone, isActive }: ApprovalSchedule, from: Date): Date | null {
  if (!isActive) return null;
  const start = Date.parse(`${startsOn}T${time}:00Z`) / 1000;
  const schedule = { rule: readRecurrence(rrule).rule, start, timeZone };
  const [next] = occurrences(schedule, { from: from.getTime(), count: 1 }).dates;
  return next ? new Date(next.at) : null;
}

function titleOf(title: string, at: Date, timeZone: string, locale: Locale): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(at);
  return title
    .replaceAll('{month}', part({ month: 'long' }))
    .replaceAll('{year}', part({ year: 'numeric' }).replace(/\D/g, ''));
}
