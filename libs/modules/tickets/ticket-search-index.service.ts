import { CustomFields, type FieldOption } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db, type TxCtx } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import { indexText, phonesOf } from './search-text';

type Source = {
  id: string;
  number: number;
  subject: string;
  names: string | null;
  contacts: string | null;
  externalIds: string;
  description: string;
  clientFiles: string | null;
  innerFiles: string | null;
  comments: string | null;
  customFields: Record<string, unknown>;
};
/** Words of custom fields, apart for what clients see. */
type Custom = { shown: string; hidden: string };

/** A vector holds one megabyte at most: of an endless conversation the newest words are kept. */
const LONGEST = {
  short: 2_000,
  contacts: 4_000,
  body: 40_000,
  talk: 120_000,
  comment: 20_000,
  vector: 400_000,
  custom: 20_000,
};

const SOURCES = `
  SELECT t.id, t.number, t.subject, t."descriptionText" AS description, t."externalIds"::text AS "externalIds", t."customFields",
    concat_ws(' ', co.name, co."additionalName", ct.name, ob.name) AS names,
    (SELECT string_agg(email, ' ') FROM contact_email WHERE "contactId" = t."contactId") || ' ' ||
      COALESCE((SELECT string_agg(e164, ' ') FROM contact_phone WHERE "contactId" = t."contactId"), '') AS contacts,
    (SELECT string_agg(concat_ws(' ', f.name, a.caption), ' ') FROM attachment a JOIN stored_file f ON f.id = a."fileId"
      WHERE a."ticketId" = t.id AND 'client' = ANY(a.audience) AND a."commentId" IS NULL) AS "clientFiles",
    (SELECT string_agg(concat_ws(' ', f.name, a.caption), ' ') FROM attachment a JOIN stored_file f ON f.id = a."fileId"
      WHERE a."ticketId" = t.id AND NOT ('client' = ANY(a.audience) AND a."commentId" IS NULL)) AS "innerFiles",
    (SELECT string_agg(left(text, ${LONGEST.comment}), ' ' ORDER BY "createdAt" DESC, id DESC) FROM comment WHERE "ticketId" = t.id AND "undoneAt" IS NULL) AS comments
  FROM ticket t LEFT JOIN company co ON co.id = t."companyId" LEFT JOIN contact ct ON ct.id = t."contactId"
    LEFT JOIN service_object ob ON ob.id = t."objectId"
  WHERE t.id = ANY($1::uuid[])`;

const PARTS = ['A', 'B', 'C', 'D'] as const;
const vectorOf = (words: string, roots: string, weight: string): string =>
  `setweight(to_tsvector('russian', ${words}) || to_tsvector('simple', ${roots}), '${weight}')`;

const WRITE = `
  INSERT INTO ticket_search ("ticketId", vector, "shortText")
  SELECT d.id, ${PARTS.map((part) => vectorOf(`d.w${part}`, `d.r${part}`, part)).join(' || ')}, d.short
  FROM unnest($1::uuid[], $2::text[], ${PARTS.map((_, index) => `$${index * 2 + 3}::text[], $${index * 2 + 4}::text[]`).join(', ')})
    AS d(id, short, ${PARTS.map((part) => `w${part}, r${part}`).join(', ')})
  ON CONFLICT ("ticketId") DO UPDATE SET vector = EXCLUDED.vector, "shortText" = EXCLUDED."shortText"`;

const APPEND = `UPDATE ticket_search SET vector = vector || ${vectorOf('$2::text', '$3::text', 'D')}
  WHERE "ticketId" = $1::uuid AND pg_column_size(vector) < ${LONGEST.vector}`;

/** Keeps what tickets are found by. */
@Injectable()
export class TicketSearchIndex {
  constructor(
    private readonly db: Db,
    private readonly fields: CustomFields,
  ) {}

  /** In the transaction that registers the ticket: it is found from its first moment. */
  async addTicket(ctx: TxCtx, ticketId: string): Promise<void> {
    await this.write(ctx, [ticketId]);
  }

  /** In the transaction that adds the comment: its words join those of the ticket; names of files need a look at all of them. */
  async addComment(ctx: TxCtx, ticketId: string, text: string, hasFiles: boolean): Promise<void> {
    if (hasFiles) return this.refresh(ctx, [ticketId]);
    const { words, roots } = indexText(text.slice(0, LONGEST.comment));
    if (!words) return;
    await this.db.prepared(ctx, APPEND, [ticketId, words, roots]);
  }

