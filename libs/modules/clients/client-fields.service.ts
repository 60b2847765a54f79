import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  customFieldCondition,
  CustomFields,
  type FieldDisplay,
  FieldReferences,
  FieldRows,
  type StoredValue,
  type StoredValues,
} from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { fieldProblem } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import { visibleCompanies, visibleContacts, visibleObjects } from './clients.access';

/** What of the clients has fields of its own, with its table. */
const TABLES = { company: 'company', contact: 'contact', object: 'service_object' } as const;
export type ClientSubject = keyof typeof TABLES;

/** The values of a row as the asker sees them, and as a person reads them. */
export type ShownFields = { values: Record<string, StoredValue>; texts: Record<string, FieldDisplay> };

/** A change of custom fields, each a field of its own for versions and conflicts. */
export type FieldsChange = {
  /** What the row holds after the change. */
  values: StoredValues;
  before: Record<string, unknown>;
  patch: Record<string, unknown>;
};

const PREFIX = 'customFields.';

/** Custom fields of companies, contacts and service objects; also answers for references that lead to them. */
@Injectable()
export class ClientFields implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly fields: CustomFields,
    private readonly rows: FieldRows,
    private readonly references: FieldReferences,
  ) {}

  onModuleInit(): void {
    const visible = {
      company: visibleCompanies,
      contact: visibleContacts,
      object: (actor: Ctx['actor'], params: SqlParams) => visibleObjects(actor, params, 'r'),
    };
    for (const subject of Object.keys(TABLES) as ClientSubject[]) {
      const table = TABLES[subject];
      this.rows.register(subject, { table });
      this.references.register(subject, {
        visible: async (ctx, ids) => {
          const params = new SqlParams();
          const sql = `SELECT r.id FROM ${table} r WHERE r.id = ANY(${params.add(ids)}::uuid[]) AND ${visible[subject](ctx.actor, params, 'r.id')}`;
          return new Set((await this.db.query<{ id: string }>(ctx, sql, params.values)).map(({ id }) => id));
        },
        names: async (ctx, ids) => {
          const sql = `SELECT id, name FROM ${table} WHERE id = ANY($1::uuid[])`;
          return new Map(
            (await this.db.query<{ id: string; name: string }>(ctx, sql, [ids])).map(({ id, name }) => [id, name]),
          );
        },
      });
    }
  }

  /** The rows with their values as the asker sees them. */
  async shownIn<Row extends { customFields: StoredValues }>(
    ctx: Ctx,
    subject: ClientSubject,
    rows: Row[],
  ): Promise<(Row & { shownFields: ShownFields })[]> {
    if (rows.every(({ customFields }) => !Object.keys(customFields).length))
      return rows.map((row) => ({ ...row, shownFields: { values: {}, texts: {} } }));
    const view = await this.fields.viewer(ctx, subject);
    const texts = await this.fields.displaysOf(
      ctx,
      subject,
      rows.map(({ customFields }) => customFields),
    );
    return rows.map((row, index) => ({
      ...row,
      shownFields: { values: view(row.customFields), texts: texts[index]! },
    }));
  }

  /** The change that the given values make to a row, or to a new one; refuses what is wrong with them, all at once. */
  async change(
    ctx: Ctx,
    subject: ClientSubject,
    given: unknown,
    stored: StoredValues = {},
  ): Promise<FieldsChange | undefined> {
    if (given === undefined) return undefined;
    const { values, problems } = await this.fields.check(ctx, subject, given, { before: stored });
    if (problems.length) throw invalid(problems);
    const codes = Object.keys(given as object);
    const of = (row: StoredValues) => Object.fromEntries(codes.map((code) => [PREFIX + code, row[code] ?? null]));
    return { values, before: of(stored), patch: of(values) };
  }

  /** SQL condition of `cf=<code>:<value>`, all of which must hold. */
  async condition(
    ctx: Ctx,
    subject: ClientSubject,
    params: SqlParams,
    column: string,
    asked: readonly string[] = [],
  ): Promise<string> {
    if (!asked.length) return 'true';
    const definitions = await this.fields.definitions(ctx, subject);
    const conditions = asked.map((one, index) => {
      const [, code = '', value = ''] = /^([^:]*):?([\s\S]*)$/.exec(one)!;
      const field = definitions.find((definition) => definition.code === code);
      if (!field) throw fieldProblem(`/cf/${index}`, 'fields.fieldUnknown');
      const condition = customFieldCondition(params, column, field, value, () => zoneOf(ctx, params));
      if (!condition) throw fieldProblem(`/cf/${index}`, 'fields.filterWrong');
      return `(${condition})`;
    });
    return [`${column} <> '{}'::jsonb`, ...conditions]
      .slice(asked.some((one) => one.endsWith(':none')) ? 1 : 0)
      .join(' AND ');
  }
}

/** The days of the person's own zone, otherwise of the organisation's: as in lists of tickets. */
const zoneOf = ({ actor }: Ctx, params: SqlParams): string =>
  `(SELECT COALESCE(e."timeZone", i."timeZone") FROM installation i
    LEFT JOIN employee e ON e.id = ${params.add(actor.kind === 'employee' ? actor.id : null)}::uuid WHERE i.id = 1)`;

/** What goes into the table: the flat fields of a change become its column again. */
export function withoutFlat<Changes extends object>(changes: Changes): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([field]) => !field.startsWith(PREFIX))) as Changes;
}
