import { type Span, legsOf, secondsWithin, startingPoint, without } from './person-day';
import { type Candidate, missingSkills, rank, type Task } from './suggestion-ranking';

const HOUR = 3600;
const TRAVEL = { roadFactor: 1, speedKmh: 60 };
const TASK: Task = {
  point: [37.6, 54.2],
  zoneIds: ['tula'],
  skills: [{ skillId: 'till', level: 2 }],
  seconds: HOUR,
  at: 0,
};
const person = (name: string, facts: Partial<Candidate> = {}): Candidate => ({
  id: name,
  name,
  start: [37.6, 54.3],
  zoneIds: ['tula'],
  skills: [{ skillId: 'till', level: 2 }],
  absentUntil: null,
  plannedSeconds: 0,
  capacitySeconds: 8 * HOUR,
  isBusy: false,
  ...facts,
});
const FAR: Candidate['start'] = [37.6, 55.7];

describe('R-04: who should go', () => {
  it.each<[string, Candidate[], string[]]>([
    ['the nearer one', [person('Far', { start: FAR }), person('Near')], ['Near', 'Far']],
    [
      'with a known way before an unknown one',
      [person('Lost', { start: undefined }), person('Far', { start: FAR })],
      ['Far', 'Lost'],
    ],
    [
      'the far one who can before the near one who cannot',
      [person('Near', { skills: [] }), person('Far', { start: FAR })],
      ['Far', 'Near'],
    ],
    [
      'skill at too low a level is no skill',
      [person('Low', { skills: [{ skillId: 'till', level: 1 }] }), person('Far', { start: FAR })],
      ['Far', 'Low'],
    ],
    [
      'nobody sends whoever is away',
      [person('Away', { absentUntil: 9 }), person('Far', { start: FAR, zoneIds: ['ural'] })],
      ['Far', 'Away'],
    ],
    [
      'a full day is the smallest of obstacles',
      [person('Busy', { isBusy: true }), person('Full', { plannedSeconds: 7.5 * HOUR })],
      ['Full', 'Busy'],
    ],
    [
      'at the same distance the less loaded',
      [person('A', { plannedSeconds: 4 * HOUR }), person('B', { plannedSeconds: HOUR })],
      ['B', 'A'],
    ],
    [
      'at the same distance whoever serves the zone',
      [person('Anywhere', { zoneIds: [] }), person('Local')],
      ['Local', 'Anywhere'],
    ],
    ['then by name', [person('B'), person('A')], ['A', 'B']],
  ])('%s', (_, people, expected) => expect(rank(TASK, people, TRAVEL).map(({ name }) => name)).toEqual(expected));

  it.each<[string, Partial<Candidate>, Partial<Task>, string[]]>([
    ['nothing', {}, {}, []],
    ['away', { absentUntil: 9 }, {}, ['absent']],
    ['no skill', { skills: [] }, {}, ['skill']],
    ['another zone', { zoneIds: ['ural'] }, {}, ['zone']],
    ['no zone of his own: he goes anywhere', { zoneIds: [] }, {}, []],
    ['a place in no zone is anybody’s', { zoneIds: ['ural'] }, { zoneIds: [] }, []],
    ['exactly full is not too full', { plannedSeconds: 7 * HOUR }, {}, []],
    ['a minute too much', { plannedSeconds: 7 * HOUR + 60 }, {}, ['capacity']],
    [
      'everything',
      { absentUntil: 9, skills: [], zoneIds: ['ural'], isBusy: true },
      {},
      ['absent', 'skill', 'zone', 'busy'],
    ],
  ])('what stands in the way: %s', (_, facts, task, expected) =>
    expect(rank({ ...TASK, ...task }, [person('A', facts)], TRAVEL)[0]!.obstacles).toEqual(expected),
  );

  it('tells the way as an estimate', () => {
    expect(rank(TASK, [person('A')], TRAVEL)[0]!.travel).toEqual({ km: 11.1, minutes: 12 });
    expect(rank({ ...TASK, point: undefined }, [person('A')], TRAVEL)[0]!.travel).toBeNull();
  });

  it('names what is missing', () => {
    const needed = [
      { skillId: 'a', level: 2 },
      { skillId: 'b', level: 1 },
    ];
    expect(
      missingSkills(needed, [
        { skillId: 'a', level: 1 },
        { skillId: 'b', level: 3 },
      ]),
    ).toEqual([needed[0]]);
  });
});

describe('R-03: how full a day is', () => {
  const day: Span = { from: 0, to: 24 * HOUR * 1000 };
  const hours = (from: number, to: number): Span => ({ from: from * HOUR * 1000, to: to * HOUR * 1000 });

  it('counts what lies in it', () => {
    expect(secondsWithin([hours(-1, 2), hours(9, 10), hours(23, 26), hours(30, 31)], day)).toBe(4 * HOUR);
  });

  it.each<[string, Span[], Span[]]>([
    ['none', [], [hours(9, 18)]],
    ['in the middle', [hours(12, 13)], [hours(9, 12), hours(13, 18)]],
    ['over the beginning', [hours(0, 11)], [hours(11, 18)]],
    ['the whole day', [hours(0, 24)], []],
    ['two', [hours(9, 10), hours(17, 20)], [hours(10, 17)]],
  ])('absences take working time away: %s', (_, gone, left) => expect(without([hours(9, 18)], gone)).toEqual(left));

  it('the way leads from visit to visit, on a new day from the base point', () => {
    const base = [37.6, 54.2] as const;
    const visits = [
      { ...hours(9, 10), point: [37.6, 54.3] as const },
      { ...hours(10, 11), point: [37.6, 54.4] as const },
      { ...hours(15, 16), point: undefined },
      { ...hours(33, 34), point: [37.6, 54.3] as const },
    ];
    const dayOf = (moment: number): number => Math.floor(moment / day.to);
    expect(legsOf(visits, base, dayOf, TRAVEL)).toEqual([
      { km: 11.1, minutes: 12, isTight: false },
      { km: 11.1, minutes: 12, isTight: true },
      null,
      { km: 11.1, minutes: 12, isTight: false },
    ]);
    expect(startingPoint(visits, base, day, hours(12, 12).from)).toEqual({ point: [37.6, 54.4], isVisit: true });
    expect(startingPoint(visits, base, day, hours(8, 8).from)).toEqual({ point: base, isVisit: false });
    expect(startingPoint(visits, undefined, day, hours(12, 12).from)).toBeUndefined();
    expect(legsOf(visits, undefined, dayOf, TRAVEL)).toEqual([null, null, null, null]);
  });
});
