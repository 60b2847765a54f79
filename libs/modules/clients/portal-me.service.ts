import { Injectable } from '@nestjs/common';
import { ActorSources } from '@opora/platform/auth';
import type { StoredValues } from '@opora/modules/fields';
import type { ContactActor, Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { AccessError, raise } from '@opora/platform/errors';
import { Events } from '@opora/platform/events';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { visibleObjects } from './clients.access';
import { ContactChanged } from './clients.events';
import { ContactAddresses } from './contact-addresses.service';
import { Contact } from './contact.entity';
import { type ContactRow, primaryEmailOf } from './contacts.dto';
import { Contacts, searchOf } from './contacts.service';
import { afterName, matchesText } from './directory-search';
import { ClientFields, type ShownFields, withoutFlat } from './client-fields.service';
import { changedFields, definedOf, nextVersion } from './field-versions';
import type { ListPortalObjects, PortalMeView, PortalObjectView, UpdatePortalMe } from './portal-me.dto';

/** The contact who is signed in. */
export const contactOf = (ctx: Ctx): ContactActor =>
  ctx.actor.kind === 'contact' ? ctx.actor : raise(AccessError.denied());

type FoundObject = Omit<PortalObjectView, 'customFields' | 'customFieldTexts'> & {
  sortName: string;
  customFields: StoredValues;
};
type PortalObjectRow = FoundObject & { shownFields: ShownFields };

/** What a contact sees and changes of himself, and the objects he can name in a ticket. */
@Injectable()
export class PortalMe {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly live: Live,
    private readonly actors: ActorSources,
    private readonly contacts: Contacts,
    private readonly addresses: ContactAddresses,
    private readonly fields: ClientFields,
  ) {}

  async get(ctx: Ctx): Promise<PortalMeView> {
    const actor = contactOf(ctx);
    return viewOf(actor, await this.contacts.get(ctx, actor.id));
  }

  update(ctx: Ctx, { phone, customFields, ...fields }: UpdatePortalMe): Promise<PortalMeView> {
    const actor = contactOf(ctx);
    return this.db.tx(ctx, async (ctx) => {
      await this.contacts.lock(ctx, actor.id);
      const row = await this.contacts.get(ctx, actor.id);
      const phones = row.phones.map(({ raw }) => raw);
      const own = await this.fields.change(ctx, 'contact', customFields, row.customFields);
      const before = { ...row, ...own?.before, phones } as Contact & { phones: string[] };
      const patch = {
        ...definedOf(fields),
        ...(phone !== undefined && { phones: [...(phone ? [phone] : []), ...phones.slice(1)] }),
        ...own?.patch,
      };
      const changed = changedFields(before, patch);
      if (!changed.length) return viewOf(actor, row);
      const { phones: newPhones, ...changes } = withoutFlat(nextVersion(before, patch));
      if (own) changes.customFields = own.values;
      if (newPhones) await this.addresses.setPhones(ctx, actor.id, newPhones);
      const searched = searchOf(
        changes.name ?? row.name,
        row.emails.map(({ email }) => email),
        newPhones ?? phones,
      );
      await this.db.repo(ctx, Contact).update({ id: actor.id }, { ...changes, ...searched } as never);
      await this.events.publish(ctx, ContactChanged({ contactId: actor.id, fields: changed }));
      this.live.touch(ctx, ['contacts', `contacts:${actor.id}`], 'staff');
      ctx.tx.afterCommit.push(() => this.actors.forget('contact', actor.id));
      return viewOf(actor, await this.contacts.get(ctx, actor.id));
    });
  }

  /** Objects within the contact's reach, by name. What lies above a branch given to him stays unnamed. */
  async objects(ctx: Ctx, { companyId, q, cursor, limit }: ListPortalObjects): Promise<Page<PortalObjectRow>> {
    const { actor } = ctx;
    const params = new SqlParams();
    const reachable = (alias: string) => visibleObjects(actor, params, alias);
    const found = await this.db.query<FoundObject>(
      ctx,
      `SELECT o.id, o."companyId", o."parentId", o.name, o."customFields", lower(o.name) AS "sortName", o.kind,
         COALESCE((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) ORDER BY cardinality(a.path))
                   FROM service_object a WHERE a.id = ANY(o.path) AND a.id <> o.id AND ${reachable('a')}), '[]') AS ancestors,
         COALESCE(o.address, (SELECT a.address FROM service_object a WHERE a.id = ANY(o.path) AND a.address IS NOT NULL
                              ORDER BY cardinality(a.path) DESC LIMIT 1)) AS address
       FROM service_object o
       WHERE o."archivedAt" IS NULL AND ${reachable('o')} AND ${companyId ? `o."companyId" = ${params.add(companyId)}` : 'true'}
         AND ${matchesText(params, 'o."searchText"', q)} AND ${afterName(params, 'o', decodeCursor(cursor, ['text', 'uuid']))}
       ORDER BY lower(o.name), o.id LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    const rows = await this.fields.shownIn(ctx, 'object', found);
    return pageOfRows(rows, limit, (row) => keyset(row.sortName, row.id));
  }
}

const viewOf = (actor: ContactActor, row: ContactRow): PortalMeView => ({
  id: row.id,
  kind: 'contact',
  name: row.name,
  email: primaryEmailOf(row) ?? null,
  phone: row.phones[0]?.raw ?? null,
  locale: row.locale,
  companies: row.memberships
    .filter(({ isCompanyArchived }) => !isCompanyArchived)
    .map(({ company, seesCompany, closesCompany, isAdmin }) => ({
      ...company,
      rights: { seesCompany, closesCompany, isAdmin },
    })),
  mustChangePassword: actor.mustChangePassword,
  hasPassword: row.hasPassword,
  customFields: row.shownFields.values,
  customFieldTexts: row.shownFields.texts,
});

export const toPortalObjectView = ({
  id,
  companyId,
  parentId,
  name,
  kind,
  ancestors,
  address,
  shownFields,
}: PortalObjectRow): PortalObjectView => ({
  id,
  companyId,
  parentId: ancestors.length ? parentId : null,
  name,
  kind,
  ancestors,
  address,
  customFields: shownFields.values,
  customFieldTexts: shownFields.texts,
});
