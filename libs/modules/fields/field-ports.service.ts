import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldSubject, ReferenceKind } from './custom-field.entity';

/** Answers for rows that a reference may lead to. */
export type ReferenceSource = {
  /** Those of the ids that exist and that the actor may see. */
  visible(ctx: Ctx, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Names of rows by id, for whoever sees the row that refers to them. */
  names(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

/** Who answers for companies, contacts, objects, employees and tickets: their modules register here. */
@Injectable()
export class FieldReferences {
  private readonly sources = new Map<ReferenceKind, ReferenceSource>();

  register(kind: ReferenceKind, source: ReferenceSource): void {
    this.sources.set(kind, source);
  }

  async visible(ctx: Ctx, kind: ReferenceKind, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return (await this.sources.get(kind)?.visible(ctx, [...new Set(ids)])) ?? new Set();
  }

  async names(ctx: Ctx, kind: ReferenceKind, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return (await this.sources.get(kind)?.names(ctx, [...new Set(ids)])) ?? new Map();
  }
}

/** Where the values of a subject lie: a table with `id uuid` and `"customFields" jsonb`. Its owner registers it. */
@Injectable()
export class FieldRows {
  private readonly tables = new Map<FieldSubject, string>();

  constructor(private readonly db: Db) {}

  register(subject: FieldSubject, { table }: { table: string }): void {
    if (!/^[a-z_]+$/.test(table)) throw new Error(`not a table: ${table}`);
    this.tables.set(subject, table);
  }

  /** How many rows have a value of the field. */
  async count(ctx: Ctx, subject: FieldSubject, code: string): Promise<number> {
    const table = this.tables.get(subject);
    if (!table) return 0;
    const [row] = await this.db.query<{ count: number }>(
      ctx,
      `SELECT count(*)::int AS count FROM "${table}" WHERE "customFields" <> '{}'::jsonb AND "customFields" ? $1`,
      [code],
    );
    return row?.count ?? 0;
  }

  /** Those of the options that some row has chosen. */
  async usedOptions(ctx: Ctx, subject: FieldSubject, code: string, options: readonly string[]): Promise<string[]> {
    const table = this.tables.get(subject);
    if (!table || !options.length) return [];
    const rows = await this.db.query<{ value: string }>(
      ctx,
      `SELECT o.value FROM unnest($2::text[]) AS o(value) WHERE EXISTS (SELECT 1 FROM "${table}" r WHERE r."customFields" <> '{}'::jsonb
         AND (r."customFields" @> jsonb_build_object($1::text, o.value) OR r."customFields" @> jsonb_build_object($1::text, jsonb_build_array(o.value))))`,
      [code, options],
    );
    return rows.map(({ value }) => value);
  }

  /** A page of rows that have any values, in the order of their ids. */
  async page(
    ctx: Ctx,
    subject: FieldSubject,
    after: string | null,
    limit: number,
  ): Promise<{ id: string; customFields: Record<string, never> }[]> {
    const table = this.tables.get(subject);
    if (!table) return [];
    return this.db.query(
      ctx,
      `SELECT id, "customFields" FROM "${table}" WHERE "customFields" <> '{}'::jsonb AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2 FOR NO KEY UPDATE`,
      [after, limit],
    );
  }

  async write(ctx: Ctx, subject: FieldSubject, rows: readonly { id: string; customFields: object }[]): Promise<void> {
    const table = this.tables.get(subject);
    if (!table || !rows.length) return;
    await this.db.query(
      ctx,
      `UPDATE "${table}" r SET "customFields" = v.fields FROM jsonb_to_recordset($1::jsonb) AS v(id uuid, fields jsonb) WHERE r.id = v.id`,
      [JSON.stringify(rows.map(({ id, customFields }) => ({ id, fields: customFields })))],
    );
  }
}
