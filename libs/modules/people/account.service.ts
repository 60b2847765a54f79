import { Tokens } from '@opora/platform/auth';
import { type Ctx, type EmployeeActor, systemContext } from '@opora/platform/context';
import { raise } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { permissionsOf } from './actor-lookup';
import type { MeView, PortalSignedInView, SignedInView } from './auth.dto';
import { Credentials } from './credentials.service';
import { Employees } from './employees.service';
import { AuthError } from './people.errors';
import type { OpenSession } from './sessions.service';
import { SignInSubjects } from './sign-in-subjects.service';

/** What a signed-in person is told: the access token and who he is. */
@Injectable()
export class Account {
  constructor(
    private readonly tokens: Tokens,
    private readonly employees: Employees,
    private readonly subjects: SignInSubjects,
    private readonly credentials: Credentials,
  ) {}

  async signedIn(ctx: Ctx, { session }: OpenSession): Promise<SignedInView> {
    const actor = (await this.employees.loadActor(ctx, session.subjectId)) ?? raise(AuthError.sessionRevoked());
    const token = this.tokens.issue({ kind: 'employee', sub: actor.id, sid: session.id });
    return { ...token, mustChangePassword: actor.mustChangePassword, me: await this.meOf(ctx, actor) };
  }

  async portalSignedIn(ctx: Ctx, { session }: OpenSession): Promise<PortalSignedInView> {
    const subject = { kind: 'contact' as const, id: session.subjectId };
    if (!(await this.subjects.find(ctx, subject))) throw AuthError.sessionRevoked();
    const token = this.tokens.issue({ kind: 'contact', sub: subject.id, sid: session.id });
    return { ...token, mustChangePassword: (await this.credentials.find(ctx, subject))?.mustChange ?? false };
  }

  async meOf(ctx: Ctx, actor: EmployeeActor): Promise<MeView> {
    const row = await this.employees.getRow({ ...systemContext(), tx: ctx.tx }, actor.id);
    return {
      id: actor.id,
      kind: 'employee',
      name: row.name,
      email: row.email,
      phone: row.phone,
      locale: row.locale,
      timeZone: row.timeZone,
      teams: row.teams.map(({ id, name, line }) => ({ id, name, line })),
      permissions: permissionsOf(actor),
      mayWriteToClients: actor.mayWriteToClients,
      seesClientContacts: actor.seesClientContacts,
      mustChangePassword: actor.mustChangePassword,
      totpEnabled: row.totpEnabled,
    };
  }
}
