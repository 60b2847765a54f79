import type { StatusCategory } from '@opora/modules/tickets';
import { clockAt } from './sla-clock';
import { endOf, ownerOf, sharesOf, totalOf } from './sla-ownership';
import { chaptersOf, type SlaMetric, type Story, type StoryEvent } from './sla-story';
import { type Binding, type Decisions, type MetricPromise, type Promises, type Rules, runsOf } from './sla-timeline';
import { compileCalendar } from './work-time';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const hours = (from: string, to: string, zone = 'UTC') =>
  compileCalendar({ timeZone: zone, week: Object.fromEntries(DAYS.map((day) => [day, [{ from, to }]])) });
const CALENDARS: Record<string, ReturnType<typeof hours>> = {
  always: hours('00:00', '24:00'),
  office: hours('09:00', '18:00'),
  late: hours('12:00', '21:00'),
};
const promise = (metric: SlaMetric, minutes: number, more: Partial<MetricPromise> = {}): MetricPromise => ({
  metric,
  seconds: minutes * 60,
  pauseCategories: ['waiting_client'],
  pauseStatusIds: [],
  pausesWhenPutAside: true,
  warnings: [],
  ...more,
});
const POLICIES: Record<string, MetricPromise[]> = {
  all: [
    promise('assignment', 15),
    promise('reaction', 30, { reactionOn: 'answered' }),
    promise('next_update', 60),
    promise('arrival', 120),
    promise('resolution', 240),
    promise('dwell', 45, { statusIds: ['new', 'in_work'] }),
  ],
  stays: [
    promise('dwell', 20, { statusIds: ['new'] }),
    promise('dwell', 90, { statusIds: ['in_work', 'waiting_client'] }),
  ],
  fast: [promise('reaction', 10, { reactionOn: 'answered' }), promise('resolution', 60)],
};
const rules = (calendarId = 'always'): Rules => ({
  promises: (id, version): Promises => ({
    id,
    name: id,
    version,
    calendarId,
    objectCalendarMode: 'ignore',
    metrics: POLICIES[id]!,
  }),
  calendar: ({ id, version }) => CALENDARS[version === 1 ? id : 'late']!,
});
const at = (time: string): number => Date.parse(`2026-11-23T${time}Z`);
const shown = (moment: number | null): string | null =>
  moment === null ? null : new Date(moment).toISOString().slice(11, 16);
const status = (time: string, category: StatusCategory): StoryEvent => ({
  at: at(time),
  kind: 'status',
  statusId: category,
  category,
});
const story = (...events: StoryEvent[]): Story => ({
  createdAt: at('10:00'),
  first: { statusId: 'new', category: 'new', assigneeId: null, teamId: 'team', isAside: false, isGone: false },
  events,
});
const bound = (policyId: string, time = '10:00', mode: Binding['mode'] = 'start'): Binding => ({
  at: at(time),
  policyId,
  version: 1,
  mode,
  versions: {},
  object: null,
});
const decided = (...bindings: Binding[]): Decisions => ({ bindings, calendarChanges: [] });
const states = (told: Story, decisions: Decisions, now: string, by = rules()) =>
  runsOf(told, decisions, by).map(({ metric, cycle, run }) => {
    const clock = clockAt(run, at(now));
    return `${metric} ${cycle} ${clock.state} ${shown(clock.dueAt)}`;
  });

