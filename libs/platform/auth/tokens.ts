import { createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Secrets } from './secrets';

export const ACCESS_SECONDS = 600;
const ISSUER = 'opora';

export type SubjectKind = 'employee' | 'contact';
/** What an access token says: who, and in which session. */
export type AccessClaims = { sub: string; kind: SubjectKind; sid: string };

/** Access tokens: JWT, HS256, ten minutes. Their signing time is the real clock's, never the test clock's. */
@Injectable()
export class Tokens {
  private key?: KeyObject;

  constructor(
    private readonly jwt: JwtService,
    private readonly secrets: Secrets,
  ) {}

  issue(claims: AccessClaims): { accessToken: string; expiresAt: string } {
    const accessToken = this.jwt.sign(
      { kind: claims.kind, sid: claims.sid },
      {
        secret: this.secret(),
        algorithm: 'HS256',
        subject: claims.sub,
        issuer: ISSUER,
        expiresIn: ACCESS_SECONDS,
      },
    );
    return { accessToken, expiresAt: new Date(Date.now() + ACCESS_SECONDS * 1000).toISOString() };
  }
  /** Ready for use: from plain bytes the library would first try to make a private key, a millisecond for each token. */
  private secret(): Buffer {
    this.key ??= createSecretKey(this.secrets.key('access-token'));
    return this.key as KeyObject & Buffer;
  }
}
