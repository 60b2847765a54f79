import { Strategy } from 'passport-local';
import type { Credential } from './credential.entity';
import { verifyPassword } from './passwords';

/** What passport-local reads: login and password, and the credential found for the login, if any. */
type Attempt = { body: { login: string; password: string }; credential: Credential | null };

/** Checks a login and a password; an unknown login takes as long as a known one. */
export class PasswordStrategy {
  private readonly prototype = new Strategy(
    { usernameField: 'login', passwordField: 'password', session: false, passReqToCallback: true },
    (request, _login, password, done) => {
      const { credential } = request as unknown as Attempt;
      verifyPassword(credential?.passwordHash, password).then(
        (isRight) => done(null, isRight && credential ? credential : false),
        done,
      );
    },
  );

  check(credential: Credential | null, login: string, password: string): Promise<Credential | null> {
    return new Promise((resolve, reject) => {
      const run = Object.assign(Object.create(this.prototype) as Strategy, {
        success: (user: unknown) => resolve(user as Credential),
        fail: () => resolve(null),
        error: reject,
      });
      run.authenticate({ body: { login, password }, credential } as never, {} as never);
    });
  }
}
