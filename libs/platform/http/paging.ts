import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { RequestError } from '../errors';
import { JsonText } from './json-text';
import { isRfc3339 } from './rfc3339';

/** Query of every list: an opaque cursor and a limit. */
export class PageQuery {
  /** Opaque; taken from `page.next` of the answer before. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  cursor?: string;

  /** Rows in one answer, 1 to 200. */
  @ApiPropertyOptional({ default: 50, minimum: 1, maximum: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

export class PageInfo {
  /** Cursor of the next page; null on the last one. */
  next: string | null;
  limit: number;
}

export type Page<Row> = { data: Row[]; page: PageInfo };

type KeyPart = string | number | boolean | Date | null;

/** The position after a row: its sort values and id. */
export const keyset = (...parts: KeyPart[]): KeyPart[] => parts;

export const encodeCursor = (parts: readonly KeyPart[]): string =>
  Buffer.from(JSON.stringify(parts.map((part) => (part instanceof Date ? part.toISOString() : part)))).toString(
    'base64url',
  );

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SHAPES = {
  uuid: (part: unknown) => typeof part === 'string' && UUID.test(part),
  text: (part: unknown) => typeof part === 'string' && !part.includes('\0'),
  number: (part: unknown) => typeof part === 'number' && Number.isFinite(part),
  date: isRfc3339,
  null: (part: unknown) => part === null,
};
export type CursorShape = keyof typeof SHAPES | `${keyof typeof SHAPES}?`;

/** Reads a cursor back and checks its shape; a foreign or broken one is refused with 400 `request.badCursor`. */
export function decodeCursor(
  cursor: string | undefined,
  shape: readonly CursorShape[],
): (string | number | null)[] | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw RequestError.badCursor();
  }
  if (!Array.isArray(parts) || parts.length !== shape.length) throw RequestError.badCursor();
  shape.forEach((kind, index) => {
    const optional = kind.endsWith('?');
    const check = SHAPES[(optional ? kind.slice(0, -1) : kind) as keyof typeof SHAPES];
    if (!(check(parts[index]) || (optional && parts[index] === null))) throw RequestError.badCursor();
  });
  return parts as (string | number | null)[];
}

/** A page of rows that are JSON already. */
export function jsonPage<Row>(rows: readonly string[], page: PageInfo): JsonText<Page<Row>> {
  const written = rows.map((row, index) => (index ? `,${row}` : row));
  return new JsonText(['{"data":[', ...written, `],"page":${JSON.stringify(page)}}`]);
}

/** Cuts the row that was read beyond the limit and makes the next cursor from the last one shown. */
export function pageOfRows<Row>(rows: Row[], limit: number, keyOf: (row: Row) => readonly KeyPart[]): Page<Row> {
  const data = rows.slice(0, limit);
  const last = data[data.length - 1];
  return { data, page: { next: rows.length > limit && last ? encodeCursor(keyOf(last)) : null, limit } };
}

export const mapPage = <From, To>(page: Page<From>, map: (row: From) => To): Page<To> => ({
  data: page.data.map(map),
  page: page.page,
});
