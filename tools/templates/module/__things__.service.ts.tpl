import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { visibleTo } from './__module__.access';
import { __Module__Error } from './__module__.errors';
import { __Thing__ } from './__thing__.entity';
import type { Create__Thing__, List__Things__, Update__Thing__ } from './__things__.dto';

type Row = __Thing__ & { sortName: string };

/** __Things_words__. */
@Injectable()
export class __Things__ {
  constructor(private readonly db: Db) {}

  async list(ctx: Ctx, { cursor, limit }: List__Things__): Promise<Page<__Thing__>> {
    const after = decodeCursor(cursor, ['text', 'uuid']);
    const rows = await this.db.query<Row>(
      ctx,
      `SELECT *, lower(name) AS "sortName" FROM "__thing_snake__"
       WHERE ${visibleTo(ctx.actor)} AND ($1::text IS NULL OR (lower(name), id) > ($1, $2::uuid))
       ORDER BY lower(name), id LIMIT $3`,
      [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, (row) => keyset(row.sortName, row.id));
  }

  async get(ctx: Ctx, id: string): Promise<__Thing__> {
    const [row] = await this.db.query<__Thing__>(ctx, `SELECT * FROM "__thing_snake__" WHERE ${visibleTo(ctx.actor)} AND id = $1`, [id]);
    return row ?? raise(__Module__Error.notFound());
  }

  async create(ctx: Ctx, input: Create__Thing__): Promise<__Thing__> {
    return this.db.tx(ctx, (ctx) => this.db.repo(ctx, __Thing__).save({ id: newId(), name: input.name, createdAt: ctx.now() }));
  }

  async update(ctx: Ctx, id: string, { name }: Update__Thing__): Promise<__Thing__> {
    return this.db.tx(ctx, async (ctx) => {
      await this.get(ctx, id);
      if (name !== undefined) await this.db.repo(ctx, __Thing__).update({ id }, { name });
      return this.get(ctx, id);
    });
  }
}
