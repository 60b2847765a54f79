import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, ANONYMOUS, contextOf, type Ctx, holds } from '../context';
import { AccessError, RequestError } from '../errors';
import { askedLocale } from '../http/locale';
import { ROUTE_RULE, type RouteRule } from '../permissions';
import { ActorSources } from './actor-sources';
import { JwtStrategy } from './jwt.strategy';
import { RateLimits } from './rate-limits';

type RequestWithCtx = FastifyRequest & { ctx?: Ctx };
const KEY_PREFIX = 'opora_';

/** Default deny: finds out who asks, counts the request, and lets it through only by the route's rule. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sources: ActorSources,
    private readonly jwt: JwtStrategy,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(host: ExecutionContext): Promise<boolean> {
    const request = host.switchToHttp().getRequest<RequestWithCtx>();
    const rule = this.reflector.getAllAndOverride<RouteRule | undefined>(ROUTE_RULE, [
      host.getHandler(),
      host.getClass(),
    ]);
    const actor = await this.actorOf(request, rule);
    request.ctx = contextOf(actor, {
      locale: askedLocale(request.headers['accept-language']) ?? actor.locale,
      requestId: String(request.id),
    });
    await this.count(actor, request, host.switchToHttp().getResponse<FastifyReply>());
    this.check(actor, rule);
    return true;
  }

  private async actorOf(request: RequestWithCtx, rule: RouteRule | undefined): Promise<Actor> {
    const header = request.headers.authorization;
    if (header === undefined) return ANONYMOUS;
    const token = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(header)?.[1];
    const actor = token ? await this.signedIn(token, request) : null;
    if (actor) return actor;
    // A stale token must not keep anybody from signing in anew.
    if (rule?.kind === 'public') return ANONYMOUS;
    throw AccessError.signInRequired();
  }

  private async signedIn(token: string, request: RequestWithCtx): Promise<Actor | null> {
    if (token.startsWith(KEY_PREFIX)) return this.sources.byKey(token);
    const claims = await this.jwt.check(token, request);
    return claims ? this.sources.bySession(claims.kind, claims.sub, claims.sid) : null;
  }

  private async count(actor: Actor, request: RequestWithCtx, reply: FastifyReply): Promise<void> {
    const who = actor.kind === 'anonymous' ? `ip:${request.ip}` : `${actor.kind}:${actor.apiKeyId ?? actor.id}`;
    const { limit, remaining, resetSeconds, isOver } = await this.limits.take(who);
    void reply
      .header('ratelimit-limit', String(limit))
      .header('ratelimit-remaining', String(remaining))
      .header('ratelimit-reset', String(resetSeconds));
    if (!isOver) return;
    void reply.header('retry-after', String(resetSeconds));
    throw RequestError.tooMany();
  }

  private check(actor: Actor, rule: RouteRule | undefined): void {
    if (rule?.kind === 'public') return;
    if (actor.kind === 'anonymous') throw AccessError.signInRequired();
    if (!rule) throw AccessError.denied();
    if (rule.kind === 'allow') {
      if (actor.kind !== 'employee' || !rule.permissions.some((permission) => holds(actor, permission)))
        throw AccessError.denied();
      if (actor.mustChangePassword) throw AccessError.passwordChangeRequired();
      return;
    }
    const expected = rule.kind === 'signed-in' ? 'employee' : 'contact';
    if (actor.kind !== expected) throw AccessError.denied();
    if (actor.mustChangePassword && !rule.duringPasswordChange) throw AccessError.passwordChangeRequired();
  }
}
