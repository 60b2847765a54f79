import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  QueryFailedError,
  type Repository,
} from 'typeorm';
import type { Ctx } from '../context';

/** A context inside a transaction. */
export type TxCtx = Ctx & Required<Pick<Ctx, 'tx'>>;

const MOST_STATEMENTS = 200;

/** The database: repositories and transactions that follow the context. */
@Injectable()
export class Db {
  private readonly statements = new Map<string, string>();

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

  /**
   * The same for a text that never varies and joins many tables: each connection plans it once, and planning ten joins costs more than
   * running them. Not for a text whose best plan depends on its values.
   */
  async prepared<Row>(ctx: Ctx, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const name = this.statementName(sql);
    if (!name) return this.query<Row>(ctx, sql, parameters);
    const runner = ctx.tx?.manager.queryRunner ?? this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      return (await client.query({ name, text: sql, values: [...parameters] })).rows as Row[];
    } catch (error) {
      throw new QueryFailedError(sql, [...parameters], error as Error);
    } finally {
      if (!ctx.tx) await runner.release();
    }
  }

  /** Undefined once there are so many texts that they evidently do vary. */
  private statementName(sql: string): string | undefined {
    const known = this.statements.get(sql);
    if (known || this.statements.size >= MOST_STATEMENTS) return known;
    const name = `s_${createHash('sha256').update(sql).digest('hex').slice(0, 16)}`;
    this.statements.set(sql, name);
    return name;
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
