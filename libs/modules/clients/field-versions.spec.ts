import { changedFields, conflictsOf, nextVersion } from './field-versions';

type Row = {
  name: string;
  tags: string[];
  note: string | null;
  version: number;
  fieldVersions: Record<string, number>;
};
const row: Row = { name: 'Новое', tags: ['a'], note: null, version: 3, fieldVersions: { name: 3, tags: 2 } };

it.each<[string, number, Partial<Row>, string[]]>([
  ['another field was changed since', 2, { note: 'x' }, []],
  ['the same field was changed since', 2, { name: 'Моё' }, ['name']],
  ['the same field was changed to the same value', 2, { name: 'Новое' }, []],
  ['nothing was changed since', 3, { name: 'Моё', tags: ['b'] }, []],
  ['two fields were changed since the first version', 1, { name: 'Моё', tags: ['b'], note: 'x' }, ['name', 'tags']],
  ['the version has never been', 9, { note: 'x' }, ['note']],
])('%s', (_, seen, patch, conflicts) =>
  expect(conflictsOf(row, seen, patch).map(({ field }) => field)).toEqual(conflicts),
);

it('a conflict shows both values', () => {
  expect(conflictsOf(row, 2, { name: 'Моё' })).toEqual([{ field: 'name', yours: 'Моё', theirs: 'Новое' }]);
});

it('only what differs counts as changed and gets the new version', () => {
  expect(changedFields(row, { name: 'Новое', tags: ['a'], note: 'x' })).toEqual(['note']);
  expect(nextVersion(row, { name: 'Новое', note: 'x' })).toEqual({
    note: 'x',
    version: 4,
    fieldVersions: { name: 3, tags: 2, note: 4 },
  });
});
