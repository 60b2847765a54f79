import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, systemContext } from '../context';
import { Db } from '../db';
import { log } from '../log';
import { Carrier } from './carrier';
import { Handlers, type RegisteredSchedule } from './handlers';
import { MAX_ATTEMPTS, Runner } from './runner';
import { Wake } from './wake';

const WIDTH_HERE = 6;
const WIDTH_CARRIED = 32;
const POLL_MS = 500;
const LEASE_SECONDS = 45;

/** Takes due rows of the outbox and has them run: here, or by Bull's workers when Redis is configured. */
@Injectable()
export class Relay implements OnModuleDestroy {
  private running?: Promise<void>;
  private stopped = false;
  private nudge?: () => void;
  private nudged = false;
  private timers: NodeJS.Timeout[] = [];
  private readonly inFlight = new Set<Promise<void>>();

  constructor(
    private readonly db: Db,
    private readonly handlers: Handlers,
    private readonly runner: Runner,
    private readonly carrier: Carrier,
    private readonly wake: Wake,
  ) {}

  /** Starts the loop and the schedules. Called in processes that work; others only publish. */
  start(): void {
    if (this.running) return;
    this.wake.listen(() => this.poke());
    void this.carrier.work((id) => this.runner.run(id));
    this.running = this.loop();
    for (const schedule of this.handlers.schedules()) this.plan(schedule);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.timers.forEach(clearTimeout);
    this.poke();
    await this.running;
    await Promise.allSettled(this.inFlight);
    await this.carrier.close();
  }

  /** Runs everything that is due until nothing is; for tests and tools. Returns how many rows were run. */
  async drain(): Promise<number> {
    let count = 0;
    for (;;) {
      const ids = await this.claim(WIDTH_CARRIED);
      if (!ids.length) return count;
      for (const id of ids) await this.runner.run(id);
      count += ids.length;
    }
  }

  private get width(): number {
    return this.carrier.isRemote ? WIDTH_CARRIED : WIDTH_HERE;
  }

  /** Rows leased by a process that died; only when no other process can be working. */
  async releaseLeases(): Promise<void> {
    await this.db.query(
      systemContext(),
      `UPDATE outbox SET "leasedUntil" = NULL WHERE state = 'pending' AND "leasedUntil" IS NOT NULL`,
    );
  }

  private poke(): void {
    this.nudged = true;
    this.nudge?.();
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      let taken = 0;
      try {
        const ids = await this.claim(this.width - this.inFlight.size);
        taken = ids.length;
        for (const id of ids) this.hand(id);
        if (this.inFlight.size >= this.width) await Promise.race(this.inFlight);
      } catch (error) {
        log.warn({ err: String(error) }, 'the outbox could not be read');
      }
      if (!taken) await this.rest();
    }
  }

  private hand(id: string): void {
    const work = this.carrier.carry(id, (id) => this.runner.run(id)).finally(() => this.inFlight.delete(work));
    this.inFlight.add(work);
  }

  private rest(): Promise<void> {
    if (this.nudged) {
      this.nudged = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.nudge = () => {
        clearTimeout(timer);
        this.nudged = false;
        resolve();
      };
    });
  }

  private async claim(limit: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string; state: string }>(
      systemContext(),
      `UPDATE outbox SET attempts = attempts + 1,
         "leasedUntil" = now() + make_interval(secs => $2),
         state = CASE WHEN attempts >= $4 THEN 'dead' ELSE state END,
         "lastError" = CASE WHEN attempts >= $4 THEN COALESCE("lastError", 'the process died while running this') ELSE "lastError" END
       WHERE id IN (SELECT id FROM outbox WHERE state = 'pending' AND "dueAt" <= $1 AND ("leasedUntil" IS NULL OR "leasedUntil" < now())
                    ORDER BY "dueAt" LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id, state`,
      [Clock.now(), LEASE_SECONDS, limit, MAX_ATTEMPTS + 2],
    );
    return rows.filter((row) => row.state === 'pending').map((row) => row.id);
  }

  private plan(schedule: RegisteredSchedule): void {
    const again = (): void => {
      if (this.stopped) return;
      const timer = setTimeout(() => void this.tick(schedule).finally(again), schedule.seconds * 1000);
      this.timers.push(timer);
      if (this.timers.length > 1000) this.timers = this.timers.slice(-200);
    };
    again();
  }

  /** One process at a time runs a schedule: whoever gets the advisory lock. */
  private async tick(schedule: RegisteredSchedule): Promise<void> {
    try {
      await this.db.tx(systemContext(schedule.name), async (ctx) => {
        const [lock] = await this.db.query<{ taken: boolean }>(
          ctx,
          `SELECT pg_try_advisory_xact_lock(hashtext($1)) AS taken`,
          [schedule.name],
        );
        if (lock?.taken) await schedule.run(systemContext(schedule.name));
      });
    } catch (error) {
      log.warn({ schedule: schedule.name, err: String(error) }, 'a schedule failed');
    }
  }
}
