import { Injectable } from '@nestjs/common';
import { Tickets, visibleTo } from '@opora/modules/tickets';
import type { Ctx, EmployeeActor } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, raise } from '@opora/platform/errors';
import { BillingPermission } from './billing.access';
import { BillingError } from './billing.errors';
import { roundedUp } from './spent-time';
import { TimeEntries, type WrittenEntry } from './time-entries.service';
import { countedSeconds } from './time-rules';
import { TimeRules } from './time-settings.service';
import type { StopTimer, TimerRow } from './time-timer.dto';
import { TimeTimer } from './time-timer.entity';

/** The timer of each employee: a row with moments, nothing that ticks. */
@Injectable()
export class TimeTimers {
  constructor(
    private readonly db: Db,
    private readonly tickets: Tickets,
    private readonly entries: TimeEntries,
    private readonly rules: TimeRules,
  ) {}

  async find(ctx: Ctx): Promise<TimerRow | undefined> {
    const params = new SqlParams();
    const [row] = await this.db.query<TimerRow>(
      ctx,
      `SELECT m.*, t.number AS "ticketNumber", t.subject AS "ticketSubject", (t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}) AS "isTicketShown"
       FROM time_timer m JOIN ticket t ON t.id = m."ticketId" WHERE m."employeeId" = ${params.add(employeeOf(ctx).id)}::uuid`,
      params.values,
    );
    return row;
  }

  /** Starts on a ticket, or goes on there; what ran on another ticket becomes an entry of it. */
  start(ctx: Ctx, ticketKey: string): Promise<WrittenEntry | null> {
    return this.db.tx(ctx, async (ctx) => {
      const present = await this.lock(ctx);
      const ticket = await this.tickets.getForUpdate(ctx, ticketKey, BillingPermission.log_time);
      const isSame = present?.ticketId === ticket.id;
      const logged = present && !isSame ? await this.log(ctx, present, {}) : null;
      const now = ctx.now();
      const row = isSame
        ? { ...present, runningSince: present.runningSince ?? now }
        : {
            employeeId: employeeOf(ctx).id,
            ticketId: ticket.id,
            startedAt: now,
            accumulatedSeconds: 0,
            runningSince: now,
          };
      await this.db.repo(ctx, TimeTimer).upsert(row, ['employeeId']);
      return logged;
    });
  }

  pause(ctx: Ctx): Promise<void> {
    return this.change(ctx, (timer) => ({ accumulatedSeconds: countedSeconds(timer, ctx.now()), runningSince: null }));
  }

  resume(ctx: Ctx): Promise<void> {
    return this.change(ctx, ({ runningSince }) => ({ runningSince: runningSince ?? ctx.now() }));
  }

  /** Makes an entry of what was measured. */
  stop(ctx: Ctx, input: StopTimer): Promise<WrittenEntry> {
    return this.db.tx(ctx, async (ctx) => {
      const timer = (await this.lock(ctx)) ?? raise(BillingError.noTimer());
      const written = await this.log(ctx, timer, input);
      await this.db.repo(ctx, TimeTimer).delete({ employeeId: timer.employeeId });
      return written;
    });
  }

  /** Throws the measured time away. */
  async discard(ctx: Ctx): Promise<void> {
    await this.db.repo(ctx, TimeTimer).delete({ employeeId: employeeOf(ctx).id });
  }

  private async log(ctx: TxCtx, timer: TimeTimer, { comment, spent }: StopTimer): Promise<WrittenEntry> {
    const { timerStepMinutes } = await this.rules.get(ctx);
    const measured = roundedUp(countedSeconds(timer, ctx.now()), timerStepMinutes);
    const input = {
      spent: spent ?? measured,
      startedAt: timer.startedAt.toISOString(),
      ...(comment ? { comment } : {}),
    };
    return this.entries.create(ctx, timer.ticketId, input, 'timer');
  }

  private change(ctx: Ctx, patch: (timer: TimeTimer) => Partial<TimeTimer>): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const timer = (await this.lock(ctx)) ?? raise(BillingError.noTimer());
      await this.db.repo(ctx, TimeTimer).update({ employeeId: timer.employeeId }, patch(timer));
    });
  }

  /** One at a time for a person: two windows cannot stop the same timer twice. */
  private async lock(ctx: TxCtx): Promise<TimeTimer | null> {
    const employeeId = employeeOf(ctx).id;
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('time_timer:' || $1, 0))`, [employeeId]);
    return this.db.repo(ctx, TimeTimer).findOneBy({ employeeId });
  }
}

function employeeOf({ actor }: Ctx): EmployeeActor {
  if (actor.kind !== 'employee') throw AccessError.denied();
  return actor;
}
