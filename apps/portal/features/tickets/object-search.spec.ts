import { matchObjects } from './object-search';
import type { PortalObject } from './tickets.queries';

const object = (id: string, parentId: string | null, name: string, address: string | null = null): PortalObject => ({
  id,
  parentId,
  name,
  address,
});
const tree = [
  object('n', null, 'Северная дирекция'),
  object('s1', 'n', 'Магазин № 12', 'Тверь, Зелёная, 4'),
  object('k1', 's1', 'Касса 3'),
  object('s2', null, 'Склад', 'Клин, Мира, 1'),
];

describe('matchObjects', () => {
  it.each([
    ['', ['n', 's2', 's1', 'k1']],
    ['магазин', ['s1', 'k1']],
    ['касса северная', ['k1']],
    ['зеленая', ['s1']],
    ['ТВЕРЬ  12', ['s1']],
    ['нет такого', []],
  ])('PO-01: «%s» finds %j', (words, ids) => expect(matchObjects(tree, words).map(({ id }) => id)).toEqual(ids));

  it('PO-01: an object is told with the places it lies in', () => {
    expect(matchObjects(tree, 'касса')[0]?.above).toEqual(['Северная дирекция', 'Магазин № 12']);
  });

  it('PO-01: a circle in the data ends the path instead of hanging', () => {
    const circle = [object('a', 'b', 'А'), object('b', 'a', 'Б')];
    expect(matchObjects(circle, 'а')[0]?.above).toEqual(['Б']);
  });
});
