import { effectiveOf, type Level } from './object-inheritance';

const ivan = { id: 'e1', name: 'Иван' };
const olga = { id: 'e2', name: 'Ольга' };
const field = { id: 't1', name: 'Выездная группа' };

const level = (name: string, facts: Partial<Level> = {}): Level => ({
  kind: 'object',
  id: name,
  name,
  address: null,
  timeZone: null,
  employee: null,
  team: null,
  ...facts,
});
const company = (facts: Partial<Level> = {}) => level('company', { kind: 'company', ...facts });

describe('R-02: the responsible', () => {
  it.each([
    [
      'the object itself',
      [level('room', { employee: ivan }), level('shop', { employee: olga }), company({ team: field })],
      'room',
      ivan,
      null,
    ],
    [
      'the nearest parent',
      [level('room'), level('shop', { employee: olga }), level('region', { employee: ivan }), company()],
      'shop',
      olga,
      null,
    ],
    ['the company', [level('room'), level('shop'), company({ employee: ivan, team: field })], 'company', ivan, field],
    [
      'a team without its parent’s person',
      [level('room', { team: field }), level('shop', { employee: olga }), company()],
      'room',
      null,
      field,
    ],
  ])('is of %s', (_, levels, from, employee, team) => {
    expect(effectiveOf(levels).responsible).toEqual({
      value: { employee, team },
      from: expect.objectContaining({ name: from }),
    });
  });

  it('is nobody when no level names one', () => expect(effectiveOf([level('room'), company()]).responsible).toBeNull());
});

it('C-04: address and time zone come from different levels, each with its origin', () => {
  const levels = [
    level('room'),
    level('shop', { address: 'Тула' }),
    level('region', { address: 'Москва', timeZone: 'Asia/Omsk' }),
    company({ timeZone: 'Europe/Moscow' }),
  ];
  expect(effectiveOf(levels)).toEqual({
    address: { value: 'Тула', from: { kind: 'object', id: 'shop', name: 'shop' } },
    timeZone: { value: 'Asia/Omsk', from: { kind: 'object', id: 'region', name: 'region' } },
    responsible: null,
  });
});
