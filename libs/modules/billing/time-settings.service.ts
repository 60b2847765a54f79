import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { fieldProblem, raise, RequestError } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import { Organisation } from '@opora/platform/organisation';
import { BillingError } from './billing.errors';
import { dayOf, isLocked } from './time-rules';
import type { UpdateTimeSettings } from './time-settings.dto';
import { TimeSettings } from './time-settings.entity';

@Injectable()
export class TimeRules {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly house: Organisation,
  ) {}

  async get(ctx: Ctx): Promise<TimeSettings> {
    return (await this.db.repo(ctx, TimeSettings).findOneBy({ id: 1 })) ?? raise(RequestError.unavailable());
  }

  /** The rules as they will be at the commit: a period cannot be closed between the check and the write. */
  async hold(ctx: TxCtx): Promise<TimeSettings> {
    const lock = { mode: 'pessimistic_read' as const };
    return (
      (await this.db.repo(ctx, TimeSettings).findOne({ where: { id: 1 }, lock })) ?? raise(RequestError.unavailable())
    );
  }

  update(ctx: Ctx, input: UpdateTimeSettings): Promise<TimeSettings> {
    return this.db.tx(ctx, async (ctx) => {
      await this.demandOver(ctx, input.lockedUntil);
      const lock = { mode: 'pessimistic_write' as const };
      const settings =
        (await this.db.repo(ctx, TimeSettings).findOne({ where: { id: 1 }, lock })) ??
        raise(RequestError.unavailable());
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      Object.assign(settings, given, {
        version: settings.version + 1,
        updatedAt: ctx.now(),
        updatedById: ctx.actor.kind === 'employee' ? ctx.actor.id : null,
      });
      this.live.touch(ctx, ['time-entries'], 'staff');
      return this.db.repo(ctx, TimeSettings).save(settings);
    });
  }

  /** Only days that have come are closed: a lock on days to come would refuse every entry until then, and nobody would know why. */
  private async demandOver(ctx: TxCtx, day: string | null | undefined): Promise<void> {
    if (!day) return;
    const today = dayOf(ctx.now(), (await this.house.get(ctx)).timeZone);
    if (day > today) throw fieldProblem('/lockedUntil', 'billing.lockedUntilInFuture', { today });
  }
}

/** Refuses a day that is closed. */
export function demandOpen({ lockedUntil }: TimeSettings, ...days: string[]): void {
  if (days.some((day) => isLocked(day, lockedUntil))) throw BillingError.periodLocked({ until: lockedUntil });
}
