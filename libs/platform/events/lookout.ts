import { type Ctx, systemContext } from '../context';
import { log } from '../log';

type Watch = {
  name: string;
  everyMs: number;
  /** How long it waits after a look that failed. */
  afterFailureMs: number;
  /** One look; true when there is more to do at once. */
  look: (ctx: Ctx) => Promise<boolean>;
  /** So many look at a time in one process. */
  lanes?: number;
};

/** Looks again and again for what has become due, in a process that works. Whoever owns it stops it and waits for the look under way. */
export class Lookout {
  private hasEnded = false;
  private readonly timers = new Map<number, NodeJS.Timeout>();
  private readonly looks = new Map<number, Promise<void>>();

  constructor(private readonly watch: Watch) {}

  get name(): string {
    return this.watch.name;
  }

  get isStopped(): boolean {
    return this.hasEnded;
  }

  start(): Promise<void> {
    for (let lane = 0; lane < (this.watch.lanes ?? 1); lane++) this.again(lane, this.watch.everyMs);
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.hasEnded = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all(this.looks.values());
  }

  private again(lane: number, afterMs: number): void {
    if (this.hasEnded) return;
    this.timers.set(
      lane,
      setTimeout(() => this.looks.set(lane, this.lookOnce(lane)), afterMs),
    );
  }

  private async lookOnce(lane: number): Promise<void> {
    const { name, everyMs, afterFailureMs, look } = this.watch;
    let wait = everyMs;
    try {
      if (await look(systemContext(name))) wait = 0;
    } catch (error) {
      log.warn({ err: String(error) }, `${name}: the look failed`);
      wait = afterFailureMs;
    }
    this.again(lane, wait);
  }
}