  /** Reads everything anew. Whoever comes second waits, and so never writes older words over newer ones. */
  async refresh(ctx: Ctx, ticketIds: readonly string[]): Promise<void> {
    if (!ticketIds.length) return;
    await this.db.tx(ctx, async (ctx) => {
      await this.db.query(
        ctx,
        `SELECT 1 FROM ticket_search WHERE "ticketId" = ANY($1::uuid[]) ORDER BY "ticketId" FOR UPDATE`,
        [ticketIds],
      );
      await this.write(ctx, ticketIds);
    });
  }

  /** The next tickets of a company or a contact whose names have changed. */
  async nextTickets(
    ctx: Ctx,
    owner: { companyId?: string; contactId?: string },
    after: string | null,
    limit: number,
  ): Promise<string[]> {
    const [column, id] = owner.companyId ? ['companyId', owner.companyId] : ['contactId', owner.contactId];
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM ticket WHERE "${column}" = $1::uuid AND ($2::uuid IS NULL OR id > $2::uuid) ORDER BY id LIMIT $3`,
      [id, after, limit],
    );
    return rows.map((row) => row.id);
  }

  /** Texts, numbers and the names of options; what a reference leads to is found by its own name. */
  private async customWords(ctx: Ctx, sources: readonly Source[]): Promise<Words> {
    if (!sources.some(({ customFields }) => Object.keys(customFields).length)) return NO_WORDS;
    const definitions = await this.fields.definitions(ctx, 'ticket');
    const searched = definitions.filter(({ type }) => WORDED.includes(type));
    return (values) => {
      const wordsOf = (isShown: boolean): string =>
        searched
          .filter(({ code, isClientVisible }) => isClientVisible === isShown && Object.hasOwn(values, code))
          .map(({ code, options }) => textOfCustom(values[code], options))
          .join(' ')
          .slice(0, LONGEST.custom);
      return { shown: wordsOf(true), hidden: wordsOf(false) };
    };
  }

  private async write(ctx: Ctx, ticketIds: readonly string[]): Promise<void> {
    const sources = await this.db.prepared<Source>(ctx, SOURCES, [ticketIds]);
    if (!sources.length) return;
    const words = await this.customWords(ctx, sources);
    const documents = sources.map((source) => toDocument(source, words(source.customFields)));
    const columns = PARTS.flatMap((_, part) => [
      documents.map(({ texts }) => texts[part]!.words),
      documents.map(({ texts }) => texts[part]!.roots),
    ]);
    await this.db.prepared(ctx, WRITE, [
      documents.map(({ id }) => id),
      documents.map(({ short }) => short),
      ...columns,
    ]);
  }
}

type Words = (values: Record<string, unknown>) => Custom;
const NO_WORDS: Words = () => ({ shown: '', hidden: '' });

function toDocument(source: Source, custom: Custom) {
  const names = source.names ?? '';
  const short = `${source.subject} ${names}`.slice(0, LONGEST.short);
  const contacts = `${source.contacts ?? ''} ${valuesOf(source.externalIds)}`.slice(0, LONGEST.contacts);
  const phones = phonesOf(source.contacts ?? '').join(' ');
  const texts = [
    `${source.number} ${short}`,
    `${contacts} ${phones} ${custom.hidden}`,
    `${custom.shown} ${source.description} ${source.clientFiles ?? ''}`.slice(0, LONGEST.body),
    `${source.innerFiles ?? ''} ${source.comments ?? ''}`.slice(0, LONGEST.talk),
  ].map(indexText);
  return { id: source.id, short: short.toLowerCase().replaceAll('ё', 'е'), texts };
}

const WORDED = ['text', 'number', 'money', 'select', 'multiselect', 'formula'];

function textOfCustom(value: unknown, options: readonly FieldOption[]): string {
  if (!options.length) return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const chosen = Array.isArray(value) ? value : [value];
  return options
    .filter((option) => chosen.includes(option.value))
    .flatMap(({ label }) => Object.values(label))
    .join(' ');
}

const valuesOf = (json: string): string => Object.values(JSON.parse(json) as Record<string, unknown>).join(' ');
