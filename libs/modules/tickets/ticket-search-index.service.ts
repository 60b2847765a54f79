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
  /** Numbers, subjects and descriptions of what was merged into it. */
  merged: string | null;
  contacts: string | null;
  externalIds: string;
  description: string;
  clientFiles: string | null;
  innerFiles: string | null;
  customFields: Record<string, unknown>;
};
/** Words of custom fields, apart for what clients see. */
type Custom = { shown: string; hidden: string };

/** A vector holds one megabyte at most. */
const LONGEST = { short: 2_000, contacts: 4_000, body: 40_000, files: 120_000, comment: 20_000, custom: 20_000 };

const sourcesOf = (condition: string): string => `
  SELECT t.id, t.number, t.subject, t."descriptionText" AS description, t."externalIds"::text AS "externalIds", t."customFields",
    (SELECT string_agg(concat_ws(' ', m.number, m.subject, left(m."descriptionText", 4000)), ' ' ORDER BY m.id) FROM ticket m
      WHERE m."mergedIntoId" IS NOT NULL AND m.id IN (SELECT ticket_absorbed(t.id)) AND m.id <> t.id) AS merged,
    concat_ws(' ', co.name, co."additionalName", ct.name, ob.name) AS names,
    (SELECT string_agg(email, ' ') FROM contact_email WHERE "contactId" = t."contactId") || ' ' ||
      COALESCE((SELECT string_agg(e164, ' ') FROM contact_phone WHERE "contactId" = t."contactId"), '') AS contacts,
    (SELECT string_agg(concat_ws(' ', f.name, a.caption), ' ') FROM attachment a JOIN stored_file f ON f.id = a."fileId"
      WHERE a."ticketId" = t.id AND 'client' = ANY(a.audience) AND a."commentId" IS NULL) AS "clientFiles",
    (SELECT string_agg(concat_ws(' ', f.name, a.caption), ' ') FROM attachment a JOIN stored_file f ON f.id = a."fileId"
      WHERE a."ticketId" = t.id AND NOT ('client' = ANY(a.audience) AND a."commentId" IS NULL)) AS "innerFiles"
  FROM ticket t LEFT JOIN company co ON co.id = t."companyId" LEFT JOIN contact ct ON ct.id = t."contactId"
    LEFT JOIN service_object ob ON ob.id = t."objectId"
  WHERE ${condition}`;
const SOURCE = sourcesOf('t.id = $1::uuid');
const SOURCES = sourcesOf('t.id = ANY($1::uuid[])');

/** What a comment is found by. */
export type SearchedComment = { id: string; text: string };

const PARTS = ['A', 'B', 'C', 'D'] as const;
const vectorOf = (words: string, roots: string, weight: string): string =>
  `setweight(to_tsvector('russian', ${words}) || to_tsvector('simple', ${roots}), '${weight}')`;

const WRITE = `
  INSERT INTO ticket_search ("ticketId", vector, "shortText")
  SELECT d.id, ${PARTS.map((part) => vectorOf(`d.w${part}`, `d.r${part}`, part)).join(' || ')}, d.short
  FROM unnest($1::uuid[], $2::text[], ${PARTS.map((_, index) => `$${index * 2 + 3}::text[], $${index * 2 + 4}::text[]`).join(', ')})
    AS d(id, short, ${PARTS.map((part) => `w${part}, r${part}`).join(', ')})
  ON CONFLICT ("ticketId") DO UPDATE SET vector = EXCLUDED.vector, "shortText" = EXCLUDED."shortText"`;

const WRITE_COMMENTS = `
  INSERT INTO comment_search ("commentId", "ticketId", vector)
  SELECT d.id, d.ticket, ${vectorOf('d.words', 'd.roots', 'D')}
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS d(id, ticket, words, roots)
  ON CONFLICT ("commentId") DO UPDATE SET vector = EXCLUDED.vector`;

/** Keeps what tickets are found by. */
@Injectable()
export class TicketSearchIndex {
  constructor(
    private readonly db: Db,
    private readonly fields: CustomFields,
  ) {}

  /** In the transaction that registers the ticket: it is found from its first moment. */
  async addTicket(ctx: TxCtx, ticketId: string): Promise<void> {
    await this.write(ctx, await this.db.prepared<Source>(ctx, SOURCE, [ticketId]));
  }

  /** In the transaction that adds the comment; names of its files join those of the ticket. */
  async addComment(ctx: TxCtx, ticketId: string, comment: SearchedComment, hasFiles: boolean): Promise<void> {
    await this.writeComments(ctx, [{ ...comment, ticketId }]);
    if (hasFiles) await this.refresh(ctx, [ticketId]);
  }

  /** A comment that was taken back is not found any more. */
  async forgetComment(ctx: Ctx, commentId: string): Promise<void> {
    await this.db.query(ctx, 'DELETE FROM comment_search WHERE "commentId" = $1::uuid', [commentId]);
  }

  /** Reads the comments of the tickets anew. */
  async refreshComments(ctx: Ctx, ticketIds: readonly string[]): Promise<void> {
    const comments = await this.db.query<SearchedComment & { ticketId: string }>(
      ctx,
      `SELECT id, "ticketId", left(text, ${LONGEST.comment}) AS text FROM comment WHERE "ticketId" = ANY($1::uuid[]) AND "undoneAt" IS NULL`,
      [ticketIds],
    );
    await this.writeComments(ctx, comments);
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
      await this.write(ctx, await this.db.prepared<Source>(ctx, SOURCES, [ticketIds]));
    });
  }

  /** The next tickets of a company or a contact whose names have changed, or of everybody. */
  async nextTickets(
    ctx: Ctx,
    owner: { companyId?: string; contactId?: string },
    after: string | null,
    limit: number,
  ): Promise<string[]> {
    const [column, id] = owner.companyId
      ? ['companyId', owner.companyId]
      : owner.contactId
        ? ['contactId', owner.contactId]
        : [];
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM ticket WHERE ${column ? `"${column}" = $3::uuid` : 'true'} AND ($1::uuid IS NULL OR id > $1::uuid) ORDER BY id LIMIT $2`,
      [after, limit, ...(column ? [id] : [])],
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

  private async writeComments(ctx: Ctx, comments: readonly (SearchedComment & { ticketId: string })[]): Promise<void> {
    const documents = comments
      .map(({ id, ticketId, text }) => ({ id, ticketId, ...indexText(text.slice(0, LONGEST.comment)) }))
      .filter(({ words }) => words);
    if (!documents.length) return;
    const column = (name: 'id' | 'ticketId' | 'words' | 'roots'): string[] =>
      documents.map((document) => document[name]);
    await this.db.prepared(ctx, WRITE_COMMENTS, [column('id'), column('ticketId'), column('words'), column('roots')]);
  }

  private async write(ctx: Ctx, sources: readonly Source[]): Promise<void> {
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
    `${custom.shown} ${source.description} ${source.clientFiles ?? ''} ${source.merged ?? ''}`.slice(0, LONGEST.body),
    (source.innerFiles ?? '').slice(0, LONGEST.files),
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
