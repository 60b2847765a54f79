import type { Ctx } from '@opora/platform/context';
import { newId } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { Attempts, type Guess } from './attempts.service';
import type { Credential, SubjectKind } from './credential.entity';
import { Credentials } from './credentials.service';
import { type Browser, KnownDevices, type SignedIn } from './known-devices.service';
import { PasswordStrategy } from './password.strategy';
import { AuthError } from './people.errors';
import { SignInSubjects } from './sign-in-subjects.service';
import { Totp } from './totp.service';

const passwords = new PasswordStrategy();

/** Signing in by password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly credentials: Credentials,
    private readonly attempts: Attempts,
    private readonly devices: KnownDevices,
    private readonly subjects: SignInSubjects,
    private readonly totp: Totp,
  ) {}

  /** The same refusal for an unknown login, a wrong password and a person who may not sign in. */
  async byPassword(
    ctx: Ctx,
    kind: SubjectKind,
    input: { login: string; password: string; totp?: string },
    browser: Browser,
  ): Promise<SignedIn> {
    const found = await this.credentials.findByLogin(ctx, kind, input.login);
    // Looked up for an unknown login too, so that both take the same time.
    const isOwnDevice = await this.devices.isKnown(ctx, { kind, id: found?.subjectId ?? newId() }, browser.deviceToken);
    const guess: Guess = { kind, login: input.login, ip: browser.ip, isOwnDevice };
    await this.attempts.take(ctx, guess);
    const credential = (await passwords.check(found, input.login, input.password)) ?? raise(AuthError.invalid());
    const subject = { kind, id: credential.subjectId };
    if (!(await this.subjects.find(ctx, subject))) throw AuthError.invalid();
    if (credential.totpConfirmedAt) await this.checkSecondFactor(ctx, credential, input.totp, guess);
    await this.attempts.forgive(ctx, guess);
    return this.devices.signIn(ctx, subject, browser, 'password');
  }

  private async checkSecondFactor(
    ctx: Ctx,
    credential: Credential,
    code: string | undefined,
    guess: Guess,
  ): Promise<void> {
    if (code === undefined || code === '') {
      await this.attempts.giveBack(ctx, guess);
      throw AuthError.totpRequired();
    }
    if (!(await this.totp.accepts(ctx, credential, code))) throw AuthError.totpInvalid();
  }
}
