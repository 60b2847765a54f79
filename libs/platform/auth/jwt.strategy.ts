import { createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Secrets } from './secrets';
import type { AccessClaims } from './tokens';

const MAX_AGE_SECONDS = 15 * 60;
const MOST_CHECKED = 10_000;

/** Claims and the seconds since 1970 between which they hold. */
type Checked = AccessClaims & { iat: number; exp: number };

/** Checks an access token: signature, algorithm, issuer, expiry, shape. The actor is loaded by the guard. */
@Injectable()
export class JwtStrategy implements OnModuleInit {
  private key?: KeyObject;
  private readonly checked = new Map<string, { claims: AccessClaims; until: number }>();

  constructor(private readonly secrets: Secrets) {}

  onModuleInit(): void {
    const strategy = new Strategy(
      {
        jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
        secretOrKeyProvider: (_request, _token, done) => done(null, this.secret()),
        algorithms: ['HS256'],
        issuer: 'opora',
        jsonWebTokenOptions: { maxAge: MAX_AGE_SECONDS },
      },
      (claims: Partial<Checked>, done) => {
        const isWhole =
          typeof claims.sub === 'string' &&
          typeof claims.sid === 'string' &&
          typeof claims.exp === 'number' &&
          typeof claims.iat === 'number';
        done(null, isWhole && (claims.kind === 'employee' || claims.kind === 'contact') ? claims : false);
      },
    );
    passport.use('opora-jwt', strategy);
  }

  /** Ready for use: from plain bytes the library would first try to make a public key, a millisecond for each request. */
  private secret(): Buffer {
    this.key ??= createSecretKey(this.secrets.key('access-token'));
    return this.key as KeyObject & Buffer;
  }

  /** The claims of the request's bearer token, or undefined. A signature that was right stays right: it is looked at once. */
  async check(token: string, request: unknown): Promise<AccessClaims | undefined> {
    const known = this.checked.get(token);
    if (known && known.until > Date.now()) return known.claims;
    const claims = await this.verify(request);
    if (this.checked.size >= MOST_CHECKED) this.checked.clear();
    if (claims) this.checked.set(token, { claims, until: Math.min(claims.exp, claims.iat + MAX_AGE_SECONDS) * 1000 });
    return claims;
  }

  private verify(request: unknown): Promise<Checked | undefined> {
    return new Promise((resolve) => {
      const handle = passport.authenticate(
        'opora-jwt',
        { session: false },
        (_error: unknown, claims: Checked | false | undefined) => resolve(claims || undefined),
      ) as (request: unknown, response: unknown, next: () => void) => void;
      handle(request, {}, () => resolve(undefined));
    });
  }
}