describe('SLA-03: six metrics from one story', () => {
  const told = story(
    { at: at('10:05'), kind: 'assignee', id: 'anna' },
    status('10:10', 'in_work'),
    { at: at('10:20'), kind: 'answer' },
    { at: at('11:00'), kind: 'arrived' },
    status('11:10', 'waiting_client'),
    status('12:10', 'in_work'),
    { at: at('12:30'), kind: 'answer' },
    status('13:00', 'done'),
  );

  it('each stops where it should, and stands while the client is waited for', () => {
    expect(states(told, decided(bound('all')), '20:00')).toEqual([
      'assignment 1 met 10:15',
      'reaction 1 met 10:30',
      'next_update 1 met 11:00',
      'next_update 2 breached 12:20',
      'next_update 3 met 13:30',
      'arrival 1 met 12:00',
      'resolution 1 met 15:00',
      'dwell 1 met 10:45',
      'dwell 2 breached 10:55',
      'dwell 4 breached 12:55',
    ]);
  });

  it('a ticket nobody touched is late with everything in turn', () => {
    expect(states(story(), decided(bound('all')), '10:31')).toEqual([
      'assignment 1 breached 10:15',
      'reaction 1 breached 10:30',
      'next_update 1 running 11:00',
      'arrival 1 running 12:00',
      'resolution 1 running 14:00',
      'dwell 1 running 10:45',
    ]);
  });

  it('SLA-03: an answer that solves at the same moment leaves nobody waiting for the next one', () => {
    const solved = story({ at: at('10:20'), kind: 'answer' }, status('10:20', 'done'));
    const updates = (told: Story, now: string) =>
      states(told, decided(bound('all')), now).filter((line) => line.startsWith('next_update'));
    expect(updates(solved, '20:00')).toEqual(['next_update 1 met 11:00']);
    const reopened = story(...solved.events, status('12:00', 'in_work'), { at: at('12:00'), kind: 'answer' });
    expect(updates(reopened, '12:30')).toEqual(['next_update 1 met 11:00', 'next_update 2 running 13:00']);
  });

  it('SLA-05: a policy limits each status on its own', () => {
    const told = story(status('10:10', 'in_work'), status('12:00', 'new'));
    expect(states(told, decided(bound('stays')), '12:30')).toEqual([
      'dwell 1 met 10:20',
      'dwell 2 breached 11:40',
      'dwell 3 breached 12:20',
    ]);
  });

  it('SLA-04: put aside and the bin hold the clocks; restoring goes on', () => {
    const told = story(
      { at: at('10:30'), kind: 'aside', isAside: true },
      { at: at('11:00'), kind: 'gone', isGone: true },
      { at: at('11:30'), kind: 'aside', isAside: false },
      { at: at('12:00'), kind: 'gone', isGone: false },
    );
    expect(states(told, decided(bound('all')), '12:00').find((line) => line.startsWith('resolution'))).toBe(
      'resolution 1 running 15:30',
    );
    const gone = story({ at: at('11:00'), kind: 'gone', isGone: true });
    expect(states(gone, decided(bound('all')), '23:00').find((line) => line.startsWith('resolution'))).toMatch(
      'resolution 1 stopped',
    );
  });

  it('reopened, the promise goes on with what was left of it', () => {
    const told = story(status('11:00', 'done'), status('15:00', 'in_work'));
    expect(states(told, decided(bound('all')), '15:00').find((line) => line.startsWith('resolution'))).toBe(
      'resolution 1 running 18:00',
    );
  });
});

