import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock, type Ctx, systemContext } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Every, Lookout, Workers } from '@opora/platform/events';
import { PlanFilling } from './plan-filling.service';
import { PlanMaking } from './plan-making.service';

/** A process makes so many tickets at a time. */
const LANES = 2;
const LAY_OUT_EVERY = 60;

/** Looks for dates that are due, in every process that works; what is due lies in the database under an index. */
@Injectable()
export class PlanMoments implements OnModuleInit, OnModuleDestroy {
  private readonly lookout = new Lookout({
    name: 'planned tickets',
    everyMs: 500,
    afterFailureMs: 2000,
    lanes: LANES,
    look: async () => {
      await this.makeDue();
      return false;
    },
  });

  constructor(
    private readonly db: Db,
    private readonly workers: Workers,
    private readonly filling: PlanFilling,
    private readonly making: PlanMaking,
  ) {}

  onModuleInit(): void {
    this.workers.register(this.lookout);
  }

  onModuleDestroy(): Promise<void> {
    return this.lookout.stop();
  }

  /** Makes everything that is due until nothing is; answers how much it was. */
  async makeDue(): Promise<number> {
    let count = 0;
    while (!this.lookout.isStopped && (await this.making.makeNext(Clock.now()))) count++;
    return count;
  }

  /** Lays out the dates of plans that time or their objects have moved on. */
  @Every(LAY_OUT_EVERY)
  async layOut(ctx: Ctx): Promise<void> {
    const plans = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM planned_ticket WHERE "archivedAt" IS NULL AND "isActive" ORDER BY id`,
    );
    for (const { id } of plans) await this.filling.fill(systemContext('planning'), id);
  }
}
