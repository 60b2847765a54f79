import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../context';
import { log } from '../log';
import { Live, type LiveMessage } from './live.service';

type Stream = { response: ServerResponse; audience: LiveMessage['to']; actor: Actor; isAlive: () => Promise<boolean> };
/** Decides which of the touched topics this person may hear of. Registered by the module that owns the noun in the topic. */
export type LiveFilter = { prefix: string; allows(actor: Actor, topics: string[]): Promise<string[]> };

const HEARTBEAT_MS = 20_000;
const MAX_BUFFERED = 256 * 1024;

/** The open event streams of this process. */
@Injectable()
export class LiveStreams implements OnModuleInit, OnModuleDestroy {
  private readonly streams = new Set<Stream>();
  private readonly filters: LiveFilter[] = [];
  private heart?: NodeJS.Timeout;
  private eventId = 0;

  constructor(private readonly live: Live) {}

  onModuleInit(): void {
    this.live.listen(
      (message) => void this.spread(message).catch((error: unknown) => log.warn({ err: String(error) }, 'live')),
    );
    this.heart = setInterval(() => void this.beat(), HEARTBEAT_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.heart);
    for (const stream of this.streams) stream.response.end();
    this.streams.clear();
  }

  get count(): number {
    return this.streams.size;
  }

  /** Topics that begin with the prefix are heard only by those the filter allows. */
  filter(filter: LiveFilter): void {
    this.filters.push(filter);
  }

  add(
    response: ServerResponse,
    headers: OutgoingHttpHeaders,
    audience: LiveMessage['to'],
    actor: Actor,
    isAlive: () => Promise<boolean>,
  ): void {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write(`retry: 2000\nid: ${this.eventId}\nevent: hello\ndata: {}\n\n`);
    const stream: Stream = { response, audience, actor, isAlive };
    this.streams.add(stream);
    response.on('close', () => this.streams.delete(stream));
    response.on('error', () => this.streams.delete(stream));
  }

  private async spread(message: LiveMessage): Promise<void> {
    const id = ++this.eventId;
    await Promise.all(
      [...this.streams]
        .filter((stream) => message.to === 'everyone' || message.to === stream.audience)
        .map(async (stream) => {
          const topics = await this.allowed(stream.actor, message.topics);
          if (topics.length) this.write(stream, `id: ${id}\nevent: touch\ndata: ${JSON.stringify({ topics })}\n\n`);
        }),
    );
  }

  private async allowed(actor: Actor, topics: string[]): Promise<string[]> {
    let heard = topics;
    for (const { prefix, allows } of this.filters) {
      const mine = heard.filter((topic) => topic.startsWith(prefix));
      if (!mine.length) continue;
      const allowed = new Set(await allows(actor, mine));
      heard = heard.filter((topic) => !topic.startsWith(prefix) || allowed.has(topic));
    }
    return heard;
  }

  /** A person whose session is over, or who does not read, is cut off. */
  private async beat(): Promise<void> {
    for (const stream of [...this.streams]) {
      const alive = await stream.isAlive().catch(() => true);
      if (alive) this.write(stream, ': beat\n\n');
      else stream.response.end();
    }
  }

  private write({ response }: Stream, text: string): void {
    if (response.writableLength > MAX_BUFFERED) response.destroy();
    else response.write(text);
  }
}
