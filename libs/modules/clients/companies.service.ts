import { Injectable } from '@nestjs/common';
import { ActorSources } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, raise } from '@opora/platform/errors';
import { Events } from '@opora/platform/events';
import { keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { seesContacts, visibleCompanies } from './clients.access';
import { ClientsError } from './clients.errors';
import { CompanyChanged } from './clients.events';
import {
  type CompanyFields,
  type CompanyRow,
  type CreateCompany,
  type ListCompanies,
  toCompanyView,
  type UpdateCompany,
} from './companies.dto';
import { ClientFields, withoutFlat } from './client-fields.service';
import { filterCompanies, selectCompanies } from './companies.query';
import { dedupeKeys } from './company-dedupe';
import { CompanyCategoryLink } from './company-category.entity';
import { Company } from './company.entity';
import { changedFields, conflictsOf, definedOf, nextVersion } from './field-versions';
import { searchable } from './plain-text';
import { References } from './references.service';

/** A company that shares a tax number, a phone or a domain with the one being written. */
export type CompanyDuplicate = {
  id: string;
  name: string;
  inn: string | null;
  archivedAt: string | null;
  sameBy: string[];
};

type Editable = Company & { categoryIds: string[] };

@Injectable()
export class Companies {
  constructor(
    private readonly db: Db,
    private readonly events: Events,
    private readonly live: Live,
    private readonly references: References,
    private readonly actors: ActorSources,
    private readonly fields: ClientFields,
  ) {}

  async list(ctx: Ctx, query: ListCompanies): Promise<Page<CompanyRow>> {
    const params = new SqlParams();
    const own = await this.fields.condition(ctx, 'company', params, 'c."customFields"', query.cf);
    const rows = await this.read(
      ctx,
      `${selectCompanies(ctx.actor, params)} AND ${filterCompanies(ctx.actor, params, query)} AND ${own}
       ORDER BY lower(c.name), c.id LIMIT ${params.add(query.limit + 1)}`,
      params,
    );
    return pageOfRows(rows, query.limit, (row) => keyset(row.sortName, row.id));
  }

  async find(ctx: Ctx, id: string): Promise<CompanyRow | undefined> {
    const params = new SqlParams();
    const [row] = await this.read(ctx, `${selectCompanies(ctx.actor, params)} AND c.id = ${params.add(id)}`, params);
    return row;
  }

  private async read(ctx: Ctx, sql: string, params: SqlParams): Promise<CompanyRow[]> {
    return this.fields.shownIn(ctx, 'company', await this.db.query<CompanyRow>(ctx, sql, params.values));
  }

  /** The company, in the archive too; 404 if the actor may not see it. */
  async get(ctx: Ctx, id: string): Promise<CompanyRow> {
    return (await this.find(ctx, id)) ?? raise(ClientsError.companyNotFound());
  }

  /** Names of companies by id, for other modules' views. */
  async namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.db.query<{ id: string; name: string }>(
      ctx,
      'SELECT id, name FROM company WHERE id = ANY($1::uuid[])',
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Locks the company's row and returns it, if the actor may change it. */
  async getForUpdate(ctx: TxCtx, id: string): Promise<CompanyRow> {
    await this.db.query(ctx, 'SELECT 1 FROM company WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const row = await this.get(ctx, id);
    if (!row.isManaged) throw AccessError.denied();
    return row;
  }

  create(
    ctx: Ctx,
    { confirmDuplicate, categoryIds = [], customFields, ...fields }: CreateCompany,
  ): Promise<CompanyRow> {
    refuseHiddenContacts(ctx, fields);
    return this.db.tx(ctx, async (ctx) => {
      await this.references.check(ctx, { ...fields, categoryIds });
      const own = await this.fields.change(ctx, 'company', customFields ?? {});
      const facts = { ...EMPTY, ...givenOf(fields), customFields: own?.values, id: newId(), createdAt: ctx.now() };
      const company = withDerived(facts as Company);
      if (!confirmDuplicate) await this.refuseDuplicates(ctx, company, company.dedupeKeys);
      await this.db.repo(ctx, Company).insert(company as never);
      await this.linkCategories(ctx, company.id, categoryIds);
      this.touch(ctx, company.id);
      return this.getReachable(ctx, company.id);
    });
  }

  /** Changes the fields of the patch. What others changed since version `seen` stays; the same field with another value is a conflict. */
  update(
    ctx: Ctx,
    id: string,
    seen: number,
    { confirmDuplicate, customFields, ...fields }: UpdateCompany,
  ): Promise<CompanyRow> {
    refuseHiddenContacts(ctx, fields);
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.getForUpdate(ctx, id);
      const own = await this.fields.change(ctx, 'company', customFields, row.customFields);
      const categoryIdsBefore = row.categories.map((category) => category.id).sort();
      const before: Editable = { ...row, ...own?.before, categoryIds: categoryIdsBefore };
      const patch: Partial<Editable> = {
        ...givenOf(fields),
        ...(fields.categoryIds && { categoryIds: [...fields.categoryIds].sort() }),
        ...own?.patch,
      };
      const conflicts = conflictsOf(before, seen, patch);
      if (conflicts.length) throw ClientsError.stale({}, { current: toCompanyView(ctx, row), conflicts });
      const changed = changedFields(before, patch);
      if (!changed.length) return row;
      await this.references.check(ctx, Object.fromEntries(changed.map((field) => [field, patch[field]])));
      const { categoryIds, ...changes } = withoutFlat(nextVersion(before, patch));
      if (own) changes.customFields = own.values;
      const after = withDerived({ ...row, ...changes });
      const fresh = after.dedupeKeys.filter((key) => !row.dedupeKeys.includes(key));
      if (!confirmDuplicate) await this.refuseDuplicates(ctx, after, fresh);
      const { searchName, searchText, dedupeKeys } = after;
      await this.db.repo(ctx, Company).update({ id }, { ...changes, searchName, searchText, dedupeKeys } as never);
      if (categoryIds) await this.linkCategories(ctx, id, categoryIds);
      await this.events.publish(ctx, CompanyChanged({ companyId: id, fields: changed }));
      this.touch(ctx, id);
      return this.getReachable(ctx, id);
    });
  }

  /** Puts the company into the archive: its people lose the portal, its tickets stay readable. */
  archive = (ctx: Ctx, id: string): Promise<CompanyRow> => this.setArchived(ctx, id, ctx.now());

  restore = (ctx: Ctx, id: string): Promise<CompanyRow> => this.setArchived(ctx, id, null);

  private setArchived(ctx: Ctx, id: string, archivedAt: Date | null): Promise<CompanyRow> {
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.getForUpdate(ctx, id);
      if (Boolean(row.archivedAt) === Boolean(archivedAt)) return row;
      await this.db.repo(ctx, Company).update({ id }, { archivedAt, version: row.version + 1 });
      await this.events.publish(ctx, CompanyChanged({ companyId: id, fields: ['archivedAt'] }));
      ctx.tx.afterCommit.push(() => this.actors.forgetAll());
      this.touch(ctx, id);
      return this.get(ctx, id);
    });
  }

  /** One writer at a time looks for doubles, so that two people cannot enter one company at once. */
  private async refuseDuplicates(ctx: TxCtx, company: Company, keys: readonly string[]): Promise<void> {
    if (!keys.length) return;
    await this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('clients.company-dedupe'))`);
    const params = new SqlParams();
    const found = await this.db.query<Company>(
      ctx,
      `SELECT c.id, c.name, c.inn, c."archivedAt", c."dedupeKeys" FROM company c
       WHERE c."dedupeKeys" && ${params.add(keys)}::text[] AND c.id <> ${params.add(company.id)} AND ${visibleCompanies(ctx.actor, params, 'c.id')}
       ORDER BY c."archivedAt" IS NOT NULL, c.id LIMIT 10`,
      params.values,
    );
    if (!found.length) return;
    const duplicates = found.map((row): CompanyDuplicate => ({
      id: row.id,
      name: row.name,
      inn: row.inn,
      archivedAt: row.archivedAt?.toISOString() ?? null,
      sameBy: row.dedupeKeys.filter((key) => keys.includes(key)).map((key) => key.split(':')[0]!),
    }));
    throw ClientsError.duplicateCompany({ name: duplicates[0]!.name }, { duplicates });
  }

  private async linkCategories(ctx: TxCtx, companyId: string, categoryIds: readonly string[]): Promise<void> {
    await this.db.repo(ctx, CompanyCategoryLink).delete({ companyId });
    if (categoryIds.length)
      await this.db.repo(ctx, CompanyCategoryLink).insert(categoryIds.map((categoryId) => ({ companyId, categoryId })));
  }

  /** Whoever is limited to some categories cannot write a company out of his own reach. */
  private async getReachable(ctx: TxCtx, id: string): Promise<CompanyRow> {
    const row = await this.find(ctx, id);
    return row?.isManaged ? row : raise(fieldProblem('/categoryIds', 'clients.categoryOutOfReach'));
  }

  private touch(ctx: TxCtx, id: string): void {
    this.live.touch(ctx, ['companies', `companies:${id}`], 'staff');
  }
}

const EMPTY = {
  additionalName: null,
  site: null,
  email: null,
  phone: null,
  address: null,
  latitude: null,
  longitude: null,
  comment: null,
  inn: null,
  timeZone: null,
  isClient: true,
  isPartner: false,
  isSupplier: false,
  responsibleEmployeeId: null,
  responsibleTeamId: null,
  externalIds: {},
  customFields: {},
  emailDomains: [],
  fieldVersions: {},
  version: 1,
  archivedAt: null,
} satisfies Partial<Company>;

type BuiltIn = Partial<Omit<CompanyFields, 'customFields'>>;

/** The given fields; a site without a scheme is taken to be https. */
const givenOf = ({ site, ...fields }: BuiltIn): BuiltIn =>
  definedOf({ ...fields, site: site && !/^https?:\/\//i.test(site) ? `https://${site}` : site });

function withDerived<Row extends Company>(row: Row): Row {
  const name = searchable(row.name, row.additionalName, row.inn, row.site, ...row.emailDomains);
  const phone = row.phone?.replace(/\D/g, '');
  return {
    ...row,
    dedupeKeys: dedupeKeys(row),
    searchName: name,
    searchText: searchable(name, row.email, row.phone, phone),
  };
}

/** Whoever does not see phones and addresses does not write them either: he would overwrite blindly. */
function refuseHiddenContacts(ctx: Ctx, { email, phone }: Partial<CompanyFields>): void {
  if ((email !== undefined || phone !== undefined) && !seesContacts(ctx.actor)) throw AccessError.denied();
}
