import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { AccessError, fieldProblem, raise } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { Attempts, type Guess } from './attempts.service';
import type { Credential, Subject } from './credential.entity';
import { Credentials } from './credentials.service';
import { LinkRedemption } from './link-redemption.service';
import { verifyPassword } from './passwords';
import { Sessions } from './sessions.service';
import { SignInSubjects } from './sign-in-subjects.service';

/** For so long a session begun by a link may set a password without knowing the old one. */
const LINK_TRUST_MS = 30 * 60_000;

/** Changing the own password. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly db: Db,
    private readonly credentials: Credentials,
    private readonly attempts: Attempts,
    private readonly sessions: Sessions,
    private readonly subjects: SignInSubjects,
    private readonly links: LinkRedemption,
  ) {}

  /** Replaces the own password and ends the other sessions. Right after a one-time link the old password is not asked. */
  async change(ctx: Ctx, input: { current?: string; next: string }, ip: string): Promise<void> {
    const { actor } = ctx;
    if ((actor.kind !== 'employee' && actor.kind !== 'contact') || !actor.sessionId) throw AccessError.denied();
    const subject: Subject = { kind: actor.kind, id: actor.id };
    const credential = await this.credentials.find(ctx, subject);
    if (!(await this.isFreshLink(ctx, actor.sessionId))) await this.checkCurrent(ctx, credential, input.current, ip);
    if (credential && (await verifyPassword(credential.passwordHash, input.next)))
      throw fieldProblem('/next', 'auth.passwordSame');
    const login = credential?.login ?? (await this.subjects.find(ctx, subject))?.email ?? raise(AccessError.denied());
    await this.db.tx(ctx, async (ctx) => {
      await this.credentials.setPassword(ctx, subject, login, input.next, '/next');
      await this.sessions.revokeAll(ctx, subject, actor.sessionId);
      await this.links.revokeAll(ctx, subject);
    });
  }

  private async isFreshLink(ctx: Ctx, sessionId: string): Promise<boolean> {
    const session = await this.sessions.find(ctx, sessionId);
    return session?.method === 'link' && ctx.now().getTime() - session.createdAt.getTime() <= LINK_TRUST_MS;
  }

  private async checkCurrent(
    ctx: Ctx,
    credential: Credential | null,
    current: string | undefined,
    ip: string,
  ): Promise<void> {
    if (!credential || current === undefined) throw fieldProblem('/current', 'auth.passwordWrong');
    const guess: Guess = { kind: credential.subjectKind, login: credential.login, ip, isOwnDevice: true };
    await this.attempts.take(ctx, guess);
    if (!(await verifyPassword(credential.passwordHash, current))) throw fieldProblem('/current', 'auth.passwordWrong');
  }
}
