import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, systemContext } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { log } from '@opora/platform/log';
import { IntakeProcessor } from './intake-processor.service';
import { Intake, INTAKE_COLUMNS, type IntakeRow } from './intake.service';

const WIDTH = 6;
/** Mails that take seconds to read must not fill every place. */
const BIG_WIDTH = 2;
const BIG_BYTES = 512 * 1024;
const POLL_MS = 500;
const LEASE_SECONDS = 60;

export type ClaimedMail = IntakeRow & { attempts: number; failures: number; raw: Buffer | null };

/**
 * Works off the journal, which is its own queue: a mail in state `received` is due until it has its end. Any number of processes
 * share the work; what a dead one had in hand is due again when its lease runs out.
 */
@Injectable()
export class IntakeQueue implements OnModuleDestroy {
  private readonly inFlight = new Set<Promise<void>>();
  private big = 0;
  private running?: Promise<void>;
  private stopped = false;
  private wake?: () => void;
  private isNudged = false;

  constructor(
    private readonly db: Db,
    private readonly intake: Intake,
    private readonly processor: IntakeProcessor,
  ) {}

  async start({ isAlone }: { isAlone: boolean }): Promise<void> {
    if (this.running) return;
    if (isAlone)
      await this.db.prepared(
        systemContext('mail'),
        `UPDATE intake_message SET "leasedUntil" = NULL WHERE state = 'received' AND "leasedUntil" IS NOT NULL`,
      );
    this.intake.onArrival(() => this.nudge());
    this.running = this.loop();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.nudge();
    await this.running;
    await Promise.allSettled(this.inFlight);
  }

  /** Handles everything that is due; for tests and tools. */
  async drain(): Promise<void> {
    for (;;) {
      const mails = await this.claim(WIDTH);
      if (!mails.length) return;
      for (const mail of mails) await this.processor.process(mail);
    }
  }

  private nudge(): void {
    this.isNudged = true;
    this.wake?.();
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      let taken = 0;
      try {
        const mails = await this.claim(WIDTH - this.inFlight.size);
        taken = mails.length;
        for (const mail of mails) this.hand(mail);
        if (this.inFlight.size >= WIDTH) await Promise.race(this.inFlight);
      } catch (error) {
        log.warn({ err: String(error) }, 'the intake journal could not be read');
      }
      if (!taken) await this.rest();
    }
  }

  private hand(mail: ClaimedMail): void {
    const isBig = mail.size > BIG_BYTES;
    if (isBig) this.big += 1;
    const work = this.processor.process(mail).finally(() => {
      this.inFlight.delete(work);
      if (isBig) this.big -= 1;
    });
    this.inFlight.add(work);
  }

  private async claim(limit: number): Promise<ClaimedMail[]> {
    if (limit < 1) return [];
    return this.db.prepared<ClaimedMail>(
      systemContext('mail'),
      `UPDATE intake_message i SET attempts = attempts + 1, "leasedUntil" = now() + make_interval(secs => $2)
       WHERE i.id IN (SELECT id FROM intake_message WHERE state = 'received' AND "dueAt" <= $1 AND ("leasedUntil" IS NULL OR "leasedUntil" < now()) AND size <= $4
                      ORDER BY "dueAt", id LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING ${INTAKE_COLUMNS}, CASE WHEN size <= $5 THEN raw END AS raw`,
      [Clock.now(), LEASE_SECONDS, limit, this.big < BIG_WIDTH ? 2_147_483_647 : BIG_BYTES, BIG_BYTES],
    );
  }

  private rest(): Promise<void> {
    if (this.isNudged || this.stopped) {
      this.isNudged = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.wake = () => {
        clearTimeout(timer);
        this.isNudged = false;
        resolve();
      };
    });
  }
}
