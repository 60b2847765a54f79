import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import Redis from 'ioredis';
import type { Ctx } from '../context';
import { Wake } from '../events/wake';
import { log } from '../log';
import { Settings } from '../settings';
import { redisOptions } from './redis';

/** Names of what to read anew, never data. Who may not see the row learns nothing from its topic being touched: see `LiveFilter`. */
export type LiveMessage = { topics: string[]; to: 'staff' | 'contacts' | 'everyone'; origin?: string };
type Listener = (message: LiveMessage) => void;

const LIVE_CHANNEL = 'opora:live';
const WAKE_CHANNEL = 'opora:wake';

/** Tells open screens, in whatever process they hang, what to read anew. */
@Injectable()
export class Live implements OnModuleInit, OnModuleDestroy {
  private readonly listeners = new Set<Listener>();
  private publisher?: Redis;
  private subscriber?: Redis;
  private isWakingOthers = true;

  constructor(
    private readonly settings: Settings,
    private readonly wake: Wake,
  ) {}

  onModuleInit(): void {
    const { REDIS_URL } = this.settings;
    if (!REDIS_URL) return;
    this.publisher = new Redis({ ...redisOptions(REDIS_URL), enableOfflineQueue: false });
    this.subscriber = new Redis(redisOptions(REDIS_URL));
    for (const client of [this.publisher, this.subscriber])
      client.on('error', (error) => log.debug({ err: String(error) }, 'redis'));
    this.subscriber.subscribe(LIVE_CHANNEL, WAKE_CHANNEL).catch(() => undefined);
    this.subscriber.on('message', (channel: string, body: string) => this.receive(channel, body));
    this.wake.listen(() => {
      if (this.isWakingOthers) this.publisher?.publish(WAKE_CHANNEL, '1').catch(() => undefined);
    });
  }

  onModuleDestroy(): void {
    this.publisher?.disconnect();
    this.subscriber?.disconnect();
  }

  /** After the commit of ctx's transaction (at once outside one): screens that show these topics read them anew. */
  touch(ctx: Ctx, topics: string[], to: LiveMessage['to'] = 'everyone'): void {
    const message: LiveMessage = { topics, to, origin: ctx.requestId || undefined };
    if (ctx.tx) ctx.tx.afterCommit.push(() => this.send(message));
    else this.send(message);
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private send(message: LiveMessage): void {
    if (this.publisher?.status === 'ready') {
      this.publisher.publish(LIVE_CHANNEL, JSON.stringify(message)).catch(() => this.hand(message));
    } else {
      this.hand(message);
    }
  }

  private receive(channel: string, body: string): void {
    if (channel === LIVE_CHANNEL) return this.hand(JSON.parse(body) as LiveMessage);
    this.isWakingOthers = false;
    this.wake.signal();
    this.isWakingOthers = true;
  }

  private hand(message: LiveMessage): void {
    for (const listener of this.listeners) listener(message);
  }
}
