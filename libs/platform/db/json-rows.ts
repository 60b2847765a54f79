/**
 * Rows that go from PostgreSQL into an answer as JSON: one description says what to select and how to write it. Values of columns never become
 * objects; making them only to write them out again takes half the time of a long list.
 */

/** A value as PostgreSQL writes it. */
export type Text = string | null;

/** A part of a row's JSON: the SQL of its columns, and its text from their values, which begin at `at`. */
export type JsonPart = { columns: readonly string[]; write(row: readonly Text[], at: number): string };

const partOf = (sql: string, write: (value: string) => string): JsonPart => ({
  columns: [sql],
  write: (row, at) => {
    const value = row[at]!;
    return value === null ? 'null' : write(value);
  },
});

/** Numbers, json, and whatever else PostgreSQL writes as JSON does. */
export const plain = (sql: string): JsonPart => partOf(sql, (value) => value);
/** A condition. */
export const flag = (sql: string): JsonPart => partOf(sql, (value) => (value === 't' ? 'true' : 'false'));
/** Ids and codes: nothing in them needs escaping. */
export const code = (sql: string): JsonPart => partOf(sql, (value) => `"${value}"`);
export const text = (sql: string): JsonPart => partOf(sql, (value) => JSON.stringify(value));

/** A `timestamptz` as `2026-11-22T14:46:07.500Z`. Left as PostgreSQL has it, to be finished here: formatting it there costs more than all else. */
export const moment = (sql: string): JsonPart =>
  partOf(`(${sql} AT TIME ZONE 'UTC')::text`, (value) => {
    const space = value.indexOf(' ');
    const time = value.slice(space + 1);
    return `"${value.slice(0, space)}T${time.length === 8 ? `${time}.000` : time.padEnd(12, '0')}Z"`;
  });

/** With `end` empty the record is left open for more of its properties. */
export function record(parts: Readonly<Record<string, JsonPart>>, end: '}' | '' = '}'): JsonPart {
  let width = 0;
  const placed = Object.entries(parts).map(([key, part], index) => {
    const at = width;
    width += part.columns.length;
    return { before: `${index ? ',' : '{'}${JSON.stringify(key)}:`, at, part };
  });
  return {
    columns: Object.values(parts).flatMap(({ columns }) => columns),
    write: (row, start) => {
      let json = '';
      for (const { before, at, part } of placed) json += before + part.write(row, start + at);
      return json + end;
    },
  };
}

/** Null where the first column of the part is. */
export const nullable = (part: JsonPart): JsonPart => ({
  columns: part.columns,
  write: (row, at) => (row[at] === null ? 'null' : part.write(row, at)),
});
