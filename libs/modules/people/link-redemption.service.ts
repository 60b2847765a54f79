import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Every } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import { Attempts } from './attempts.service';
import type { Subject, SubjectKind } from './credential.entity';
import { type Browser, KnownDevices, type SignedIn } from './known-devices.service';
import { AuthError } from './people.errors';
import { tokenHash } from './secrets';
import { SignInSubjects } from './sign-in-subjects.service';

/** Signing in by a one-time link. */
@Injectable()
export class LinkRedemption {
  constructor(
    private readonly db: Db,
    private readonly subjects: SignInSubjects,
    private readonly attempts: Attempts,
    private readonly devices: KnownDevices,
  ) {}

  /** Uses a link up, with every other link of the person. */
  async redeem(ctx: Ctx, kind: SubjectKind, token: string, browser: Browser): Promise<SignedIn> {
    return this.db.tx(ctx, async (ctx) => {
      const [link] = await this.db.query<{ subjectId: string }>(
        ctx,
        `UPDATE sign_in_link SET "usedAt" = $3 WHERE "tokenHash" = $1 AND "subjectKind" = $2 AND "usedAt" IS NULL AND "expiresAt" > $3 RETURNING "subjectId"`,
        [tokenHash(token), kind, ctx.now()],
      );
      const subject = link && { kind, id: link.subjectId };
      const person = subject && (await this.subjects.find(ctx, subject));
      if (!subject || !person) throw AuthError.linkInvalid();
      await this.revokeAll(ctx, subject);
      await this.attempts.forgiveAll(ctx, kind, person.email);
      return this.devices.signIn(ctx, subject, browser, 'link');
    });
  }

  /** Makes every unused link of the person worthless. */
  async revokeAll(ctx: Ctx, { kind, id }: Subject): Promise<void> {
    await this.db.query(
      ctx,
      'UPDATE sign_in_link SET "usedAt" = $3 WHERE "subjectKind" = $1 AND "subjectId" = $2 AND "usedAt" IS NULL',
      [kind, id, ctx.now()],
    );
  }

  @Every(3600)
  async purge(ctx: Ctx): Promise<void> {
    await this.db.query(ctx, `DELETE FROM sign_in_link WHERE "expiresAt" < $1::timestamptz - interval '7 days'`, [
      ctx.now(),
    ]);
  }
}
