import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { visibleObjects } from './clients.access';
import type { ArchiveState } from './clients.dto';
import { ClientsError } from './clients.errors';
import { Companies } from './companies.service';
import { inState } from './directory-search';
import { treeOrder } from './object-tree';
import type { ObjectNodeView } from './service-objects.dto';
import { type EffectiveObject, ServiceObjects } from './service-objects.service';

/** The company's tree of service objects: its shape, moves, the archive of whole branches. */
@Injectable()
export class ObjectTree {
  constructor(
    private readonly db: Db,
    private readonly companies: Companies,
    private readonly objects: ServiceObjects,
  ) {}

  /** Every object of the company, parents before what lies in them, neighbours by name. */
  async read(ctx: Ctx, companyId: string, state: ArchiveState = 'active'): Promise<ObjectNodeView[]> {
    await this.companies.get(ctx, companyId);
    const params = new SqlParams();
    const rows = await this.db.query<Omit<ObjectNodeView, 'childCount' | 'archivedAt'> & { archivedAt: Date | null }>(
      ctx,
      `SELECT o.id, o."parentId", cardinality(o.path) AS depth, o.name, o.kind, o.address, o."archivedAt" FROM service_object o
       WHERE o."companyId" = ${params.add(companyId)} AND ${inState('o."archivedAt"', state)} AND ${visibleObjects(ctx.actor, params, 'o')}
       ORDER BY lower(o.name), o.id`,
      params.values,
    );
    return treeOrder(rows).map(({ node, childCount }) => ({
      ...node,
      archivedAt: node.archivedAt?.toISOString() ?? null,
      childCount,
    }));
  }

  /** Hangs the object with all below it under another parent, or at the top. */
  move(ctx: Ctx, id: string, parentId: string | null): Promise<EffectiveObject> {
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.objects.getForUpdate(ctx, id);
      if (row.parentId === (parentId?.toLowerCase() ?? null)) return this.objects.effectiveOf(ctx, id);
      const parent = parentId
        ? await this.objects.parentIn(ctx, row.companyId, parentId, await this.height(ctx, id))
        : undefined;
      if (parent?.path.includes(row.id)) throw ClientsError.objectCycle({ name: row.name, parent: parent.name });
      await this.db.query(
        ctx,
        `UPDATE service_object SET path = $2::uuid[] || path[$3:], "parentId" = CASE WHEN id = $1 THEN $4::uuid ELSE "parentId" END, version = version + 1
         WHERE path @> ARRAY[$1::uuid]`,
        [id, parent?.path ?? [], row.path.length, parentId],
      );
      this.objects.touch(ctx, row);
      return this.objects.effectiveOf(ctx, id);
    });
  }

  /** Puts the object and all below it into the archive. */
  archive(ctx: Ctx, id: string): Promise<EffectiveObject> {
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.objects.getForUpdate(ctx, id);
      await this.db.query(
        ctx,
        'UPDATE service_object SET "archivedAt" = $2, version = version + 1 WHERE path @> ARRAY[$1::uuid] AND "archivedAt" IS NULL',
        [id, ctx.now()],
      );
      this.objects.touch(ctx, row);
      return this.objects.effectiveOf(ctx, id);
    });
  }

  /** Takes the object back with what went into the archive together with it. */
  restore(ctx: Ctx, id: string): Promise<EffectiveObject> {
    return this.db.tx(ctx, async (ctx) => {
      const row = await this.objects.getForUpdate(ctx, id);
      if (row.parentId) {
        const parent = await this.objects.get(ctx, row.parentId);
        if (parent.archivedAt) throw ClientsError.parentArchived({ name: parent.name });
      }
      await this.db.query(
        ctx,
        'UPDATE service_object SET "archivedAt" = NULL, version = version + 1 WHERE path @> ARRAY[$1::uuid] AND "archivedAt" = $2',
        [id, row.archivedAt],
      );
      this.objects.touch(ctx, row);
      return this.objects.effectiveOf(ctx, id);
    });
  }

  /** Levels of the branch, the object itself included. */
  private async height(ctx: TxCtx, id: string): Promise<number> {
    const [row] = await this.db.query<{ height: number }>(
      ctx,
      `SELECT max(cardinality(o.path)) - min(cardinality(o.path)) + 1 AS height FROM service_object o WHERE o.path @> ARRAY[$1::uuid]`,
      [id],
    );
    return row?.height ?? 1;
  }
}
