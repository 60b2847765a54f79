import { createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Secrets } from './secrets';
import type { AccessClaims } from './tokens';

const MAX_AGE = '15m';

/** Checks an access token: signature, algorithm, issuer, expiry, shape. The actor is loaded by the guard. */
@Injectable()
export class JwtStrategy implements OnModuleInit {
  private key?: KeyObject;

  constructor(private readonly secrets: Secrets) {}

  onModuleInit(): void {
    const strategy = new Strategy(
      {
        jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
        secretOrKeyProvider: (_request, _token, done) => done(null, this.secret()),
        algorithms: ['HS256'],
        issuer: 'opora',
        jsonWebTokenOptions: { maxAge: MAX_AGE },
      },
      (claims: Partial<AccessClaims> & { exp?: number }, done) => {
        const isWhole =
          typeof claims.sub === 'string' && typeof claims.sid === 'string' && typeof claims.exp === 'number';
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

  /** The claims of the request's bearer token, or undefined. */
  check(request: unknown): Promise<AccessClaims | undefined> {
    return new Promise((resolve) => {
      const handle = passport.authenticate(
        'opora-jwt',
        { session: false },
        (_error: unknown, claims: AccessClaims | false | undefined) => resolve(claims || undefined),
      ) as (request: unknown, response: unknown, next: () => void) => void;
      handle(request, {}, () => resolve(undefined));
    });
  }
}
