import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, systemContext } from '../context';
import { Db, newId } from '../db';
import { log } from '../log';
import { Carrier } from './carrier';
import { Handlers, type RegisteredSchedule } from './handlers';
import { MAX_ATTEMPTS, Runner } from './runner';
import { Wake } from './wake';

const WIDTH_HERE = 6;
/** Rows run together, and how many such lots at once. */
const LOT = 16;
const LOTS = 3;
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
  private readonly lots = new Set<Promise<void>>();
  /** Rows born before this process may be what the last one died of: they are run alone, and counted. */
  private readonly since = newId();

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
    await Promise.allSettled([...this.lots, ...this.inFlight]);
    await this.carrier.close();
  }

  /** Runs everything that is due until nothing is; for tests and tools. Returns how many rows were run. */
  async drain(): Promise<number> {
    let count = 0;
    for (;;) {
      const taken = await this.takeLot();
      await Promise.all(this.lots);
      const ids = await this.claim(WIDTH_CARRIED);
      if (!taken && !ids.length) return count;
      for (const id of ids) await this.runner.run(id);
      count += taken + ids.length;
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
    let nextClaim = 0;
    while (!this.stopped) {
      let isBusy = false;
      try {
        // What waits for an attempt of its own is looked for now and then, and again as long as there is some.
        const isClaiming = this.carrier.isRemote || performance.now() >= nextClaim;
        if (!this.carrier.isRemote) isBusy = (await this.takeLot()) === LOT;
        if (isClaiming) {
          const ids = await this.claim(this.width - this.inFlight.size);
          for (const id of ids) this.hand(id);
          if (this.inFlight.size >= this.width) await Promise.race(this.inFlight);
          isBusy ||= ids.length > 0;
          nextClaim = ids.length ? 0 : performance.now() + POLL_MS;
        }
      } catch (error) {
        log.warn({ err: String(error) }, 'the outbox could not be read');
      }
      if (!isBusy) await this.rest();
    }
  }

  /** Begins a lot of rows and answers how many, without waiting for them to end. */
  private async takeLot(): Promise<number> {
    if (this.lots.size >= LOTS) await Promise.race(this.lots);
    return new Promise((taken) => {
      const lot = this.runner
        .runTogether(this.since, LOT, taken)
        .then(async ({ ids, broken }) => {
          taken(0);
          for (const id of ids.length ? await this.claim(LOT, ids) : []) {
            await (id === broken?.id ? this.runner.fail(systemContext(), id, broken.error) : this.runner.run(id));
          }
        })
        .catch((error: unknown) => log.warn({ err: String(error) }, 'the outbox could not be read'))
        .finally(() => this.lots.delete(lot));
      this.lots.add(lot);
    });
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

  /** Leases due rows, or those of the ids; each attempt is counted before it is made. */
  private async claim(limit: number, ids?: string[]): Promise<string[]> {
    const rows = await this.db.prepared<{ id: string; state: string }>(
      systemContext(),
      `UPDATE outbox SET attempts = attempts + 1,
         "leasedUntil" = now() + make_interval(secs => $2),
         state = CASE WHEN attempts >= $4 THEN 'dead' ELSE state END,
         "lastError" = CASE WHEN attempts >= $4 THEN COALESCE("lastError", 'the process died while running this') ELSE "lastError" END
       WHERE id IN (SELECT id FROM outbox WHERE state = 'pending' AND "dueAt" <= $1 AND ("leasedUntil" IS NULL OR "leasedUntil" < now())
                    AND ${ids ? 'id = ANY($5::uuid[])' : 'true'} ORDER BY "dueAt" LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id, state`,
      [Clock.now(), LEASE_SECONDS, limit, MAX_ATTEMPTS + 2, ...(ids ? [ids] : [])],
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
