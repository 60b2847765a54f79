import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { aComment, asTimeline, aTicket, ticketAnswers } from '@/testing/tickets';
import type { Item } from './conversation.types';
import { countFiles, toMilestones } from './milestones';

const MARIA = { kind: 'employee', id: 'maria', name: 'Мария Кузнецова' };
const at = (minute: number) => `2026-11-20T09:${String(minute).padStart(2, '0')}:00.000Z`;
const change = (minute: number, field: string, before: unknown, after: unknown, afterLabel: string | null = null) => ({
  kind: 'change',
  id: `h${minute}`,
  at: at(minute),
  comment: null,
  file: null,
  author: null,
  change: {
    id: `h${minute}`,
    at: at(minute),
    field,
    before,
    after,
    beforeLabel: null,
    afterLabel,
    version: minute,
    actor: MARIA,
    cause: { kind: 'user', id: null, name: null, reason: null },
  },
});
const LIFE = [
  change(0, 'created', null, 'x'),
  change(1, 'assigneeId', null, 'maria', 'Мария Кузнецова'),
  change(2, 'teamId', null, 't1', 'Первая линия'),
  change(3, 'teamId', 't1', 't2', 'Вторая линия'),
  change(4, 'priorityId', 'a', 'b', 'Высокий'),
  change(5, 'checklists', null, 'Выезд · Фото: ✓'),
  change(6, 'checklists', null, 'Выезд · Акт: ✓'),
  change(7, 'putAsideUntil', null, '2026-11-25T09:00:00.000Z'),
  change(8, 'putAsideUntil', '2026-11-25T09:00:00.000Z', null),
  change(9, 'assigneeId', 'maria', 'oleg', 'Олег Петров'),
  change(10, 'statusId', 'a', 'b', 'Выполнена'),
  change(12, 'statusId', 'b', 'c', 'Закрыта'),
];
const DONE = { done: 2, total: 2, required: 0, requiredDone: 0 };
const OVER = { solvedAt: at(10), closedAt: at(12), checklist: DONE };
const asItems = (lines: object[]) => lines as Item[];
const RATING = { id: 'r1', score: 'good' as const, createdAt: at(11), contact: { id: 'k1', name: 'Анна Соколова' } };

describe('T-11: milestones of a conversation', () => {
  it('are the steps of the ticket and nothing else, in the order of time', () => {
    const steps = toMilestones(asItems(LIFE), OVER, [RATING]);
    expect(steps.map(({ kind, name, itemId }) => [kind, name, itemId])).toEqual([
      ['created', '', 'h0'],
      ['taken', 'Мария Кузнецова', 'h1'],
      ['handover', 'Вторая линия', 'h3'],
      ['checklistDone', '2/2', 'h6'],
      ['aside', '2026-11-25T09:00:00.000Z', 'h7'],
      ['back', '', 'h8'],
      ['assigned', 'Олег Петров', 'h9'],
      ['solved', 'Выполнена', 'h10'],
      ['rated', 'good', 'h10'],
      ['closed', 'Закрыта', 'h12'],
    ]);
  });

  it('tell how far a checklist is until it is done, and a status that was left as a mere status', () => {
    const half = { solvedAt: null, closedAt: null, checklist: { ...DONE, done: 1 } };
    const kinds = toMilestones(asItems(LIFE), half).map(({ kind, name }) => `${kind} ${name}`);
    expect(kinds).toContain('checklist 1/2');
    expect(kinds).toContain('status Выполнена');
    expect(toMilestones(asItems(LIFE), { ...half, checklist: null }).map(({ kind }) => kind)).not.toContain(
      'checklist',
    );
  });

  it('count files and photos apart, without pictures inside texts', () => {
    const file = (name: string, mime: string, isInline = false) => ({ id: name, name, mime, isInline });
    const items = asItems([
      { kind: 'file', id: 'f1', at: at(1), file: file('act.pdf', 'application/pdf'), author: MARIA },
      {
        kind: 'comment',
        id: 'm1',
        at: at(2),
        comment: { files: [file('a.jpg', 'image/jpeg'), file('sign.png', 'image/png', true)] },
      },
    ]);
    expect(countFiles(items)).toEqual({ files: 1, photos: 1 });
  });
});

it('T-11: the strip stands above the conversation and leads to the place of a step, unfolding it', async () => {
  signedIn();
  const timeline = asTimeline([aComment('m1')]);
  mockNetwork({
    ...ticketAnswers([], aTicket({ solvedAt: at(10), closedAt: null, checklist: DONE })),
    'GET /tickets/7/timeline': { ...timeline, data: [...timeline.data, ...LIFE.slice(0, 4)] },
    'GET /tickets/7/rating': { ratings: [{ ...RATING, createdAt: at(3) }] },
  });
  openAgent('/tickets/7');
  const strip = await screen.findByRole('navigation', { name: 'Вехи заявки' });
  expect(await within(strip).findByRole('button', { name: /^Оценка: хорошо: .*Анна Соколова$/ })).toBeTruthy();
  expect(screen.queryByText('→ Вторая линия')).toBeNull();
  // What a filter hides comes back.
  await userEvent.click(screen.getByRole('radio', { name: 'С клиентом' }));
  await userEvent.click(
    within(strip).getByRole('button', { name: /^Передана: Вторая линия: .*2026.*Мария Кузнецова$/ }),
  );
  const line = await screen.findByText('→ Вторая линия');
  expect(line.closest('[data-found]')).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Всё' }).checked).toBe(true);
});

it('T-11: a ticket that has only been registered has no strip', async () => {
  signedIn();
  const timeline = asTimeline([aComment('m1')]);
  const network = mockNetwork({
    ...ticketAnswers([]),
    'GET /tickets/7/timeline': { ...timeline, data: [...timeline.data, ...LIFE.slice(0, 1)] },
  });
  openAgent('/tickets/7');
  await screen.findByRole('article', { name: 'Сообщение: Анна Соколова' });
  expect(screen.queryByRole('navigation', { name: 'Вехи заявки' })).toBeNull();
  expect(network.sent('GET /tickets/7/rating')).toEqual([]);
});
