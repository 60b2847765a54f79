import { Inject, Injectable, Optional } from '@nestjs/common';
import { getQueueToken } from '@nestjs/bull';
import type { Queue } from 'bull';
import { log } from '../log';

export const DELIVERIES = 'deliveries';
const CONCURRENCY = 8;
const REDIS_ANSWERS_WITHIN_MS = 2000;

/**
 * Brings a row's id to a process that runs it. Without Redis that is this process. With Redis Bull carries the id to any worker;
 * when Redis does not answer the row is run here, so nothing waits for it. The row itself never leaves PostgreSQL.
 */
@Injectable()
export class Carrier {
  constructor(@Optional() @Inject(getQueueToken(DELIVERIES)) private readonly queue?: Queue<{ id: string }>) {
    queue?.on('error', (error) => log.warn({ err: String(error) }, 'redis'));
  }

  get isRemote(): boolean {
    return this.queue !== undefined;
  }

  async work(run: (id: string) => Promise<void>): Promise<void> {
    if (!this.queue) return;
    await this.queue
      .process(CONCURRENCY, (job) => run(job.data.id))
      .catch((error: unknown) => log.warn({ err: String(error) }, 'bull stopped'));
  }

  async carry(id: string, run: (id: string) => Promise<void>): Promise<void> {
    if (!this.queue) return run(id);
    const options = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
    const added = await Promise.race([
      this.queue.add({ id }, options).then(
        () => true,
        () => false,
      ),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), REDIS_ANSWERS_WITHIN_MS).unref()),
    ]);
    if (!added) await run(id);
  }

  async close(): Promise<void> {
    await this.queue?.close(true).catch(() => undefined);
  }
}
