import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Settings } from '@opora/platform/settings';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SubjectKind } from './credential.entity';
import type { Browser } from './known-devices.service';
import { AuthError } from './people.errors';

const COOKIES = {
  employee: { refresh: 'opora_refresh', device: 'opora_device', path: '/api/v1/auth' },
  contact: { refresh: 'opora_portal_refresh', device: 'opora_portal_device', path: '/api/v1/portal/auth' },
} as const satisfies Record<SubjectKind, object>;

const REFRESH_SECONDS = 30 * 86_400;
const DEVICE_SECONDS = 400 * 86_400;

/** What a sign-in request tells about its browser. */
export const browserOf = (request: FastifyRequest, kind: SubjectKind): Browser => ({
  ip: request.ip,
  userAgent: (request.headers['user-agent'] ?? '').toWellFormed().replaceAll('\0', ''),
  deviceToken: request.cookies[COOKIES[kind].device],
});

export const refreshTokenOf = (request: FastifyRequest, kind: SubjectKind): string | undefined =>
  request.cookies[COOKIES[kind].refresh];

/** Out of reach of scripts, and not sent by other sites. */
export function keepCookies(
  reply: FastifyReply,
  settings: Settings,
  kind: SubjectKind,
  tokens: { refreshToken: string; deviceToken?: string },
): void {
  const { refresh, device, path } = COOKIES[kind];
  const options = { path, httpOnly: true, sameSite: 'lax' as const, secure: settings.publicUrl.startsWith('https:') };
  void reply.setCookie(refresh, tokens.refreshToken, { ...options, maxAge: REFRESH_SECONDS });
  if (tokens.deviceToken) void reply.setCookie(device, tokens.deviceToken, { ...options, maxAge: DEVICE_SECONDS });
}

export function dropCookies(reply: FastifyReply, kind: SubjectKind): void {
  void reply.clearCookie(COOKIES[kind].refresh, { path: COOKIES[kind].path });
}

/**
 * For routes that read or set sign-in cookies: another site's page cannot call them. Their answers carry secrets and are never kept for a repeat,
 * so an `Idempotency-Key` has no meaning here: a repeated sign-in is simply another sign-in.
 */
@Injectable()
export class OwnPageGuard implements CanActivate {
  constructor(private readonly settings: Settings) {}

  canActivate(host: ExecutionContext): boolean {
    const { headers } = host.switchToHttp().getRequest<FastifyRequest>();
    delete headers['idempotency-key'];
    if (headers['sec-fetch-site'] === 'cross-site') throw AuthError.foreignOrigin();
    const { origin } = headers;
    if (origin === undefined) return true;
    if (origin !== new URL(this.settings.publicUrl).origin && hostOf(origin) !== headers.host)
      throw AuthError.foreignOrigin();
    return true;
  }
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
