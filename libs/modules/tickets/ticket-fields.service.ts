import { CustomFields, FieldReferences, FieldRows, FormRules } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { customCodeOf, isCustomName } from './custom-changes';
import type { PortalCustom } from './portal-tickets.dto';
import { TicketFacts } from './ticket-facts.service';
import { type FilterFields, toFilterField } from './ticket-filter-custom';
import type { FormsOfTickets } from './ticket-incomplete-sql';
import type { FormField } from './ticket-type.entity';
import { visibleTo } from './tickets.access';

type Values = Record<string, unknown>;
type Stored = NonNullable<Parameters<CustomFields['viewOf']>[2]>;
const NOTHING_SHOWN: ShownFields = { customFields: {}, customTexts: {} };

/** Custom fields as tickets use them: in filters, lists and lines of the history. */
@Injectable()
export class TicketFields implements OnModuleInit {
  private readonly filterFields = new WeakMap<object, FilterFields>();

  constructor(
    private readonly db: Db,
    private readonly fields: CustomFields,
    private readonly rules: FormRules,
    private readonly references: FieldReferences,
    private readonly rows: FieldRows,
    private readonly facts: TicketFacts,
  ) {}

  onModuleInit(): void {
    this.rows.register('ticket', { table: 'ticket' });
    this.references.register('ticket', {
      visible: (ctx, ids) => this.visible(ctx, ids),
      names: (ctx, ids) => this.names(ctx, ids),
    });
  }

  /** What filters need to know of the fields in use. */
  async forFilters(ctx: Ctx): Promise<FilterFields> {
    const definitions = await this.fields.definitions(ctx, 'ticket');
    let known = this.filterFields.get(definitions);
    if (!known) {
      known = new Map(definitions.map((field) => [field.code, toFilterField(field)]));
      this.filterFields.set(definitions, known);
    }
    return known;
  }

  /** What `is:incomplete` depends on. */
  async forms(ctx: Ctx, custom: FilterFields): Promise<FormsOfTickets> {
    const types = await this.db.query<{ id: string; form: FormField[] }>(ctx, 'SELECT id, form FROM ticket_type');
    return {
      types,
      rules: await this.rules.active(ctx, 'ticket'),
      custom: [...custom.values()],
      added: this.facts.addedSql,
    };
  }

  /** Shows the values of these fields in many rows, given as stored JSON, with the names behind references. */
  async inRows(ctx: Ctx, stored: readonly (string | null)[], codes: readonly string[]): Promise<ShownFields[]> {
    if (!codes.length) return stored.map(() => NOTHING_SHOWN);
    const definitions = await this.fields.definitions(ctx, 'ticket');
    const view = await this.fields.viewer(ctx, 'ticket', { codes });
    const shown = stored.map((values) => view(values === null ? null : (JSON.parse(values) as Stored)));
    const referring = definitions.filter(({ code, type }) => type === 'reference' && codes.includes(code));
    if (!referring.length) return shown.map((customFields) => ({ customFields, customTexts: {} }));
    const texts = await this.fields.displaysOf(ctx, 'ticket', shown, { codes: referring.map(({ code }) => code) });
    return shown.map((customFields, index) => ({
      customFields,
      customTexts: Object.fromEntries(Object.entries(texts[index]!).map(([code, { text }]) => [code, text])),
    }));
  }

  /** The values of one ticket and how a person reads them. */
  async inCard(ctx: Ctx, stored: Values, options: { forClient?: boolean } = {}): Promise<ShownFields> {
    if (!Object.keys(stored).length) return { customFields: {}, customTexts: {} };
    const customFields = await this.fields.viewOf(ctx, 'ticket', stored as Stored, options);
    if (!Object.keys(customFields).length) return { customFields, customTexts: {} };
    const display = await this.fields.displayOf(ctx, 'ticket', stored as Stored, options);
    return {
      customFields,
      customTexts: Object.fromEntries(Object.entries(display).map(([code, { text }]) => [code, text])),
      customLinks: Object.fromEntries(Object.entries(display).flatMap(([code, { url }]) => (url ? [[code, url]] : []))),
    };
  }

  /** What a client sees: his fields in their order, as he reads them. */
  async forClient(ctx: Ctx, stored: Values): Promise<PortalCustom> {
    const { customFields, customTexts, customLinks } = await this.inCard(ctx, stored, { forClient: true });
    const definitions = Object.keys(customFields).length ? await this.fields.definitions(ctx, 'ticket') : [];
    const details = definitions
      .filter(({ code }) => Object.hasOwn(customFields, code))
      .map(({ code, name, type }) => ({
        code,
        label: name[ctx.locale],
        type,
        text: customTexts[code] ?? '',
        url: customLinks?.[code] ?? null,
      }));
    return { customFields, details };
  }

  /** Codes of the fields a client is ever shown. */
  async shownToClients(ctx: Ctx): Promise<Set<string>> {
    const definitions = await this.fields.definitions(ctx, 'ticket');
    return new Set(definitions.filter(({ isClientVisible }) => isClientVisible).map(({ code }) => code));
  }

  /** Puts words to the values in lines of the history. */
  async label(ctx: Ctx, lines: readonly LabelledLine[]): Promise<void> {
    const wanted = lines
      .filter(({ field }) => isCustomName(field))
      .flatMap((line) => [
        { code: customCodeOf(line.field), value: line.before, put: (text: string) => (line.beforeLabel = text) },
        { code: customCodeOf(line.field), value: line.after, put: (text: string) => (line.afterLabel = text) },
      ])
      .filter(({ value }) => value !== null && value !== undefined);
    if (!wanted.length) return;
    const texts = await this.fields.displaysOf(
      ctx,
      'ticket',
      wanted.map(({ code, value }) => ({ [code]: value }) as Stored),
    );
    wanted.forEach(({ code, put }, index) => {
      const text = texts[index]?.[code]?.text;
      if (text !== undefined) put(text);
    });
  }

  private async visible(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
    const params = new SqlParams();
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT t.id FROM ticket t WHERE t.id = ANY(${params.add(ids)}::uuid[]) AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async names(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.db.query<{ id: string; name: string }>(
      ctx,
      `SELECT id, number || ' ' || subject AS name FROM ticket WHERE id = ANY($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

export type ShownFields = {
  customFields: Values;
  customTexts: Record<string, string>;
  customLinks?: Record<string, string>;
};
type LabelledLine = {
  field: string;
  before: unknown;
  after: unknown;
  beforeLabel: string | null;
  afterLabel: string | null;
};
