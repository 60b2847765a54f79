import { Rating } from './rating.entity';
import { earlierMarks, verdict } from './rating-rules';

const at = (text: string) => new Date(`2026-11-${text}:00:00Z`);
const done = { statusCategory: 'done', solvedAt: at('01T10'), closedAt: null };

describe('Q-03: when a mark may be given or changed', () => {
  it.each([
    ['in work', { statusCategory: 'in_work', solvedAt: null, closedAt: null }, null, '02T10', 'notDone'],
    ['reopened after a solution', { ...done, statusCategory: 'in_work' }, null, '02T10', 'notDone'],
    ['just done', done, null, '01T10', 'may'],
    [
      'closed without a solution',
      { statusCategory: 'closed', solvedAt: null, closedAt: at('01T10') },
      null,
      '02T10',
      'may',
    ],
    ['more than thirty days later', done, null, '31T10', 'tooLate'],
    ['rated six days ago', done, '10T10', '16T10', 'may'],
    ['rated exactly seven days ago', done, '10T10', '17T10', 'may'],
    ['rated more than seven days ago', done, '10T10', '17T11', 'tooLate'],
    ['rated, then reopened', { ...done, statusCategory: 'in_work' }, '10T10', '12T10', 'may'],
  ])('%s', (_, ticket, ratedAt, now, expected) =>
    expect(
      verdict(
        ticket,
        ratedAt ? { createdAt: at(ratedAt) } : null,
        now === '31T10' ? new Date('2026-12-01T11:00:00Z') : at(now),
      ),
    ).toBe(expected),
  );
});

describe('Q-03: both values are kept', () => {
  const rating = Object.assign(new Rating(), {
    score: 'bad',
    comment: 'долго',
    previous: [],
    source: 'mail',
    changedAt: at('10T10'),
  });

  it('keeps the mark that was replaced', () =>
    expect(earlierMarks(rating, { score: 'good', comment: null, source: 'portal' })).toEqual([
      { score: 'bad', comment: 'долго', at: '2026-11-10T10:00:00.000Z', source: 'mail' },
    ]));
  it('notes nothing when the same mark comes again', () =>
    expect(earlierMarks(rating, { score: 'bad', comment: 'долго', source: 'mail' })).toEqual([]));
});
