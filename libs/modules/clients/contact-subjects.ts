import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SignInSubjects, type SignInSubject } from '@opora/modules/people';
import type { ContactActor, Ctx, Locale, Membership } from '@opora/platform/context';
import { Db } from '@opora/platform/db';

type ActorRow = { id: string; name: string; locale: Locale; memberships: Membership[] };

const SUBJECT = `
  SELECT k.id, k.name, k.locale, a.email FROM contact k
  JOIN contact_email a ON a."contactId" = k.id AND a."isActive" WHERE k."archivedAt" IS NULL`;

const ACTOR = `
  SELECT k.id, k.name, k.locale,
    COALESCE((SELECT jsonb_agg(jsonb_build_object('companyId', m."companyId", 'seesCompany', m."seesCompany", 'closesCompany', m."closesCompany",
                'isAdmin', m."isAdmin", 'objectIds', to_jsonb(m."objectIds")) ORDER BY lower(c.name), c.id)
              FROM membership m JOIN company c ON c.id = m."companyId" AND c."archivedAt" IS NULL WHERE m."contactId" = k.id), '[]') AS memberships
  FROM contact k WHERE k.id = $1 AND k."archivedAt" IS NULL`;

/** Contacts are people who can sign in to the portal; the archived are not. */
@Injectable()
export class ContactSubjects implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly subjects: SignInSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('contact', {
      find: (ctx, id) => this.subject(ctx, 'k.id = $1', id),
      findByEmail: (ctx, email) => this.subject(ctx, 'a.email = $1', email),
      loadActor: (ctx, id) => this.loadActor(ctx, id),
    });
  }

  private async subject(ctx: Ctx, condition: string, value: string): Promise<SignInSubject | null> {
    const [row] = await this.db.query<SignInSubject>(
      ctx,
      `${SUBJECT} AND ${condition} ORDER BY a."isPrimary" DESC LIMIT 1`,
      [value],
    );
    return row ?? null;
  }

  /** The contact with his rights in every company outside the archive. */
  private async loadActor(ctx: Ctx, id: string): Promise<ContactActor | null> {
    const [row] = await this.db.query<ActorRow>(ctx, ACTOR, [id]);
    return row ? { kind: 'contact', ...row, mustChangePassword: false } : null;
  }
}
