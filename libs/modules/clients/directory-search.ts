import type { SqlParams } from '@opora/platform/db';
import type { ArchiveState } from './clients.dto';
import { phoneDigits } from './phone';
import { searchable } from './plain-text';

const MAX_WORDS = 8;
const escaped = (word: string): string => word.replace(/[\\%_]/g, '\\$&');

/** SQL condition: every word of the query is in the column; a phone is one word however it is written. */
export function matchesText(params: SqlParams, column: string, query: string | undefined): string {
  const text = query?.trim();
  if (!text) return 'true';
  const digits = phoneDigits(text);
  const words = digits ? [digits] : searchable(text).split(/\s+/).slice(0, MAX_WORDS);
  return words.map((word) => `${column} LIKE ${params.add(`%${escaped(word)}%`)}`).join(' AND ');
}

/** SQL condition: in the archive, outside, or both. */
export function inState(archivedAt: string, state: ArchiveState = 'active'): string {
  if (state === 'all') return 'true';
  return `${archivedAt} IS ${state === 'archived' ? 'NOT NULL' : 'NULL'}`;
}

/** SQL condition: after the row of the cursor, in the order of the name. */
export function afterName(params: SqlParams, alias: string, after: readonly unknown[] | undefined): string {
  return after
    ? `(lower(${alias}.name), ${alias}.id) > (${params.add(after[0])}::text, ${params.add(after[1])}::uuid)`
    : 'true';
}
