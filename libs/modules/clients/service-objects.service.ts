import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, SqlParams, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, ProblemError, raise } from '@opora/platform/errors';
import { keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { ClientsError } from './clients.errors';
import { Companies } from './companies.service';
import { ClientFields, withoutFlat } from './client-fields.service';
import { changedFields, conflictsOf, definedOf, nextVersion } from './field-versions';
import { type Effective, effectiveOf, type Level } from './object-inheritance';
import { searchable } from './plain-text';
import { References } from './references.service';
import { MAX_OBJECT_DEPTH, ServiceObject } from './service-object.entity';
import {
  type CreateServiceObject,
  type ListServiceObjects,
  type ServiceObjectRow,
  toServiceObjectView,
  type UpdateServiceObject,
} from './service-objects.dto';
import { filterObjects, LEVELS, selectObjects } from './service-objects.query';

/** An object with what it inherits. */
export type EffectiveObject = ServiceObjectRow & { effective: Effective };

@Injectable()
export class ServiceObjects {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
    private readonly companies: Companies,
    private readonly references: References,
    private readonly fields: ClientFields,
  ) {}

  async list(ctx: Ctx, query: ListServiceObjects): Promise<Page<ServiceObjectRow>> {
    const rows = await this.select(ctx, query.limit + 1, (params) => filterObjects(params, query), query.cf);
    return pageOfRows(rows, query.limit, (row) => keyset(row.sortName, row.id));
  }

  async find(ctx: Ctx, id: string): Promise<ServiceObjectRow | undefined> {
    const [row] = await this.select(ctx, 1, (params) => `o.id = ${params.add(id)}`);
    return row;
  }

  /** The object, in the archive too; 404 if the actor may not see it. */
  async get(ctx: Ctx, id: string): Promise<ServiceObjectRow> {
    return (await this.find(ctx, id)) ?? raise(ClientsError.objectNotFound());
  }

  /** The object with its inherited address, time zone and responsible, each with its origin. */
  async effectiveOf(ctx: Ctx, id: string): Promise<EffectiveObject> {
    const row = await this.get(ctx, id);
    return { ...row, effective: effectiveOf(await this.levels(ctx, row.companyId, id)) };
  }

  /** The way from an object up to its company, with the responsible of each level; people who left and closed teams are left out. */
  async levelsOf(
    ctx: Ctx,
    { companyId, objectId }: { companyId?: string | null; objectId?: string | null },
  ): Promise<Level[]> {
    return companyId || objectId ? this.levels(ctx, companyId ?? null, objectId ?? null, true) : [];
  }

  create(ctx: Ctx, { companyId, parentId, customFields, ...fields }: CreateServiceObject): Promise<EffectiveObject> {
    return this.db.tx(ctx, async (ctx) => {
      const company = await this.companies
        .getForUpdate(ctx, companyId)
        .catch((error: unknown) => raise(asField(error)));
      if (company.archivedAt) throw ClientsError.companyArchived({ name: company.name });
      const parent = parentId ? await this.parentIn(ctx, company.id, parentId) : undefined;
      await this.references.check(ctx, fields);
      const own = await this.fields.change(ctx, 'object', customFields ?? {});
      const id = newId();
      const object = {
        ...EMPTY,
        ...definedOf(fields),
        customFields: own?.values,
        id,
        companyId: company.id,
        parentId: parent?.id ?? null,
        path: [...(parent?.path ?? []), id],
        createdAt: ctx.now(),
      } as ServiceObject;
      await this.db.repo(ctx, ServiceObject).insert({ ...object, searchText: searchOf(object) } as never);
      this.touch(ctx, object);
      return this.effectiveOf(ctx, id);
    });
  }

  /** Changes the fields of the patch. What others changed since version `seen` stays; the same field with another value is a conflict. */
  update(
    ctx: Ctx,
    id: string,
    seen: number,
    { customFields, ...fields }: UpdateServiceObject,
  ): Promise<EffectiveObject> {
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.getForUpdate(ctx, id);
      const own = await this.fields.change(ctx, 'object', customFields, row.customFields);
      const before: ServiceObject = { ...row, ...own?.before };
      const patch: Partial<ServiceObject> = { ...definedOf(fields), ...own?.patch };
      const conflicts = conflictsOf(before, seen, patch);
      if (conflicts.length)
        throw ClientsError.stale({}, { current: toServiceObjectView(await this.effectiveOf(ctx, id)), conflicts });
      const changed = changedFields(before, patch);
      if (changed.length) {
        await this.references.check(ctx, Object.fromEntries(changed.map((field) => [field, patch[field]])));
        const changes = withoutFlat(nextVersion(before, patch));
        if (own) changes.customFields = own.values;
        await this.db
          .repo(ctx, ServiceObject)
          .update({ id }, { ...changes, searchText: searchOf({ ...row, ...changes }) } as never);
        this.touch(ctx, row);
      }
      return this.effectiveOf(ctx, id);
    });
  }

  /** Locks the tree of the object's company and returns the object, if the actor may change it. */
  async getForUpdate(ctx: TxCtx, id: string): Promise<ServiceObjectRow> {
    const { companyId } = await this.get(ctx, id);
    await this.db.query(ctx, 'SELECT 1 FROM company WHERE id = $1 FOR NO KEY UPDATE', [companyId]);
    const row = await this.get(ctx, id);
    if (!row.isManaged) throw AccessError.denied();
    return row;
  }

  /** The object under which another is to hang: of the same company, not in the archive, not too deep. */
  async parentIn(ctx: TxCtx, companyId: string, parentId: string, levelsBelow = 1): Promise<ServiceObjectRow> {
    const parent = await this.find(ctx, parentId);
    if (!parent || parent.companyId !== companyId) throw fieldProblem('/parentId', 'clients.parentUnknown');
    if (parent.archivedAt) throw ClientsError.parentArchived({ name: parent.name });
    if (parent.path.length + levelsBelow > MAX_OBJECT_DEPTH)
      throw ClientsError.objectTooDeep({ limit: MAX_OBJECT_DEPTH });
    return parent;
  }

  touch(ctx: Ctx, { id, companyId }: Pick<ServiceObject, 'id' | 'companyId'>): void {
    this.live.touch(ctx, ['service-objects', `service-objects:${id}`, `companies:${companyId}`]);
  }

  private levels(ctx: Ctx, companyId: string | null, objectId: string | null, onlyWorking = false): Promise<Level[]> {
    return this.db.prepared<Level>(ctx, LEVELS, [objectId, companyId, onlyWorking]);
  }

  private async select(
    ctx: Ctx,
    limit: number,
    where: (params: SqlParams) => string,
    cf?: string[],
  ): Promise<ServiceObjectRow[]> {
    const params = new SqlParams();
    const own = await this.fields.condition(ctx, 'object', params, 'o."customFields"', cf);
    const sql = `${selectObjects(ctx.actor, params)} AND ${where(params)} AND ${own} ORDER BY lower(o.name), o.id LIMIT ${params.add(limit)}`;
    return this.fields.shownIn(ctx, 'object', await this.db.query<ServiceObjectRow>(ctx, sql, params.values));
  }
}

const EMPTY = {
  kind: 'other',
  address: null,
  latitude: null,
  longitude: null,
  timeZone: null,
  responsibleEmployeeId: null,
  responsibleTeamId: null,
  comment: null,
  externalIds: {},
  customFields: {},
  fieldVersions: {},
  version: 1,
  archivedAt: null,
} satisfies Partial<ServiceObject>;

const searchOf = (object: Pick<ServiceObject, 'name' | 'address' | 'externalIds'>): string =>
  searchable(object.name, object.address, ...Object.values(object.externalIds));

const asField = (error: unknown): Error =>
  error instanceof ProblemError && error.code === 'clients.companyNotFound'
    ? fieldProblem('/companyId', 'clients.companyUnknown')
    : (error as Error);
