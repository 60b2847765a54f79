import type { Ctx } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { fieldProblem, raise } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { systemContext } from '@opora/platform/context';
import type {
  CreateApprovalIndex,
  CreateApprovalRole,
  IndexValueInput,
  UpdateApprovalIndex,
  UpdateApprovalRole,
  UpdateApprovalSettings,
} from './approval-catalogue.dto';
import { ApprovalIndex, ApprovalItem, ApprovalSettings, type Catalogue } from './approval-route.entity';
import { ApprovalError } from './approvals.errors';
import type { NamedPerson } from './approvals.query';
import { type IndexValue, moneyOf } from './route-choice';

export type ItemRow = ApprovalItem & { holders: NamedPerson[] };
const KNOWN_FOR_MS = 5000;

/** What routes are made of: kinds of requests and documents, roles with their holders, dated indexes. */
@Injectable()
export class ApprovalCatalogue implements OnApplicationBootstrap {
  /** Kinds for places that cannot wait for the database: the settings of a guard. At most some seconds old. */
  private kinds: readonly ApprovalItem[] = [];
  private readAt = 0;

  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.readKinds();
  }

  list(ctx: Ctx, catalogue: Catalogue): Promise<ItemRow[]> {
    return this.db.query<ItemRow>(ctx, `${SELECT} WHERE i.catalogue = $1 ORDER BY i.position, i.id LIMIT 1000`, [
      catalogue,
    ]);
  }

  create(ctx: Ctx, catalogue: Catalogue, { name, holderIds = [] }: CreateApprovalRole): Promise<ItemRow> {
    return this.db.tx(ctx, async (ctx) => {
      await this.demandPeople(ctx, holderIds);
      const [last] = await this.db.query<{ position: number }>(
        ctx,
        `SELECT COALESCE(max(position), 0) + 1 AS position FROM approval_item WHERE catalogue = $1`,
        [catalogue],
      );
      const id = newId();
      const item = {
        id,
        catalogue,
        code: null,
        name: { ...name },
        position: last!.position,
        isActive: true,
        holderIds,
      };
      await this.db.repo(ctx, ApprovalItem).insert(item);
      return this.changed(ctx, catalogue, id);
    });
  }

  update(ctx: Ctx, catalogue: Catalogue, id: string, input: UpdateApprovalRole): Promise<ItemRow> {
    return this.db.tx(ctx, async (ctx) => {
      const lock = { mode: 'pessimistic_write' as const };
      const item = await this.db.repo(ctx, ApprovalItem).findOne({ where: { id, catalogue }, lock });
      if (!item) throw ApprovalError.itemNotFound();
      if (input.holderIds) await this.demandPeople(ctx, input.holderIds, item.holderIds);
      if (input.isActive === false && item.isActive) await this.demandUnused(ctx, item);
      await this.db.repo(ctx, ApprovalItem).update(
        { id },
        {
          name: input.name ? { ...input.name } : item.name,
          isActive: input.isActive ?? item.isActive,
          holderIds: input.holderIds ?? item.holderIds,
        },
      );
      return this.changed(ctx, catalogue, id);
    });
  }

  indexes(ctx: Ctx): Promise<ApprovalIndex[]> {
    return this.db.repo(ctx, ApprovalIndex).find({ order: { id: 'ASC' }, take: 200 });
  }

  async createIndex(ctx: Ctx, { name, currency, values }: CreateApprovalIndex): Promise<ApprovalIndex> {
    const index = Object.assign(new ApprovalIndex(), {
      id: newId(),
      code: null,
      name: { ...name },
      currency,
      values: toValues(values),
      updatedAt: ctx.now(),
    });
    await this.db.repo(ctx, ApprovalIndex).insert(index);
    this.live.touch(ctx, ['approval-routes'], 'staff');
    return index;
  }

  updateIndex(ctx: Ctx, id: string, { name, values }: UpdateApprovalIndex): Promise<ApprovalIndex> {
    return this.db.tx(ctx, async (ctx) => {
      const lock = { mode: 'pessimistic_write' as const };
      const index =
        (await this.db.repo(ctx, ApprovalIndex).findOne({ where: { id }, lock })) ??
        raise(ApprovalError.indexNotFound());
      Object.assign(index, {
        name: name ? { ...name } : index.name,
        values: values ? toValues(values) : index.values,
        updatedAt: ctx.now(),
      });
      await this.db.repo(ctx, ApprovalIndex).save(index);
      this.live.touch(ctx, ['approval-routes'], 'staff');
      return index;
    });
  }

  settings(ctx: Ctx): Promise<ApprovalSettings> {
    return this.db.repo(ctx, ApprovalSettings).findOneByOrFail({ id: 1 });
  }

  async updateSettings(ctx: Ctx, { currency }: UpdateApprovalSettings): Promise<ApprovalSettings> {
    await this.db.repo(ctx, ApprovalSettings).update({ id: 1 }, { currency, updatedAt: ctx.now() });
    return this.settings(ctx);
  }

  /** Kinds in use as they were some seconds ago at most. */
  knownKinds(): readonly ApprovalItem[] {
    if (Date.now() - this.readAt > KNOWN_FOR_MS) void this.readKinds().catch(() => undefined);
    return this.kinds;
  }

  private async readKinds(): Promise<void> {
    this.readAt = Date.now();
    const where = { catalogue: 'kind' as const, isActive: true };
    this.kinds = await this.db
      .repo(systemContext(), ApprovalItem)
      .find({ where, order: { position: 'ASC', id: 'ASC' } });
  }

  private async changed(ctx: Ctx, catalogue: Catalogue, id: string): Promise<ItemRow> {
    this.live.touch(ctx, ['approval-routes'], 'staff');
    ctx.tx?.afterCommit.push(() => void this.readKinds().catch(() => undefined));
    const [row] = await this.db.query<ItemRow>(ctx, `${SELECT} WHERE i.catalogue = $1 AND i.id = $2`, [catalogue, id]);
    return row!;
  }

  private async demandPeople(ctx: Ctx, ids: readonly string[], before: readonly string[] = []): Promise<void> {
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM employee WHERE id = ANY($1::uuid[]) AND "archivedAt" IS NULL`,
      [ids],
    );
    const wrong = ids.findIndex((id) => !before.includes(id) && !rows.some((row) => row.id === id));
    if (wrong >= 0) throw fieldProblem(`/holderIds/${wrong}`, 'approvals.employeeUnknown');
  }

  /** What a route in use names stays in use. */
  private async demandUnused(ctx: Ctx, { id }: ApprovalItem): Promise<void> {
    const rows = await this.db.query<{ name: Record<'ru' | 'en', string> }>(
      ctx,
      `SELECT name FROM approval_route WHERE "archivedAt" IS NULL AND ("kindId" = $1 OR position($1::text IN definition::text) > 0) ORDER BY position LIMIT 5`,
      [id],
    );
    if (rows.length) throw ApprovalError.itemInUse({ routes: rows.map(({ name }) => name[ctx.locale]).join(', ') });
  }
}

const SELECT = `SELECT i.*, COALESCE((SELECT jsonb_agg(jsonb_build_object('kind', 'employee', 'id', e.id, 'name', e.name, 'position', NULLIF(e.position, '')) ORDER BY h.place)
  FROM unnest(i."holderIds") WITH ORDINALITY AS h(id, place) JOIN employee e ON e.id = h.id), '[]') AS holders FROM approval_item i`;

const toValues = (values: readonly IndexValueInput[]): IndexValue[] =>
  values
    .map(({ from, value }) => ({ from, value: moneyOf(value)! }))
    .sort((one, other) => (one.from < other.from ? -1 : 1));
