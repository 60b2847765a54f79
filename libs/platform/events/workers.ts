import { Injectable } from '@nestjs/common';

type Worker = { name: string; start(): Promise<void> };

/** What runs besides the outbox in a process that works: mail listeners, mailboxes. Modules register, the process starts them. */
@Injectable()
export class Workers {
  private readonly workers: Worker[] = [];
  private isStarted = false;

  register(worker: Worker): void {
    this.workers.push(worker);
  }

  async start(): Promise<void> {
    if (this.isStarted) return;
    this.isStarted = true;
    for (const worker of this.workers) await worker.start();
  }
}
