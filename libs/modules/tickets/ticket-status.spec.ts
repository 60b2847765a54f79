import { entering, isOpen, onClientMessage, STATUS_CATEGORIES, type StatusCategory } from './ticket-status';

const now = new Date('2026-03-10T10:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

describe('ticket status', () => {
  it.each<[StatusCategory, Date | null, string]>([
    ['new', null, 'stay'],
    ['in_work', null, 'stay'],
    ['waiting_client', null, 'resume'],
    ['waiting_partner', null, 'stay'],
    ['done', null, 'resume'],
    ['closed', daysAgo(1), 'resume'],
    ['closed', daysAgo(14), 'resume'],
    ['closed', daysAgo(15), 'too_late'],
  ])('a client writes to %s closed %p: %s', (category, closedAt, effect) =>
    expect(onClientMessage(category, closedAt, now)).toBe(effect),
  );

  it.each<[StatusCategory, unknown]>([
    ['new', { solvedAt: null, closedAt: null, awaiting: 'us' }],
    ['waiting_client', { solvedAt: null, closedAt: null, awaiting: 'client' }],
    ['done', { solvedAt: now, closedAt: null, awaiting: null }],
    ['closed', { solvedAt: daysAgo(2), closedAt: now, awaiting: null }],
  ])('entering %s', (category, milestones) =>
    expect(entering(category, now, { solvedAt: daysAgo(2) })).toEqual(milestones),
  );

  it('closing what was never solved solves it', () =>
    expect(entering('closed', now, { solvedAt: null }).solvedAt).toBe(now));

  it('four categories are open', () =>
    expect(STATUS_CATEGORIES.filter(isOpen)).toEqual(['new', 'in_work', 'waiting_client', 'waiting_partner']));
});
