import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral, type Repository } from 'typeorm';
import type { Ctx } from '../context';

/** A context inside a transaction. */
export type TxCtx = Ctx & Required<Pick<Ctx, 'tx'>>;

/** The database: repositories and transactions that follow the context. */
@Injectable()
export class Db {
  constructor(@InjectDataSource() readonly source: DataSource) {}

  manager(ctx: Ctx): EntityManager {
    return ctx.tx?.manager ?? this.source.manager;
  }

  repo<Entity extends ObjectLiteral>(ctx: Ctx, entity: EntityTarget<Entity>): Repository<Entity> {
    return this.manager(ctx).getRepository(entity);
  }

  /** Runs SQL with `$1` parameters and returns its rows. */
  async query<Row>(ctx: Ctx, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result: unknown = await this.manager(ctx).query(sql, parameters as unknown[]);
    // UPDATE … RETURNING and DELETE … RETURNING come back as [rows, count].
    return (isCounted(result) ? result[0] : result) as Row[];
  }

  /** Runs `work` in a transaction; a nested call joins the outer one. What must follow the commit goes to `afterCommit`. */
  async tx<Result>(ctx: Ctx, work: (ctx: TxCtx) => Promise<Result>): Promise<Result> {
    if (ctx.tx) return work(ctx as TxCtx);
    const afterCommit: (() => void)[] = [];
    const result = await this.source.transaction((manager) => work({ ...ctx, tx: { manager, afterCommit } }));
    for (const follow of afterCommit) follow();
    return result;
  }
}

const isCounted = (result: unknown): result is [unknown[], number] =>
  Array.isArray(result) && result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
