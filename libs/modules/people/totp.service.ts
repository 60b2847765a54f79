import { Secrets } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { Attempts, type Guess } from './attempts.service';
import { Credential, type Subject } from './credential.entity';
import { Credentials } from './credentials.service';
import { AuthError } from './people.errors';
import { tokenHash } from './secrets';
import { newRecoveryCodes, newTotpSecret, totpStep, totpUri } from './totp';

const PURPOSE = 'totp';

/** The second factor: codes of an authenticator app, and recovery codes. */
@Injectable()
export class Totp {
  constructor(
    private readonly db: Db,
    private readonly secrets: Secrets,
    private readonly credentials: Credentials,
    private readonly attempts: Attempts,
  ) {}

  /** A new secret; it counts only after a code has confirmed it. */
  async begin(ctx: Ctx, subject: Subject): Promise<{ secret: string; uri: string }> {
    const credential = await this.get(ctx, subject);
    if (credential.totpConfirmedAt) throw AuthError.totpAlreadyOn();
    const secret = newTotpSecret();
    await this.db
      .repo(ctx, Credential)
      .update({ id: credential.id }, { totpSecret: this.secrets.encrypt(PURPOSE, secret), totpLastStep: null });
    return { secret, uri: totpUri(secret, credential.login) };
  }

  /** Switches the second factor on and returns the recovery codes, once. */
  async confirm(ctx: Ctx, subject: Subject, code: string, ip: string): Promise<string[]> {
    const credential = await this.get(ctx, subject);
    if (credential.totpConfirmedAt) throw AuthError.totpAlreadyOn();
    if (!credential.totpSecret) throw AuthError.totpOff();
    await this.guard(ctx, credential, ip, () => this.acceptsCode(ctx, credential, code));
    const codes = newRecoveryCodes();
    await this.db
      .repo(ctx, Credential)
      .update({ id: credential.id }, { totpConfirmedAt: ctx.now(), recoveryCodes: codes.map(tokenHash) });
    return codes;
  }

  async disable(ctx: Ctx, subject: Subject, code: string, ip: string): Promise<void> {
    const credential = await this.get(ctx, subject);
    if (!credential.totpConfirmedAt) throw AuthError.totpOff();
    await this.guard(ctx, credential, ip, () => this.accepts(ctx, credential, code));
    await this.credentials.resetTotp(ctx, subject);
  }

  /** True for a code that was not used before, or an unused recovery code, which is used up by this. */
  async accepts(ctx: Ctx, credential: Credential, code: string): Promise<boolean> {
    const typed = code.trim().toLowerCase();
    if (/^\d{3} ?\d{3}$/.test(typed)) return this.acceptsCode(ctx, credential, typed.replace(' ', ''));
    const used = await this.db.query(
      ctx,
      'UPDATE credential SET "recoveryCodes" = array_remove("recoveryCodes", $2) WHERE id = $1 AND $2 = ANY ("recoveryCodes") RETURNING id',
      [credential.id, tokenHash(typed)],
    );
    return used.length > 0;
  }

  private async acceptsCode(ctx: Ctx, { id, totpSecret }: Credential, code: string): Promise<boolean> {
    const step = totpSecret ? totpStep(this.secrets.decrypt(PURPOSE, totpSecret), code, ctx.now()) : null;
    if (step === null) return false;
    // The condition makes a code work once, also when two requests bring it at the same moment.
    const taken = await this.db.query(
      ctx,
      'UPDATE credential SET "totpLastStep" = $2 WHERE id = $1 AND coalesce("totpLastStep", 0) < $2 RETURNING id',
      [id, step],
    );
    return taken.length > 0;
  }

  private async get(ctx: Ctx, subject: Subject): Promise<Credential> {
    return (await this.credentials.find(ctx, subject)) ?? raise(AuthError.totpOff());
  }

  private async guard(ctx: Ctx, credential: Credential, ip: string, check: () => Promise<boolean>): Promise<void> {
    const guess: Guess = { kind: credential.subjectKind, login: credential.login, ip, isOwnDevice: true };
    await this.attempts.take(ctx, guess);
    if (!(await check())) throw AuthError.totpInvalid();
    await this.attempts.forgive(ctx, guess);
  }
}
