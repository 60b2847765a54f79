import { boardAfter } from './board-echo';
import { firstFree, hoursOf, momentAt, percentOf, rowsOf, windowOf } from './board-time';
import { type Warning, warningsOf } from './board-warnings';
import type { Board, BoardBlock, BoardPerson, BoardTicket } from './dispatch.types';

const at = (time: string, day = '04'): string => `2031-03-${day}T${time}:00.000Z`;
const moment = (time: string): number => Date.parse(at(time));
const DAY = { date: '2031-03-04', from: at('00:00'), to: at('00:00', '05') };

const ticket = (facts: Partial<BoardTicket> = {}): BoardTicket => ({
  id: 't1',
  number: 7,
  version: 1,
  subject: 'Весы врут',
  type: { id: 'y', name: 'Инцидент' },
  status: { id: 's', name: 'Новая', color: 'blue' },
  priority: { id: 'p', name: 'Обычный', color: 'gray' },
  company: null,
  object: null,
  team: null,
  place: null,
  zoneIds: [],
  skills: [],
  scheduledFor: null,
  plannedSeconds: null,
  dueAt: null,
  isOverdue: false,
  isDone: false,
  isAssignable: true,
  ...facts,
});
const block = (
  from: string,
  to: string,
  of: BoardTicket | null = ticket({ id: `t${from}`, number: 1 }),
): BoardBlock => ({
  from: at(from),
  to: at(to),
  ticket: of,
  travel: null,
});
const person = (facts: Partial<BoardPerson> = {}): BoardPerson => ({
  id: 'p1',
  name: 'Иванов',
  skills: [],
  zoneIds: [],
  hasBase: false,
  openCount: 1,
  overdueCount: 0,
  backlogSeconds: 0,
  backlogCount: 0,
  unplannedCount: 0,
  load: [{ date: DAY.date, plannedSeconds: 0, capacitySeconds: 8 * 3600 }],
  hours: [{ from: at('09:00'), to: at('17:00') }],
  absences: [],
  blocks: [],
  ...facts,
});
const board = (...people: BoardPerson[]): Board => ({
  timeZone: 'UTC',
  days: [DAY],
  visitSeconds: 3600,
  people,
  zones: [],
  skills: [],
  isCut: false,
});

describe('R-03: time on the board', () => {
  it.each<[string, BoardPerson[], string, string]>([
    ['nobody works', [], '08:00', '20:00'],
    ['the hours of all', [person(), person({ hours: [{ from: at('06:30'), to: at('12:00') }] })], '06:00', '17:00'],
    ['what is planned outside them', [person({ blocks: [block('17:30', '19:10')] })], '09:00', '20:00'],
    ['eight hours at least', [person({ hours: [{ from: at('10:00'), to: at('12:00') }] })], '10:00', '18:00'],
  ])('a lane shows: %s', (_, people, from, to) =>
    expect(windowOf({ people }, DAY)).toEqual({ from: moment(from), to: moment(to) }),
  );

  it('a pointer points at quarters of an hour inside the window', () => {
    const window = { from: moment('08:00'), to: moment('18:00') };
    expect(
      [0, 0.1, 0.1249, 1, 2].map((share) => new Date(momentAt(share, window)).toISOString().slice(11, 16)),
    ).toEqual(['08:00', '09:00', '09:15', '17:45', '17:45']);
    expect(percentOf(moment('13:00'), window)).toBe(50);
    expect(hoursOf(window)).toHaveLength(10);
  });

  it('what overlaps stands in rows', () => {
    expect(
      rowsOf([block('09:00', '11:00'), block('10:00', '12:00'), block('11:00', '12:00'), block('11:30', '13:00')]),
    ).toEqual([0, 1, 0, 2]);
  });

  it.each<[string, Partial<BoardPerson>, string, string | undefined]>([
    ['at the beginning', {}, '00:00', '09:00'],
    ['not in the past', {}, '10:07', '10:15'],
    ['after a visit', { blocks: [block('09:00', '10:10')] }, '00:00', '10:15'],
    ['in a gap that is long enough', { blocks: [block('09:30', '10:00'), block('11:00', '16:00')] }, '00:00', '10:00'],
    ['when he is back', { absences: [{ from: at('00:00'), to: at('15:30') }] }, '00:00', '15:30'],
    ['never', { blocks: [block('09:00', '16:30')] }, '00:00', undefined],
  ])('the first free hour: %s', (_, facts, now, expected) => {
    const free = firstFree(person(facts), DAY, 3600, moment(now));
    expect(free).toBe(expected && moment(expected));
  });
});

