import type { Actor } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { wordQueries } from './ticket-search-sql';
import { visibleTo } from './tickets.access';

/** What a ticket is compared with. */
export type Likeness = {
  subject: string;
  companyId?: string | null;
  contactId?: string | null;
  objectId?: string | null;
  exceptId?: string;
  /** Which word of the subject is the rarest, if one is rare. */
  rareWord?: number;
};
export type LikeRow = {
  id: string;
  text: number;
  score: number;
  isCompany: boolean;
  isContact: boolean;
  isObject: boolean;
};

const DAYS = 30;
/** Older ones are looked at only while somebody works on them. */
const OLDEST_DAYS = 120;
const OPEN = `t."statusCategory" NOT IN ('done', 'closed')`;

/**
 * Tickets of the same object, person or company, the newest of all, and those that bear its rarest word: a few hundred found by indexes,
 * whose subjects are then compared. Never the whole table.
 */
export function likeSql(
  { actor, now }: { actor: Actor; now: Date },
  { subject, companyId, contactId, objectId, exceptId, rareWord }: Likeness,
  limit: number,
  params: SqlParams,
): string {
  const at = (days: number): string => `${params.add(new Date(now.getTime() - days * 86_400_000))}::timestamptz`;
  const recent = at(DAYS);
  const alive = `t."deletedAt" IS NULL AND t."mergedIntoId" IS NULL AND (${OPEN} OR t."createdAt" > ${recent})`;
  const id = (value: string): string => `${params.add(value)}::uuid`;
  const near: string[] = [];
  const pool = (condition: string, order: string, most: number): unknown =>
    near.push(`(SELECT t.id FROM ticket t WHERE ${condition} AND ${alive} ORDER BY ${order} LIMIT ${most})`);
  if (objectId)
    pool(`t."objectId" = ${id(objectId)} AND t."publicUpdatedAt" > ${at(OLDEST_DAYS)}`, 't."updatedAt" DESC', 200);
  if (contactId)
    pool(
      `t."contactId" = ${id(contactId)} AND t."publicUpdatedAt" > ${at(OLDEST_DAYS)}`,
      't."publicUpdatedAt" DESC',
      200,
    );
  if (companyId)
    pool(
      `t."companyId" = ${id(companyId)} AND t."publicUpdatedAt" > ${at(OLDEST_DAYS)}`,
      't."publicUpdatedAt" DESC',
      300,
    );
  pool(`t."createdAt" > ${recent}`, 't."createdAt" DESC, t.id DESC', 300);
  const rare = rareWord === undefined ? undefined : wordQueries(subject)[rareWord];
  if (rare) pool(`t.id IN (SELECT f FROM ticket_named(${rare({ actor, params })}) f)`, 't."createdAt" DESC', 200);
  const words = `${params.add(plain(subject))}::text`;
  const same = (column: string, value: string | null | undefined): string =>
    value ? `COALESCE(t."${column}" = ${id(value)}, false)` : 'false';
  const except = exceptId ? `AND t.id <> ${id(exceptId)} AND ${compatible(companyId, params)}` : '';
  return `SELECT f.*, LEAST(1, f.text * 0.75 + f."isObject"::int * 0.15 + f."isContact"::int * 0.1 + f."isCompany"::int * 0.05)::float8 AS score
    FROM (SELECT t.id, GREATEST(similarity(l.text, ${words}), word_similarity(${words}, l.text) * 0.9)::float8 AS text, t."updatedAt",
            ${same('companyId', companyId)} AS "isCompany", ${same('contactId', contactId)} AS "isContact", ${same('objectId', objectId)} AS "isObject"
          FROM ticket t CROSS JOIN LATERAL (SELECT replace(lower(t.subject), 'ё', 'е') AS text) l
          WHERE t.id IN (${near.join(' UNION ')}) ${except} AND ${visibleTo(actor, params)}) f
    WHERE f.text >= 0.4 OR (f.text >= 0.28 AND (f."isObject" OR f."isContact"))
    ORDER BY score DESC, f."updatedAt" DESC, f.id DESC LIMIT ${params.add(limit)}::int`;
}

/** A ticket of another company is no candidate. */
export const compatible = (companyId: string | null | undefined, params: SqlParams): string =>
  companyId ? `(t."companyId" IS NULL OR t."companyId" = ${params.add(companyId)}::uuid)` : 'true';

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');
/** A word that so many tickets bear tells little and takes long. */
const RARE = 1500;

/** How many tickets bear each word of the subject, as the planner thinks. */
export function mentionsSql({ subject }: Likeness, actor: Actor, params: SqlParams): string | undefined {
  const words = wordQueries(subject).map((query) => `ticket_mentions(${query({ actor, params })})`);
  return words.length ? `SELECT ARRAY[${words.join(', ')}]::float8[] AS mentions` : undefined;
}

/** The place of the rarest word, if it is rare. */
export function rarestOf(mentions: readonly number[]): number | undefined {
  const least = Math.min(...mentions);
  return least < RARE ? mentions.indexOf(least) : undefined;
}

/** Too little has been typed to compare. */
export const isComparable = (subject: string): boolean => plain(subject).replace(/[^\p{L}\p{N}]/gu, '').length >= 4;
