import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Every } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import type { Subject } from './credential.entity';
import type { Session, SignInMethod } from './session.entity';
import { type Device, Sessions } from './sessions.service';
import { randomToken, tokenHash } from './secrets';

/** The browser that asks: with the token by which it is recognised. */
export type Browser = Device & { deviceToken?: string };
export type SignedIn = { subject: Subject; session: Session; refreshToken: string; deviceToken: string };

/** Browsers in which a person has signed in before: strangers' guesses do not slow them down. */
@Injectable()
export class KnownDevices {
  constructor(
    private readonly db: Db,
    private readonly sessions: Sessions,
  ) {}

  /** Opens a session for somebody who has proved who he is, and remembers the browser. */
  async signIn(ctx: Ctx, subject: Subject, browser: Browser, method: SignInMethod): Promise<SignedIn> {
    return this.db.tx(ctx, async (ctx) => {
      const deviceToken = await this.remember(ctx, subject, browser.deviceToken);
      return { subject, deviceToken, ...(await this.sessions.open(ctx, subject, browser, method)) };
    });
  }

  async isKnown(ctx: Ctx, { kind, id }: Subject, token: string | undefined): Promise<boolean> {
    const rows = await this.db.query(
      ctx,
      'SELECT 1 FROM known_device WHERE "tokenHash" = $1 AND "subjectKind" = $2 AND "subjectId" = $3',
      [tokenHash(token ?? ''), kind, id],
    );
    return rows.length > 0;
  }

  /** The token stays the same, or is made now. */
  private async remember(ctx: Ctx, { kind, id }: Subject, token: string | undefined): Promise<string> {
    const known = token && /^[\w-]{43}$/.test(token) ? token : randomToken();
    await this.db.query(
      ctx,
      `INSERT INTO known_device ("tokenHash", "subjectKind", "subjectId", "lastUsedAt") VALUES ($1, $2, $3, $4)
       ON CONFLICT ("tokenHash", "subjectKind", "subjectId") DO UPDATE SET "lastUsedAt" = excluded."lastUsedAt"`,
      [tokenHash(known), kind, id, ctx.now()],
    );
    return known;
  }

  /** After a password was reset: every browser must prove itself anew. */
  async forgetAll(ctx: Ctx, { kind, id }: Subject): Promise<void> {
    await this.db.query(ctx, 'DELETE FROM known_device WHERE "subjectKind" = $1 AND "subjectId" = $2', [kind, id]);
  }

  @Every(86_400)
  async purge(ctx: Ctx): Promise<void> {
    await this.db.query(ctx, `DELETE FROM known_device WHERE "lastUsedAt" < $1::timestamptz - interval '400 days'`, [
      ctx.now(),
    ]);
  }
}
