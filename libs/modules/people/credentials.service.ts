import type { Ctx } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { Attempts } from './attempts.service';
import { Credential, type Subject, type SubjectKind } from './credential.entity';
import { hashPassword, issuedPassword, weakness } from './passwords';

/** Logins and passwords of employees and contacts. */
@Injectable()
export class Credentials {
  constructor(
    private readonly db: Db,
    private readonly attempts: Attempts,
  ) {}

  find(ctx: Ctx, { kind, id }: Subject): Promise<Credential | null> {
    return this.db.repo(ctx, Credential).findOneBy({ subjectKind: kind, subjectId: id });
  }

  findByLogin(ctx: Ctx, kind: SubjectKind, login: string): Promise<Credential | null> {
    return this.db.repo(ctx, Credential).findOneBy({ subjectKind: kind, login: login.trim().toLowerCase() });
  }

  /** Gives the subject a random password that must be replaced at the first sign-in, and returns it once. */
  async issuePassword(ctx: Ctx, subject: Subject, login: string): Promise<string> {
    const password = issuedPassword();
    await this.store(ctx, subject, login, password, true);
    return password;
  }

  /** Sets the person's own password; a weak one is refused at the field. */
  async setPassword(ctx: Ctx, subject: Subject, login: string, password: string, pointer = '/password'): Promise<void> {
    const reason = weakness(password, login);
    if (reason) throw fieldProblem(pointer, `auth.${reason}`);
    await this.store(ctx, subject, login, password, false);
  }

  /** The person's address has changed, and with it the login. */
  async renameLogin(ctx: Ctx, { kind, id }: Subject, login: string): Promise<void> {
    await this.db
      .repo(ctx, Credential)
      .update({ subjectKind: kind, subjectId: id }, { login: login.trim().toLowerCase() });
  }

  /** Takes the password away: the subject can sign in no more, except by a link that is sent to him. */
  async remove(ctx: Ctx, { kind, id }: Subject): Promise<void> {
    await this.db.repo(ctx, Credential).delete({ subjectKind: kind, subjectId: id });
  }

  /** Switches the second factor off. */
  async resetTotp(ctx: Ctx, { kind, id }: Subject): Promise<void> {
    await this.db
      .repo(ctx, Credential)
      .update(
        { subjectKind: kind, subjectId: id },
        { totpSecret: null, totpConfirmedAt: null, totpLastStep: null, recoveryCodes: [] },
      );
  }

  private async store(ctx: Ctx, subject: Subject, login: string, password: string, mustChange: boolean): Promise<void> {
    const passwordHash = await hashPassword(password);
    const lowered = login.trim().toLowerCase();
    await this.db.query(
      ctx,
      `INSERT INTO credential (id, "subjectKind", "subjectId", login, "passwordHash", "mustChange", "passwordChangedAt", "recoveryCodes", "createdAt")
       VALUES ($1, $2, $3, $4, $5, $6, $7, '{}', $7)
       ON CONFLICT ("subjectKind", "subjectId") DO UPDATE
         SET login = excluded.login, "passwordHash" = excluded."passwordHash", "mustChange" = excluded."mustChange", "passwordChangedAt" = $7`,
      [newId(), subject.kind, subject.id, lowered, passwordHash, mustChange, ctx.now()],
    );
    await this.attempts.forgiveAll(ctx, subject.kind, lowered);
  }
}
