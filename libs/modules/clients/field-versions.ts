/** A row whose fields remember the version at which they were last changed. */
export type Versioned = { version: number; fieldVersions: Record<string, number> };
export type FieldConflict = { field: string; yours: unknown; theirs: unknown };

/** The fields that were given. */
export const definedOf = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** The fields of the patch that say something new. */
export const changedFields = <Row extends object>(row: Row, patch: Partial<Row>): (keyof Row & string)[] =>
  (Object.keys(patch) as (keyof Row & string)[]).filter(
    (field) => patch[field] !== undefined && !isSame(patch[field], row[field]),
  );

/** Fields that both the patch and somebody after the version `seen` have changed, to different values. */
export function conflictsOf<Row extends Versioned>(row: Row, seen: number, patch: Partial<Row>): FieldConflict[] {
  return changedFields(row, patch)
    .filter((field) => seen > row.version || (row.fieldVersions[field] ?? 0) > seen)
    .map((field) => ({ field, yours: patch[field], theirs: row[field] }));
}

/** The changed fields with the row's next version. */
export function nextVersion<Row extends Versioned>(row: Row, patch: Partial<Row>): Partial<Row> & Versioned {
  const version = row.version + 1;
  const fields = changedFields(row, patch);
  const changes = Object.fromEntries(fields.map((field) => [field, patch[field]])) as Partial<Row>;
  return {
    ...changes,
    version,
    fieldVersions: { ...row.fieldVersions, ...Object.fromEntries(fields.map((field) => [field, version])) },
  };
}
