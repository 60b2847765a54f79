import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  QueryFailedError,
  type Repository,
} from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { Ctx } from '../context';
import type { Text } from './json-rows';

/** A context inside a transaction. */
export type TxCtx = Ctx & Required<Pick<Ctx, 'tx'>>;

const MOST_STATEMENTS = 200;
const AS_TEXT = { getTypeParser: () => (text: string) => text } as QueryConfig['types'];

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
  query<Row>(ctx: Ctx, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.run(ctx, { text: sql, values: [...parameters] });
  }

  /**
   * The same for a text that never varies and joins many tables: each connection plans it once, and planning ten joins costs more than
   * running them. Not for a text whose best plan depends on its values.
   */
  prepared<Row>(ctx: Ctx, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.run(ctx, { name: this.statementName(sql), text: sql, values: [...parameters] });
  }

  /** The same with values as PostgreSQL writes them, in the order of the columns: for `JsonPart`. */
  async preparedTexts(ctx: Ctx, sql: string, parameters: readonly unknown[] = []): Promise<Text[][]> {
    const config = { name: this.statementName(sql), text: sql, values: [...parameters], types: AS_TEXT };
    return this.run<Text[]>(ctx, { ...config, rowMode: 'array' } as QueryConfig);
  }

  /** Straight to the driver: a runner of its own for every statement would cost more than the statement. */
  private async run<Row>(ctx: Ctx, config: QueryConfig): Promise<Row[]> {
    try {
      const runner = ctx.tx?.manager.queryRunner;
      const client = runner ? ((await runner.connect()) as PoolClient) : this.pool;
      return (await client.query(config)).rows as Row[];
    } catch (error) {
      throw new QueryFailedError(config.text, config.values as unknown[], error as Error);
    }
  }

  private get pool(): Pool {
    return (this.source.driver as PostgresDriver).master as Pool;
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
