import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type ParsedMail, type ParseInput, parseRoughly } from './mail-parse';

const SMALL_BYTES = 512 * 1024;
const SECONDS = 8;
const SECONDS_PER_MB = 0.5;
const IDLE_MS = 60_000;
const HEAP_MB = 768;

type Waiting = { input: ParseInput; resolve: (mail: ParsedMail) => void };
type Answer = { mail?: ParsedMail; error?: string };

/** One thread and its queue. The thread starts with the first mail and ends when it has had nothing to do for a minute. */
class Lane {
  private readonly queue: Waiting[] = [];
  private worker?: Worker;
  private current?: Waiting;
  private timer?: NodeJS.Timeout;
  private idle?: NodeJS.Timeout;

  parse(input: ParseInput): Promise<ParsedMail> {
    return new Promise((resolve) => {
      this.queue.push({ input, resolve });
      this.next();
    });
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private next(): void {
    if (this.current) return;
    this.current = this.queue.shift();
    if (!this.current) {
      this.idle = setTimeout(() => void this.stop(), IDLE_MS).unref();
      return;
    }
    clearTimeout(this.idle);
    const seconds = SECONDS + (this.current.input.raw.byteLength / 1024 / 1024) * SECONDS_PER_MB;
    this.timer = setTimeout(
      () => this.giveUp(`reading the parts took more than ${Math.round(seconds)} s`),
      seconds * 1000,
    );
    this.worker ??= this.start();
    this.worker.postMessage(this.current.input);
  }

  private start(): Worker {
    const worker = startWorker();
    worker.on('message', ({ mail, error }: Answer) => (mail ? this.finish(mail) : this.giveUp(error ?? 'no answer')));
    worker.on('error', (error) => this.giveUp(error.message));
    worker.on('exit', () => {
      if (this.worker === worker) this.giveUp('the reader stopped');
    });
    worker.unref();
    return worker;
  }

  /** The thread is thrown away, the mail is read roughly, the next one gets a new thread. */
  private giveUp(problem: string): void {
    const { current } = this;
    void this.stop();
    if (current) this.finish(parseRoughly(current.input, problem));
  }

  private finish(mail: ParsedMail): void {
    const { current } = this;
    clearTimeout(this.timer);
    this.current = undefined;
    current?.resolve(mail);
    this.next();
  }
}

/** From the sources (tests, development) the thread needs the compiler that the tools use. */
function startWorker(): Worker {
  const compiled = join(__dirname, 'mail-parse.worker.js');
  const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB };
  if (existsSync(compiled)) return new Worker(compiled, { resourceLimits });
  const compiler = join(__dirname, '../../../../tools/swc-register.cjs');
  return new Worker(join(__dirname, 'mail-parse.worker.ts'), { resourceLimits, execArgv: ['-r', compiler] });
}

/** Reads mails outside the main thread; big ones in a lane of their own, so that small ones do not wait behind them. */
@Injectable()
export class MailParserPool implements OnModuleDestroy {
  private readonly small = new Lane();
  private readonly big = new Lane();

  parse(input: ParseInput): Promise<ParsedMail> {
    return (input.raw.byteLength > SMALL_BYTES ? this.big : this.small).parse(input);
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.small.stop(), this.big.stop()]);
  }
}
