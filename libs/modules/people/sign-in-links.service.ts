import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { defineJob, Handles, Jobs, type PayloadOf } from '@opora/platform/events';
import { Mailer } from '@opora/platform/mail';
import { Settings } from '@opora/platform/settings';
import { Templates } from '@opora/platform/templates';
import { Injectable } from '@nestjs/common';
import type { Subject, SubjectKind } from './credential.entity';
import { AuthError } from './people.errors';
import { randomToken, tokenHash } from './secrets';
import { type LinkPurpose, SignInLink } from './sign-in-link.entity';
import { SignInSubjects } from './sign-in-subjects.service';

/** Mails a one-time link, if somebody with this address may sign in. */
export const SendSignInLink = defineJob<{ kind: SubjectKind; email: string }>('people.send-sign-in-link');

const LIFE_MINUTES: Record<LinkPurpose, number> = { sign_in: 20, invite: 3 * 24 * 60 };
const TEMPLATES: Record<LinkPurpose, string> = { sign_in: 'people.sign-in-link', invite: 'people.invitation' };
const MAX_PER_QUARTER = 3;

/** Links that sign a person in once. The token travels in the fragment, which no server log sees. */
@Injectable()
export class SignInLinks {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly mailer: Mailer,
    private readonly templates: Templates,
    private readonly settings: Settings,
    private readonly subjects: SignInSubjects,
  ) {}

  /** The same answer in the same time whether the address is known or not: the work is done later. */
  async request(ctx: Ctx, kind: SubjectKind, email: string): Promise<void> {
    await this.db.tx(ctx, (ctx) =>
      this.jobs.enqueue(ctx, SendSignInLink({ kind, email }), { key: tokenHash(`${kind}:${email}`) }),
    );
  }

  @Handles(SendSignInLink)
  async sendRequested(ctx: Ctx, { kind, email }: PayloadOf<typeof SendSignInLink>): Promise<void> {
    const subject = await this.subjects.findByEmail(ctx, kind, email);
    if (subject && !(await this.isFlooded(ctx, { kind, id: subject.id })))
      await this.send(ctx, { kind, id: subject.id }, 'sign_in', email);
  }

  /** Mails a link now: an invitation to the portal. `email` picks one of several addresses. */
  async send(ctx: Ctx, { kind, id }: Subject, purpose: LinkPurpose, email?: string): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      const person = (await this.subjects.find(ctx, { kind, id })) ?? raise(AuthError.linkInvalid());
      const token = randomToken();
      const minutes = LIFE_MINUTES[purpose];
      await this.db.repo(ctx, SignInLink).insert({
        tokenHash: tokenHash(token),
        subjectKind: kind,
        subjectId: id,
        purpose,
        createdAt: ctx.now(),
        expiresAt: new Date(ctx.now().getTime() + minutes * 60_000),
        usedAt: null,
      });
      const variables = {
        name: person.name,
        minutes,
        hours: minutes / 60,
        url: `${this.settings.publicUrl}/portal/sign-in#token=${token}`,
      };
      const { subject, html, text } = await this.templates.render(ctx, TEMPLATES[purpose], person.locale, variables);
      await this.mailer.queue(ctx, { kind: 'requested', to: [email ?? person.email], subject, html, text });
    });
  }

  private async isFlooded(ctx: Ctx, { kind, id }: Subject): Promise<boolean> {
    const [row] = await this.db.query<{ count: number }>(
      ctx,
      `SELECT count(*)::int AS count FROM sign_in_link
       WHERE "subjectKind" = $1 AND "subjectId" = $2 AND purpose = 'sign_in' AND "createdAt" > $3::timestamptz - interval '15 minutes'`,
      [kind, id, ctx.now()],
    );
    return (row?.count ?? 0) >= MAX_PER_QUARTER;
  }
}
