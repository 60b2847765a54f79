import { Injectable } from '@nestjs/common';
import { Credentials } from '@opora/modules/people';
import { ActorSources } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, ProblemError, raise } from '@opora/platform/errors';
import { Events } from '@opora/platform/events';
import { keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { seesContacts } from './clients.access';
import { ClientsError } from './clients.errors';
import { ContactChanged } from './clients.events';
import { ContactAddresses } from './contact-addresses.service';
import { Contact } from './contact.entity';
import {
  type ContactFields,
  type ContactRow,
  type CreateContact,
  type ListContacts,
  type LookupContact,
  type MembershipFields,
  primaryEmailOf,
  toContactView,
  type UpdateContact,
} from './contacts.dto';
import { filterContacts, selectContacts } from './contacts.query';
import { ClientFields, withoutFlat } from './client-fields.service';
import { changedFields, conflictsOf, definedOf, nextVersion } from './field-versions';
import { Memberships } from './memberships.service';
import { toE164 } from './phone';
import { searchable, toOneLine } from './plain-text';

type Editable = Contact & { emails: string[]; phones: string[] };

@Injectable()
export class Contacts {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly live: Live,
    private readonly addresses: ContactAddresses,
    private readonly memberships: Memberships,
    private readonly credentials: Credentials,
    private readonly actors: ActorSources,
    private readonly fields: ClientFields,
  ) {}

  async list(ctx: Ctx, query: ListContacts): Promise<Page<ContactRow>> {
    const rows = await this.select(
      ctx,
      query.limit + 1,
      (params) => filterContacts(ctx.actor, params, query),
      query.cf,
    );
    return pageOfRows(rows, query.limit, (row) => keyset(row.sortName, row.id));
  }

  async find(ctx: Ctx, id: string): Promise<ContactRow | undefined> {
    const [row] = await this.select(ctx, 1, (params) => `k.id = ${params.add(id)}`);
    return row;
  }

  /** The contact, in the archive too; 404 if the actor may not see him. */
  async get(ctx: Ctx, id: string): Promise<ContactRow> {
    return (await this.find(ctx, id)) ?? raise(ClientsError.contactNotFound());
  }

  /** The active contact behind a mail address. */
  async findByEmail(ctx: Ctx, email: string): Promise<ContactRow | undefined> {
    const [row] = await this.select(
      ctx,
      1,
      (params) =>
        `k.id = (SELECT a."contactId" FROM contact_email a WHERE a.email = ${params.add(email.trim().toLowerCase())} AND a."isActive")`,
    );
    return row;
  }

  /** Active contacts behind a phone in any notation; several people may share one. */
  async findByPhone(ctx: Ctx, phone: string): Promise<ContactRow[]> {
    const e164 = toE164(phone);
    if (!e164) return [];
    return this.select(
      ctx,
      50,
      (params) =>
        `k."archivedAt" IS NULL AND k.id IN (SELECT p."contactId" FROM contact_phone p WHERE p.e164 = ${params.add(e164)})`,
    );
  }

  /** Who calls or writes; whoever must not see addresses cannot probe them either. */
  async lookup(ctx: Ctx, { email, phone }: LookupContact): Promise<ContactRow[]> {
    if (!seesContacts(ctx.actor)) throw AccessError.denied();
    if (email) return [await this.findByEmail(ctx, email)].filter((row) => row !== undefined);
    if (phone)
      return toE164(phone) ? this.findByPhone(ctx, phone) : raise(fieldProblem('/phone', 'validation.isPhone'));
    throw fieldProblem('/email', 'clients.lookupEmpty');
  }

  create(ctx: Ctx, input: CreateContact): Promise<ContactRow> {
    refuseHiddenContacts(ctx, input);
    const { memberships = [], emails = [], phones = [], ...fields } = input;
    return this.db.tx(ctx, async (ctx) => {
      await this.addresses.refuseEmployees(ctx, emails);
      const id = await this.insert(ctx, fields, emails, phones);
      for (const [index, { companyId, ...rights }] of memberships.entries()) {
        const pointer = `/memberships/${index}`;
        await this.memberships
          .put(ctx, id, companyId, rights, pointer)
          .catch((error: unknown) => raise(asField(error, `${pointer}/companyId`)));
      }
      return (await this.find(ctx, id)) ?? raise(fieldProblem('/memberships', 'clients.companyRequired'));
    });
  }

  /**
   * The contact behind a mail address, made if there is none. He belongs to no company:
   * an address that nobody has verified, and its domain, give no rights.
   */
  ensureContactForMail(ctx: Ctx, { email, name }: { email: string; name?: string }): Promise<ContactRow> {
    return this.db.tx(ctx, async (ctx) => {
      const address = email.trim().toLowerCase();
      // Two messages of one stranger may be read at once: the second waits and finds him.
      await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('clients.contact-for-mail'), hashtext($1))`, [
        address,
      ]);
      const present = await this.findByEmail(ctx, address);
      if (present) return present;
      const shown = toOneLine(name ?? '').slice(0, 200) || address;
      return this.get(ctx, await this.insert(ctx, { name: shown }, [address], []));
    });
  }

  /** Changes the fields of the patch. What others changed since version `seen` stays; the same field with another value is a conflict. */
  update(ctx: Ctx, id: string, seen: number, { customFields, ...fields }: UpdateContact): Promise<ContactRow> {
    refuseHiddenContacts(ctx, fields);
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.getForUpdate(ctx, id);
      const before: Editable = {
        ...row,
        emails: row.emails.map(({ email }) => email),
        phones: row.phones.map(({ raw }) => raw),
      };
      const own = await this.fields.change(ctx, 'contact', customFields, row.customFields);
      Object.assign(before, own?.before);
      const patch: Partial<Editable> = { ...definedOf(fields), ...own?.patch };
      const conflicts = conflictsOf(before, seen, patch);
      if (conflicts.length) throw ClientsError.stale({}, { current: toContactView(ctx, row), conflicts });
      const changed = changedFields(before, patch);
      if (!changed.length) return row;
      const { emails, phones, ...changes } = withoutFlat(nextVersion(before, patch));
      if (own) changes.customFields = own.values;
      if (emails) await this.replaceEmails(ctx, row, emails);
      if (phones) await this.addresses.setPhones(ctx, id, phones);
      const searched = searchOf(changes.name ?? row.name, emails ?? before.emails, phones ?? before.phones);
      await this.db.repo(ctx, Contact).update({ id }, { ...changes, ...searched } as never);
      await this.tell(ctx, id, changed);
      return this.get(ctx, id);
    });
  }

  /** Makes the contact a member of the company, or replaces his rights there. */
  setMembership(ctx: Ctx, id: string, companyId: string, rights: MembershipFields): Promise<ContactRow> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx, id);
      await this.get(ctx, id);
      await this.memberships.put(ctx, id, companyId, rights);
      return this.get(ctx, id);
    });
  }

  /** Puts the contact into the archive: he signs in no more, his addresses are free, his tickets keep his name. */
  archive(ctx: Ctx, id: string): Promise<ContactRow> {
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.getForUpdate(ctx, id);
      if (row.archivedAt) return row;
      await this.credentials.remove(ctx, { kind: 'contact', id });
      return this.setArchived(ctx, row, ctx.now());
    });
  }

  /** Takes the contact back. The portal has to be given anew. */
  restore(ctx: Ctx, id: string): Promise<ContactRow> {
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.getForUpdate(ctx, id);
      return row.archivedAt ? this.setArchived(ctx, row, null) : row;
    });
  }

  /** Locks the contact's row and returns it, if the actor may change it. */
  async getForUpdate(ctx: TxCtx, id: string): Promise<ContactRow> {
    await this.lock(ctx, id);
    const row = await this.get(ctx, id);
    if (!row.isManaged) throw AccessError.denied();
    return row;
  }

  /** Writes a new contact without asking who does it: the caller has decided. */
  async insert(
    ctx: TxCtx,
    fields: Omit<ContactFields, 'emails' | 'phones'>,
    emails: readonly string[],
    phones: readonly string[],
  ): Promise<string> {
    const own = await this.fields.change(ctx, 'contact', fields.customFields ?? {});
    const contact: Contact = {
      id: newId(),
      name: fields.name,
      position: fields.position ?? null,
      telegram: fields.telegram ?? null,
      locale: fields.locale ?? 'ru',
      comment: fields.comment ?? null,
      customFields: own?.values ?? {},
      ...searchOf(fields.name, emails, phones),
      fieldVersions: {},
      version: 1,
      archivedAt: null,
      createdAt: ctx.now(),
    };
    await this.db.repo(ctx, Contact).insert(contact);
    await this.addresses.setEmails(ctx, contact.id, emails);
    await this.addresses.setPhones(ctx, contact.id, phones);
    this.live.touch(ctx, ['contacts', `contacts:${contact.id}`], 'staff');
    return contact.id;
  }

  private async replaceEmails(ctx: TxCtx, row: ContactRow, emails: string[]): Promise<void> {
    const kept = row.emails.map(({ email }) => email);
    await this.addresses.refuseEmployees(
      ctx,
      emails.filter((email) => !kept.includes(email)),
    );
    await this.addresses.setEmails(ctx, row.id, emails);
    if (row.archivedAt) await this.addresses.setActive(ctx, row.id, false);
    if (emails[0] === primaryEmailOf(row)) return;
    const subject = { kind: 'contact' as const, id: row.id };
    await (emails[0] ? this.credentials.renameLogin(ctx, subject, emails[0]) : this.credentials.remove(ctx, subject));
  }

  private async setArchived(ctx: TxCtx, { id, version }: ContactRow, archivedAt: Date | null): Promise<ContactRow> {
    await this.addresses.setActive(ctx, id, !archivedAt);
    await this.db.repo(ctx, Contact).update({ id }, { archivedAt, version: version + 1 });
    await this.tell(ctx, id, ['archivedAt']);
    return this.get(ctx, id);
  }

  private async tell(ctx: TxCtx, contactId: string, fields: string[]): Promise<void> {
    ctx.tx.afterCommit.push(() => this.actors.forget('contact', contactId));
    await this.events.publish(ctx, ContactChanged({ contactId, fields }));
    this.live.touch(ctx, ['contacts', `contacts:${contactId}`], 'staff');
  }

  /** Holds the contact's row until the end of the transaction. */
  async lock(ctx: TxCtx, id: string): Promise<void> {
    await this.db.query(ctx, 'SELECT 1 FROM contact WHERE id = $1 FOR NO KEY UPDATE', [id]);
  }

  private async select(
    ctx: Ctx,
    limit: number,
    where: (params: SqlParams) => string,
    cf?: string[],
  ): Promise<ContactRow[]> {
    const params = new SqlParams();
    const own = await this.fields.condition(ctx, 'contact', params, 'k."customFields"', cf);
    const sql = `${selectContacts(ctx.actor, params)} AND ${where(params)} AND ${own} ORDER BY lower(k.name), k.id LIMIT ${params.add(limit)}`;
    return this.fields.shownIn(ctx, 'contact', await this.db.query<ContactRow>(ctx, sql, params.values));
  }
}

export function searchOf(
  name: string,
  emails: readonly string[],
  phones: readonly string[],
): Pick<Contact, 'searchName' | 'searchText'> {
  const digits = phones.map((phone) => toE164(phone)?.slice(1));
  return { searchName: searchable(name), searchText: searchable(name, ...emails, ...phones, ...digits) };
}

/** Whoever does not see phones and addresses does not write them either: he would overwrite blindly. */
function refuseHiddenContacts(ctx: Ctx, { emails, phones, telegram }: Partial<ContactFields>): void {
  if ([emails, phones, telegram].some((value) => value !== undefined) && !seesContacts(ctx.actor))
    throw AccessError.denied();
}

/** An unknown company in the body is a wrong field, not a missing page. */
const asField = (error: unknown, pointer: string): Error =>
  error instanceof ProblemError && error.code === 'clients.companyNotFound'
    ? fieldProblem(pointer, 'clients.companyUnknown')
    : (error as Error);
