import { Injectable } from '@nestjs/common';
import { SignInLinks } from '@opora/modules/people';
import type { Ctx, Membership as Rights } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { ClientsError } from './clients.errors';
import { ContactAddresses } from './contact-addresses.service';
import type { MembershipFields } from './contacts.dto';
import { objectRefs } from './contacts.query';
import { Contacts } from './contacts.service';
import { definedOf } from './field-versions';
import { Membership } from './membership.entity';
import { Memberships } from './memberships.service';
import { contactOf } from './portal-me.service';
import type { InvitePortalPerson, ListPortalPeople, PortalPersonView, UpdatePortalPerson } from './portal-people.dto';

type PersonRow = PortalPersonView & { sortName: string };

/** PO-02: a client's administrator manages the people of his own company, and nobody else. */
@Injectable()
export class PortalPeople {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly contacts: Contacts,
    private readonly addresses: ContactAddresses,
    private readonly memberships: Memberships,
    private readonly links: SignInLinks,
  ) {}

  async list(ctx: Ctx, { companyId, cursor, limit }: ListPortalPeople): Promise<Page<PersonRow>> {
    const administered = administeredBy(ctx);
    if (!administered.length) throw AccessError.denied();
    const after = decodeCursor(cursor, ['text', 'uuid']);
    const rows = await this.select(ctx, limit + 1, (params) => {
      const company = companyId ? `m."companyId" = ${params.add(companyId)}` : 'true';
      return after
        ? `${company} AND (lower(${NAME}), m.id) > (${params.add(after[0])}::text, ${params.add(after[1])}::uuid)`
        : company;
    });
    return pageOfRows(rows, limit, (row) => keyset(row.sortName, row.id));
  }

  /**
   * Makes the address's owner a member and mails him a one-time link. Whether we knew him before cannot be told from the answer:
   * the administrator sees the name and the address he typed himself.
   */
  invite(ctx: Ctx, { companyId, name, email, ...rights }: InvitePortalPerson): Promise<PersonRow> {
    return this.db.tx(ctx, async (ctx) => {
      const own = await this.lockCompany(ctx, companyFor(ctx, companyId));
      this.checkReach(own, rights.objectIds ?? []);
      await this.addresses.refuseEmployees(ctx, [email]);
      const contactId =
        (await this.addresses.ownerOf(ctx, email)) ?? (await this.contacts.insert(ctx, { name }, [email], []));
      const present = await this.db.repo(ctx, Membership).findOneBy({ contactId, companyId: own.companyId });
      if (present) throw ClientsError.alreadyMember({ email });
      const membership = await this.memberships.write(ctx, null, contactId, own.companyId, rights);
      await this.db.repo(ctx, Membership).update({ id: membership.id }, { invitedName: name, invitedEmail: email });
      await this.links.send(ctx, { kind: 'contact', id: contactId }, 'invite', email);
      return this.told(ctx, membership);
    });
  }

  update(ctx: Ctx, id: string, changes: UpdatePortalPerson): Promise<PersonRow> {
    return this.db.tx(ctx, async (ctx) => {
      const { membership, own } = await this.getForUpdate(ctx, id);
      const rights: MembershipFields = { ...membership, ...definedOf(changes) };
      this.checkReach(own, rights.objectIds ?? []);
      await this.memberships.write(ctx, membership, membership.contactId, membership.companyId, rights);
      await this.keepAnAdmin(ctx, membership);
      return this.told(ctx, membership);
    });
  }

  /** Takes the person out of the company; what he is elsewhere stays as it is. */
  remove(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      const { membership } = await this.getForUpdate(ctx, id);
      await this.memberships.erase(ctx, membership);
      await this.keepAnAdmin(ctx, membership);
      this.touch(ctx, membership);
    });
  }

  private async getForUpdate(ctx: TxCtx, id: string): Promise<{ membership: Membership; own: Rights }> {
    const person = await this.find(ctx, id);
    const own = await this.lockCompany(ctx, person.company.id);
    const membership =
      (await this.db.repo(ctx, Membership).findOneBy({ id, companyId: own.companyId })) ??
      raise(ClientsError.personNotFound());
    return { membership, own };
  }

  /** One change of a company's people at a time, by somebody who is its administrator at this very moment. */
  private async lockCompany(ctx: TxCtx, companyId: string): Promise<Rights> {
    await this.db.query(ctx, 'SELECT 1 FROM company WHERE id = $1 FOR NO KEY UPDATE', [companyId]);
    const own = await this.db.repo(ctx, Membership).findOneBy({ companyId, contactId: ctx.actor.id, isAdmin: true });
    return own ?? raise(AccessError.denied());
  }

  private async keepAnAdmin(ctx: TxCtx, { companyId, isAdmin }: Membership): Promise<void> {
    if (!isAdmin) return;
    const [left] = await this.db.query(
      ctx,
      `SELECT 1 FROM membership m JOIN contact k ON k.id = m."contactId" AND k."archivedAt" IS NULL WHERE m."companyId" = $1 AND m."isAdmin" LIMIT 1`,
      [companyId],
    );
    if (!left) throw ClientsError.lastAdmin();
  }

  /** Whoever administers a part of the company gives away nothing outside it. */
  private checkReach(own: Rights, objectIds: readonly string[]): void {
    if (!own.objectIds.length) return;
    const outside = objectIds.findIndex((id) => !own.objectIds.includes(id.toLowerCase()));
    if (!objectIds.length || outside >= 0)
      throw fieldProblem(`/objectIds${outside >= 0 ? `/${outside}` : ''}`, 'clients.objectOutOfReach');
  }

  private async find(ctx: Ctx, id: string): Promise<PersonRow> {
    const [row] = await this.select(ctx, 1, (params) => `m.id = ${params.add(id)}`);
    return row ?? raise(ClientsError.personNotFound());
  }

  private async told(ctx: TxCtx, membership: Membership): Promise<PersonRow> {
    this.touch(ctx, membership);
    return this.find(ctx, membership.id);
  }

  private touch(ctx: TxCtx, { contactId, companyId }: Membership): void {
    this.live.touch(ctx, ['portal-people', 'contacts', `contacts:${contactId}`, `companies:${companyId}`]);
  }

  private select(ctx: Ctx, limit: number, where: (params: SqlParams) => string): Promise<PersonRow[]> {
    const params = new SqlParams();
    const administered = administeredBy(ctx).map(({ companyId, objectIds }) => {
      const company = `m."companyId" = ${params.add(companyId)}`;
      return objectIds.length
        ? `(${company} AND cardinality(m."objectIds") > 0 AND m."objectIds" <@ ${params.add(objectIds)}::uuid[])`
        : `(${company})`;
    });
    return this.db.query<PersonRow>(
      ctx,
      `SELECT m.id, jsonb_build_object('id', c.id, 'name', c.name) AS company, ${NAME} AS name, lower(${NAME}) AS "sortName", ${EMAIL} AS email, m.position,
         jsonb_build_object('seesCompany', m."seesCompany", 'closesCompany', m."closesCompany", 'isAdmin', m."isAdmin") AS rights,
         ${objectRefs('m."objectIds"')} AS objects, k.id = ${params.add(contactOf(ctx).id)} AS "isMe"
       FROM membership m
       JOIN contact k ON k.id = m."contactId" AND k."archivedAt" IS NULL
       JOIN company c ON c.id = m."companyId"
       WHERE (${administered.join(' OR ') || 'false'}) AND ${where(params)}
       ORDER BY lower(${NAME}), m.id LIMIT ${params.add(limit)}`,
      params.values,
    );
  }
}

const NAME = 'COALESCE(m."invitedName", k.name)';
const EMAIL = `COALESCE(m."invitedEmail", (SELECT a.email FROM contact_email a WHERE a."contactId" = k.id ORDER BY a."isPrimary" DESC, a.id LIMIT 1))`;

const administeredBy = (ctx: Ctx): Rights[] => contactOf(ctx).memberships.filter(({ isAdmin }) => isAdmin);

/** The company the administrator means; he must say it if he has several. */
function companyFor(ctx: Ctx, companyId: string | undefined): string {
  const administered = administeredBy(ctx);
  if (!administered.length) throw AccessError.denied();
  if (!companyId && administered.length > 1) throw fieldProblem('/companyId', 'clients.companyNeeded');
  const found = companyId ? administered.find((own) => own.companyId === companyId.toLowerCase()) : administered[0];
  return found?.companyId ?? raise(fieldProblem('/companyId', 'clients.companyUnknown'));
}

export const toPortalPersonView = ({
  id,
  company,
  name,
  email,
  position,
  rights,
  objects,
  isMe,
}: PersonRow): PortalPersonView => ({
  id,
  company,
  name,
  email,
  position,
  rights,
  objects,
  isMe,
});