describe('R-03: what is said before the drop', () => {
  const kinds = (facts: Partial<BoardPerson>, of: Partial<BoardTicket>, time: string | null): Warning['kind'][] =>
    warningsOf(board(), person(facts), ticket(of), time === null ? null : moment(time), moment('08:00')).map(
      ({ kind }) => kind,
    );
  const full = { load: [{ date: DAY.date, plannedSeconds: 7.5 * 3600, capacitySeconds: 8 * 3600 }] };

  it.each<[string, Partial<BoardPerson>, Partial<BoardTicket>, string | null, Warning['kind'][]]>([
    ['nothing', {}, {}, '10:00', []],
    [
      'a skill at too low a level',
      { skills: [{ skillId: 'k', level: 1 }] },
      { skills: [{ skillId: 'k', level: 2 }] },
      '10:00',
      ['skill'],
    ],
    ['another zone', { zoneIds: ['a'] }, { zoneIds: ['b'] }, null, ['zone']],
    ['no zone at all is no objection', {}, { zoneIds: ['b'] }, null, []],
    ['away for a part of the day', { absences: [{ from: at('00:00'), to: at('12:00') }] }, {}, '11:30', ['absent']],
    ['…and there for the other', { absences: [{ from: at('00:00'), to: at('12:00') }] }, {}, '12:00', []],
    ['…which says nothing of the day', { absences: [{ from: at('00:00'), to: at('12:00') }] }, {}, null, []],
    ['away all day', { absences: [{ from: at('00:00'), to: at('00:00', '05') }] }, {}, null, ['absent']],
    ['two at once', { blocks: [block('10:30', '11:00')] }, {}, '10:00', ['overlap']],
    ['one after the other', { blocks: [block('11:00', '12:00')] }, {}, '10:00', []],
    ['over itself', { blocks: [block('10:30', '11:00', ticket())] }, {}, '10:00', []],
    ['outside the hours', {}, {}, '16:30', ['outside']],
    ['in the past', { hours: [{ from: at('00:00'), to: at('17:00') }] }, {}, '06:00', ['past']],
    ['a full day', full, {}, '10:00', ['capacity']],
    ['a full day, moved within it', { ...full, blocks: [block('09:00', '10:00', ticket())] }, {}, '15:00', []],
  ])('%s', (_, facts, of, time, expected) => expect(kinds(facts, of, time)).toEqual(expected));

  it('names who is meant', () => {
    expect(
      warningsOf(
        board(),
        person({ blocks: [block('10:00', '12:00'), { ...block('10:00', '12:00'), ticket: null }] }),
        ticket(),
        moment('10:00'),
        0,
      ),
    ).toEqual([{ kind: 'overlap', numbers: [1] }]);
  });
});

describe('R-03: the echo of a drag', () => {
  const other = person({ id: 'p2', name: 'Петров', openCount: 0 });
  const planned = ticket({ scheduledFor: at('10:00'), plannedSeconds: 7200 });
  const busy = person({
    blocks: [block('10:00', '12:00', planned)],
    load: [{ date: DAY.date, plannedSeconds: 7200, capacitySeconds: 8 * 3600 }],
  });

  it('moves a visit from person to person with its hours', () => {
    const after = boardAfter(board(busy, other), {
      ticket: planned,
      fromId: 'p1',
      to: { id: 'p2', name: 'Петров' },
      scheduledFor: at('14:00'),
    });
    expect(after.people).toMatchObject([
      { openCount: 0, blocks: [], load: [{ plannedSeconds: 0 }] },
      { openCount: 1, blocks: [{ from: at('14:00'), to: at('16:00') }], load: [{ plannedSeconds: 7200 }] },
    ]);
  });

  it('takes a ticket into the day, on another day out of it, and back into the queue', () => {
    const taken = boardAfter(board(other), { ticket: ticket(), fromId: null, to: other, scheduledFor: at('09:00') });
    expect(taken.people[0]).toMatchObject({ openCount: 1, blocks: [{ to: at('10:00') }] });
    const tomorrow = boardAfter(board(busy), {
      ticket: planned,
      fromId: 'p1',
      to: busy,
      scheduledFor: at('09:00', '05'),
    });
    expect(tomorrow.people[0]).toMatchObject({ openCount: 1, blocks: [], load: [{ plannedSeconds: 0 }] });
    const freed = boardAfter(board(busy), { ticket: planned, fromId: 'p1', to: null, scheduledFor: null });
    expect(freed.people[0]).toMatchObject({ openCount: 0, blocks: [] });
  });
});
