import { Injectable } from '@nestjs/common';
import type { Actor } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { QueryFailedError } from 'typeorm';
import { visibleContacts } from './clients.access';
import { ClientsError } from './clients.errors';
import { ContactEmail, ContactPhone } from './contact.entity';
import { toE164 } from './phone';

const UNIQUE_VIOLATION = '23505';

/** Mail addresses and phones of contacts. An address belongs to one active contact. */
@Injectable()
export class ContactAddresses {
  constructor(private readonly db: Db) {}

  /** Replaces the contact's addresses; the first is the main one. 409 if another active contact holds one of them. */
  async setEmails(ctx: TxCtx, contactId: string, emails: readonly string[]): Promise<void> {
    const repo = this.db.repo(ctx, ContactEmail);
    await repo.delete({ contactId });
    if (!emails.length) return;
    await this.refuseTaken(ctx, contactId, emails);
    await orTaken(
      repo.insert(
        emails.map((email, index) => ({ id: newId(), contactId, email, isPrimary: index === 0, isActive: true })),
      ),
      emails,
    );
  }

  /** Replaces the contact's phones; the first is the main one. */
  async setPhones(ctx: TxCtx, contactId: string, phones: readonly string[]): Promise<void> {
    const repo = this.db.repo(ctx, ContactPhone);
    await repo.delete({ contactId });
    const byE164 = new Map(phones.map((raw) => [toE164(raw), raw] as const).reverse());
    const kept = phones.filter((raw) => byE164.get(toE164(raw)) === raw);
    if (!kept.length) return;
    await repo.insert(
      kept.map((raw, index) => ({ id: newId(), contactId, e164: toE164(raw)!, raw, isPrimary: index === 0 })),
    );
  }

  /** An archived contact gives his addresses up; restored, he takes them back unless they are taken meanwhile. */
  async setActive(ctx: TxCtx, contactId: string, isActive: boolean): Promise<void> {
    const own = (await this.db.repo(ctx, ContactEmail).findBy({ contactId })).map(({ email }) => email);
    if (isActive) await this.refuseTaken(ctx, contactId, own);
    await orTaken(this.db.repo(ctx, ContactEmail).update({ contactId }, { isActive }), own);
  }

  /** Addresses of working employees among the given ones: a contact must not pass for one of us. */
  async refuseEmployees(ctx: TxCtx, emails: readonly string[]): Promise<void> {
    if (!emails.length) return;
    const [ours] = await this.db.query<{ email: string }>(
      ctx,
      'SELECT email FROM employee WHERE email = ANY($1::text[]) AND "archivedAt" IS NULL LIMIT 1',
      [emails],
    );
    if (ours) throw ClientsError.emailRefused({ email: ours.email });
  }

  /** Whose address it is among the active contacts, whether the actor may know or not. */
  async ownerOf(ctx: TxCtx, email: string): Promise<string | undefined> {
    return (await this.db.repo(ctx, ContactEmail).findOneBy({ email, isActive: true }))?.contactId;
  }

  private async refuseTaken(ctx: TxCtx, contactId: string, emails: readonly string[]): Promise<void> {
    const params = new SqlParams();
    const [taken] = await this.db.query<{ email: string; id: string; name: string; isVisible: boolean }>(
      ctx,
      `SELECT a.email, k.id, k.name, ${visibleTo(ctx.actor, params)} AS "isVisible" FROM contact_email a JOIN contact k ON k.id = a."contactId"
       WHERE a.email = ANY(${params.add(emails)}::text[]) AND a."isActive" AND a."contactId" <> ${params.add(contactId)} LIMIT 1`,
      params.values,
    );
    if (!taken) return;
    throw ClientsError.emailTaken(
      { email: taken.email },
      taken.isVisible ? { contact: { id: taken.id, name: taken.name } } : {},
    );
  }
}

const visibleTo = (actor: Actor, params: SqlParams): string => visibleContacts(actor, params, 'k.id');

/** The unique index has the last word when two people enter one address at the same moment. */
async function orTaken<Result>(writing: Promise<Result>, emails: readonly string[]): Promise<Result> {
  return writing.catch((error: unknown) => {
    const { code } = (error instanceof QueryFailedError ? error.driverError : {}) as { code?: string };
    throw code === UNIQUE_VIOLATION ? ClientsError.emailTaken({ email: emails.join(', ') }) : (error as Error);
  });
}
