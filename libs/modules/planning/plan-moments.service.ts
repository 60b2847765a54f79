import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock, type Ctx, systemContext } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Every, Workers } from '@opora/platform/events';
import { log } from '@opora/platform/log';
import { PlanFilling } from './plan-filling.service';
import { PlanMaking } from './plan-making.service';

const LOOK_EVERY_MS = 500;
const AFTER_FAILURE_MS = 2000;
/** A process makes so many tickets at a time. */
const LANES = 2;
const LAY_OUT_EVERY = 60;

/** Looks for dates that are due, in every process that works; what is due lies in the database under an index. */
@Injectable()
export class PlanMoments implements OnModuleInit, OnModuleDestroy {
  private isStopped = false;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly work: Promise<void>[] = [];

  constructor(
    private readonly db: Db,
    private readonly workers: Workers,
    private readonly filling: PlanFilling,
    private readonly making: PlanMaking,
  ) {}

  onModuleInit(): void {
    this.workers.register({
      name: 'planned tickets',
      start: () => {
        for (let lane = 0; lane < LANES; lane++) this.again(lane, LOOK_EVERY_MS);
        return Promise.resolve();
      },
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.work);
  }

  /** Makes everything that is due until nothing is; answers how much it was. */
  async makeDue(): Promise<number> {
    let count = 0;
    while (!this.isStopped && (await this.making.makeNext(Clock.now()))) count++;
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

  private again(lane: number, afterMs: number): void {
    if (this.isStopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.work[lane] = this.look(lane);
    }, afterMs);
    this.timers.add(timer);
  }

  private async look(lane: number): Promise<void> {
    let wait = LOOK_EVERY_MS;
    try {
      await this.makeDue();
    } catch (error) {
      log.warn({ err: String(error) }, 'planned tickets could not be made');
      wait = AFTER_FAILURE_MS;
    }
    this.again(lane, wait);
  }
}
