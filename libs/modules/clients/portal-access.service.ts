import { Injectable } from '@nestjs/common';
import { Credentials, Sessions, SignInLinks } from '@opora/modules/people';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { AccessError, raise } from '@opora/platform/errors';
import { ClientsPermission, seesContacts, visibleContacts } from './clients.access';
import { ClientsError } from './clients.errors';
import { type INVITE_METHODS, type InvitationView, primaryEmailOf } from './contacts.dto';
import { Contacts } from './contacts.service';

/** Gives contacts access to the portal. */
@Injectable()
export class PortalAccess {
  constructor(
    private readonly db: Db,
    private readonly contacts: Contacts,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
    private readonly links: SignInLinks,
  ) {}

  /** Mails a one-time link, or issues a password that is shown once and ends the contact's sessions. */
  invite(ctx: Ctx, id: string, method: (typeof INVITE_METHODS)[number]): Promise<InvitationView> {
    return this.db.tx(ctx, async (ctx) => {
      const contact = await this.contacts.get(ctx, id);
      if (!seesContacts(ctx.actor) || !(await this.isInReach(ctx, id))) throw AccessError.denied();
      if (contact.archivedAt) throw ClientsError.contactArchived({ name: contact.name });
      const login = primaryEmailOf(contact) ?? raise(ClientsError.contactHasNoEmail({ name: contact.name }));
      const subject = { kind: 'contact' as const, id };
      if (method === 'link') {
        await this.links.send(ctx, subject, 'invite', login);
        return { login, issuedPassword: null, sentTo: login };
      }
      const issuedPassword = await this.credentials.issuePassword(ctx, subject, login);
      await this.sessions.revokeAll(ctx, subject);
      return { login, issuedPassword, sentTo: null };
    });
  }

  private async isInReach(ctx: Ctx, id: string): Promise<boolean> {
    const params = new SqlParams();
    const [row] = await this.db.query<{ inReach: boolean }>(
      ctx,
      `SELECT EXISTS (SELECT 1 FROM contact k WHERE k.id = ${params.add(id)}
         AND ${visibleContacts(ctx.actor, params, 'k.id', ClientsPermission.manage_portal)}) AS "inReach"`,
      params.values,
    );
    return row?.inReach ?? false;
  }
}
