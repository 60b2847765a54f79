import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import { QueryFailedError } from 'typeorm';
import { ClientsError } from './clients.errors';
import type { CategoryRow, CreateCategory, UpdateCategory } from './company-categories.dto';
import { CompanyCategory } from './company-category.entity';
import { definedOf } from './field-versions';

const SELECT = `
  SELECT g.*, (SELECT count(*)::int FROM company_category_link l JOIN company c ON c.id = l."companyId" AND c."archivedAt" IS NULL
               WHERE l."categoryId" = g.id) AS "companyCount",
    COALESCE((SELECT jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) ORDER BY r.id) FROM role r
              WHERE r.scope = 'categories' AND g.id = ANY(r."categoryIds")), '[]') AS roles
  FROM company_category g`;

/** Groups of companies, each with every place that uses it. */
@Injectable()
export class CompanyCategories {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  list(ctx: Ctx): Promise<CategoryRow[]> {
    return this.db.query<CategoryRow>(ctx, `${SELECT} ORDER BY lower(g.name), g.id LIMIT 1000`);
  }

  async get(ctx: Ctx, id: string): Promise<CategoryRow> {
    const [row] = await this.db.query<CategoryRow>(ctx, `${SELECT} WHERE g.id = $1`, [id]);
    return row ?? raise(ClientsError.categoryNotFound());
  }

  create(ctx: Ctx, input: CreateCategory): Promise<CategoryRow> {
    return this.db.tx(ctx, async (ctx) => {
      const { code, name, color } = input;
      const id = newId();
      await unlessTaken(
        this.db.repo(ctx, CompanyCategory).insert({ id, code, name, color: color.toLowerCase() }),
        code,
      );
      this.live.touch(ctx, ['company-categories'], 'staff');
      return this.get(ctx, id);
    });
  }

  update(ctx: Ctx, id: string, input: UpdateCategory): Promise<CategoryRow> {
    return this.db.tx(ctx, async (ctx) => {
      const { code } = await this.get(ctx, id);
      const changes = definedOf({ code: input.code, name: input.name, color: input.color?.toLowerCase() });
      if (Object.keys(changes).length)
        await unlessTaken(this.db.repo(ctx, CompanyCategory).update({ id }, changes), input.code ?? code);
      this.live.touch(ctx, ['company-categories', 'companies'], 'staff');
      return this.get(ctx, id);
    });
  }
}

async function unlessTaken<Result>(writing: Promise<Result>, code: string): Promise<Result> {
  return writing.catch((error: unknown) => {
    const { code: state } = (error instanceof QueryFailedError ? error.driverError : {}) as { code?: string };
    throw state === '23505' ? ClientsError.categoryCodeTaken({ code }) : (error as Error);
  });
}
