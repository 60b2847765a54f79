import { Injectable } from '@nestjs/common';
import type { Actor } from '../context';
import type { SubjectKind } from './tokens';

type Loader = (id: string, sessionId: string) => Promise<Actor | null>;
type KeyLoader = (secret: string) => Promise<Actor | null>;

const TTL_MS = 5000;
const MAX_CACHED = 10_000;

/**
 * Where people come from: the module that owns a kind registers its loader, which also answers null when the session is over.
 * An actor is cached for five seconds, so a revoked one is refused within that time in every process.
 */
@Injectable()
export class ActorSources {
  private readonly loaders = new Map<SubjectKind, Loader>();
  private keyLoader?: KeyLoader;
  private readonly cache = new Map<string, { until: number; actor: Promise<Actor | null> }>();

  register(kind: SubjectKind, loader: Loader): void {
    this.loaders.set(kind, loader);
  }

  registerKeys(loader: KeyLoader): void {
    this.keyLoader = loader;
  }

  bySession(kind: SubjectKind, id: string, sessionId: string): Promise<Actor | null> {
    return this.cached(
      `${kind}:${id}:${sessionId}`,
      async () => (await this.loaders.get(kind)?.(id, sessionId)) ?? null,
    );
  }

  byKey(secret: string): Promise<Actor | null> {
    return this.cached(`key:${secret}`, async () => (await this.keyLoader?.(secret)) ?? null);
  }

  /** Forgets a person at once in this process; other processes follow within the cache time. */
  forget(kind: SubjectKind, id: string): void {
    for (const key of this.cache.keys())
      if (key.startsWith(`${kind}:${id}:`) || key.startsWith('key:')) this.cache.delete(key);
  }

  /** Forgets everybody, when roles or teams have changed. */
  forgetAll(): void {
    this.cache.clear();
  }

  private cached(key: string, load: () => Promise<Actor | null>): Promise<Actor | null> {
    const now = Date.now();
    const hit = this.cache.get(key);
    if (hit && hit.until > now) return hit.actor;
    if (this.cache.size >= MAX_CACHED) this.cache.clear();
    const actor = load();
    this.cache.set(key, { until: now + TTL_MS, actor });
    actor.catch(() => this.cache.delete(key));
    return actor;
  }
}
