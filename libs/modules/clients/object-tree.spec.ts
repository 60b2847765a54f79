import { treeOrder } from './object-tree';

const node = (id: string, parentId: string | null) => ({ id, parentId });

it('C-04: parents come before what lies in them, neighbours keep their order', () => {
  const nodes = [
    node('room 2', 'shop'),
    node('room 1', 'shop'),
    node('shop', 'north'),
    node('south', null),
    node('north', null),
  ];
  expect(treeOrder(nodes).map(({ node, childCount }) => [node.id, childCount])).toEqual([
    ['south', 0],
    ['north', 1],
    ['shop', 2],
    ['room 2', 0],
    ['room 1', 0],
  ]);
});

it('a branch without its parent is shown from its own top', () => {
  expect(treeOrder([node('room', 'shop'), node('shop', 'hidden')]).map(({ node }) => node.id)).toEqual([
    'shop',
    'room',
  ]);
});
