import type { Item } from './conversation.types';
import { firstUnread, isShown, toBlocks } from './conversation-blocks';

const comment = (
  id: string,
  audience: string[],
  authorId = 'client',
  files: { isInline: boolean }[] = [],
  at = '2026-11-20T09:00:00Z',
) => ({ kind: 'comment', id, at, comment: { audience, author: { id: authorId }, files } }) as unknown as Item;
const change = (id: string, at = '2026-11-20T09:00:00Z') =>
  ({ kind: 'change', id, at, change: { field: 'subject' } }) as unknown as Item;
const file = { kind: 'file', id: 'f', at: '2026-11-20T09:00:00Z' } as unknown as Item;

it.each([
  ['all', [true, true, true, true, true]],
  ['client', [true, false, false, false, false]],
  ['internal', [false, true, true, false, false]],
  ['files', [false, true, false, false, true]],
  ['changes', [false, false, false, true, false]],
] as const)('%s shows %j', (filter, expected) => {
  const items = [
    comment('a', ['client']),
    comment('b', ['internal'], 'x', [{ isInline: false }]),
    comment('c', ['internal'], 'x', [{ isInline: true }]),
    change('h'),
    file,
  ];
  expect(items.map((item) => isShown(item, filter))).toEqual(expected);
});

it('puts days between items and folds neighbouring changes', () => {
  const items = [
    comment('a', ['client']),
    change('h1'),
    change('h2'),
    comment('b', ['client'], 'x', [], '2026-11-21T09:00:00Z'),
    change('h3', '2026-11-21T09:00:00Z'),
  ];
  const blocks = toBlocks(items, 'all', (at) => at.slice(0, 10));
  expect(blocks.map((block) => (block.kind === 'run' ? `run of ${block.items.length}` : block.id))).toEqual([
    'day-2026-11-20',
    'a',
    'run of 2',
    'day-2026-11-21',
    'b',
    'run of 1',
  ]);
});

it.each([
  [null, 'a'],
  ['a', 'c'],
  ['c', null],
  ['gone', null],
])('after %s the first unread message is %s', (seen, expected) => {
  const items = [
    comment('a', ['client']),
    comment('b', ['client'], 'me'),
    comment('c', ['internal'], 'colleague'),
    change('h'),
  ];
  expect(firstUnread(items, seen, 'me')).toBe(expected);
});
