import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { QueryFailedError } from 'typeorm';
import { type Ctx } from '../context';
import { Secrets } from '../auth/secrets';
import { Db } from '../db';
import { fieldProblem, RequestError } from '../errors';

type Kept = { bodyHash: string; status: number; body: string | null; headers: Record<string, string> };
const PURPOSE = 'idempotent-answer';
const KEPT_HEADERS = ['etag', 'location'];
const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * `Idempotency-Key` on a POST: the effect and the answer are written in one transaction, so a repeat after any crash either finds both or
 * neither. The same key with the same body gets the first answer again (`Idempotency-Replayed: true`); with another body, 409.
 * The answer is kept encrypted: it may hold an issued password. A refused request keeps nothing and is tried anew. Keys live for 24 hours.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly db: Db,
    private readonly secrets: Secrets,
  ) {}

  intercept(host: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = host.switchToHttp().getRequest<FastifyRequest & { ctx?: Ctx }>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined || !request.ctx) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key))
      throw fieldProblem('/headers/Idempotency-Key', 'request.idempotencyKeyInvalid');
    return from(this.once(request.ctx, key, request, host.switchToHttp().getResponse<FastifyReply>(), next));
  }

  private once(
    outer: Ctx,
    key: string,
    request: FastifyRequest & { ctx?: Ctx },
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const owner = `${outer.actor.kind}:${outer.actor.id}`;
    const route = `${request.method} ${request.url.split('?')[0]}`;
    const bodyHash = createHash('sha256')
      .update(request.isMultipart?.() ? '' : JSON.stringify(request.body ?? null))
      .digest('hex');
    return this.db.tx(outer, async (ctx) => {
      const isFirst = await this.claim(ctx, key, owner, route, bodyHash);
      if (!isFirst) return this.replay(ctx, key, owner, route, bodyHash, reply);
      request.ctx = ctx;
      const body: unknown = await firstValueFrom(next.handle(), { defaultValue: undefined });
      const headers = Object.fromEntries(
        KEPT_HEADERS.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
      );
      await this.db.query(
        ctx,
        `UPDATE idempotency_key SET status = $4, body = $5, headers = $6 WHERE key = $1 AND owner = $2 AND route = $3`,
        [
          key,
          owner,
          route,
          reply.statusCode,
          body === undefined ? null : this.secrets.encrypt(PURPOSE, JSON.stringify(body)),
          JSON.stringify(headers),
        ],
      );
      return body;
    });
  }

  /** Waits for a twin in flight, up to five seconds, then answers 409. */
  private async claim(ctx: Ctx, key: string, owner: string, route: string, bodyHash: string): Promise<boolean> {
    try {
      await this.db.query(ctx, `SET LOCAL lock_timeout = '5s'`);
      const rows = await this.db.query(
        ctx,
        `INSERT INTO idempotency_key (key, owner, route, "bodyHash", "createdAt") VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING key`,
        [key, owner, route, bodyHash, ctx.now()],
      );
      await this.db.query(ctx, `SET LOCAL lock_timeout = 0`);
      return rows.length > 0;
    } catch (error) {
      if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '55P03')
        throw RequestError.idempotencyInFlight();
      throw error;
    }
  }

  private async replay(
    ctx: Ctx,
    key: string,
    owner: string,
    route: string,
    bodyHash: string,
    reply: FastifyReply,
  ): Promise<unknown> {
    const [kept] = await this.db.query<Kept>(
      ctx,
      `SELECT * FROM idempotency_key WHERE key = $1 AND owner = $2 AND route = $3`,
      [key, owner, route],
    );
    if (!kept) throw RequestError.idempotencyInFlight();
    if (kept.bodyHash !== bodyHash) throw RequestError.idempotencyMismatch();
    for (const [name, value] of Object.entries(kept.headers)) void reply.header(name, value);
    void reply.status(kept.status).header('idempotency-replayed', 'true');
    return kept.body === null ? undefined : (JSON.parse(this.secrets.decrypt(PURPOSE, kept.body)) as unknown);
  }
}