describe('SLA-07: another policy on the way', () => {
  const answered = story({ at: at('10:20'), kind: 'answer' });

  it.each<[string, Binding, string[]]>([
    ['keep', bound('fast', '11:00', 'keep'), ['reaction 1 met 10:30', 'resolution 1 running 14:00']],
    [
      'recount what still runs',
      bound('fast', '11:00', 'recount'),
      ['reaction 1 met 10:30', 'resolution 1 breached 11:00'],
    ],
    [
      'from the change on',
      bound('fast', '11:00', 'from_change'),
      ['reaction 1 met 10:30', 'resolution 1 running 12:00'],
    ],
    [
      'also what is over',
      bound('fast', '11:00', 'retro'),
      ['reaction 1 breached 10:10', 'resolution 1 breached 11:00'],
    ],
  ])('%s', (_, binding, expected) => {
    const lines = states(answered, decided(bound('all'), binding), '11:30').filter((line) =>
      /^(reaction|resolution)/.test(line),
    );
    expect(lines).toEqual(expected);
  });

  it('a policy that fits no more leaves what is over and drops what runs', () => {
    const none = { ...bound('all', '11:00', 'recount'), policyId: null };
    expect(states(answered, decided(bound('all'), none), '11:30')).toEqual([
      'reaction 1 met 10:30',
      'next_update 1 met 11:00',
    ]);
  });

  it('SLA-07: new hours count from now on, or over the whole run', () => {
    const changed = (mode: 'from_now_on' | 'recalculate'): Decisions => ({
      bindings: [bound('all')],
      calendarChanges: [{ at: at('12:00'), mode, versions: { office: 2 }, object: null }],
    });
    const resolution = (decisions: Decisions) =>
      states(story(), decisions, '12:00', rules('office')).find((line) => line.startsWith('resolution'));
    expect(resolution(changed('from_now_on'))).toBe('resolution 1 running 14:00');
    expect(resolution(changed('recalculate'))).toBe('resolution 1 running 16:00');
  });
});

describe('SLA-09: every second has one owner', () => {
  it('the queue, the person, the client, the partner, the person again', () => {
    const told = story(
      { at: at('10:15'), kind: 'assignee', id: 'anna' },
      status('11:00', 'waiting_client'),
      status('12:00', 'waiting_partner'),
      status('12:30', 'in_work'),
      status('13:00', 'done'),
      status('14:00', 'closed'),
    );
    const chapters = chaptersOf(told);
    const end = endOf(chapters, at('23:00'));
    const shares = sharesOf(chapters, end, (state) => ownerOf(state).owner, CALENDARS.late!);
    expect(Object.fromEntries(shares)).toEqual({
      queue: { seconds: 900, workingSeconds: 0 },
      person: { seconds: 4500, workingSeconds: 1800 },
      client: { seconds: 7200, workingSeconds: 3600 },
      partner: { seconds: 1800, workingSeconds: 1800 },
    });
    expect(totalOf(chapters, end)).toBe(4 * 3600);
  });

  it('whatever happens at whatever millisecond, the sums equal the total (500 stories)', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const categories: StatusCategory[] = ['new', 'in_work', 'waiting_client', 'waiting_partner', 'done', 'closed'];
    for (let round = 0; round < 500; round++) {
      let moment = at('10:00') + random(1000);
      const events = Array.from({ length: random(12) }, (): StoryEvent => {
        moment += random(5_000_000);
        const category = categories[random(6)]!;
        return [
          { at: moment, kind: 'status' as const, statusId: category, category },
          { at: moment, kind: 'assignee' as const, id: random(2) ? `person ${random(3)}` : null },
          { at: moment, kind: 'team' as const, id: `team ${random(3)}` },
          { at: moment, kind: 'gone' as const, isGone: random(2) === 1 },
        ][random(4)]!;
      });
      const chapters = chaptersOf({ ...story(...events), createdAt: at('10:00') + random(1000) });
      const end = endOf(chapters, moment + random(9_000_000));
      for (const key of [
        (state: { category: string }) => state.category,
        (state: Parameters<typeof ownerOf>[0]) => JSON.stringify(ownerOf(state)),
      ]) {
        const byKey = sharesOf(chapters, end, key, CALENDARS.office!);
        const shares = [...byKey.values()];
        for (const [name, { seconds }] of byKey) {
          const own = chapters.filter(({ state }) => key(state as never) === name);
          const exact = own.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to ?? end, end) - from), 0);
          expect(Math.abs(seconds * 1000 - exact)).toBeLessThan(1000);
        }
        expect(shares.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(totalOf(chapters, end));
        expect(shares.every(({ seconds, workingSeconds }) => seconds >= 0 && workingSeconds >= 0)).toBe(true);
      }
    }
  });
});
