import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Call } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { ticketAnswers } from '@/testing/tickets';
import type { WorkCalendar } from './calendars.queries';
import type { Policy } from './policies.queries';
import { newMetric } from './policy-draft';

const AT = '2026-11-20T09:00:00.000Z';
const DAY = [{ from: '09:00', to: '18:00' }];
const calendar: WorkCalendar = {
  ...{ id: 'c1', code: 'office', name: 'Офис', timeZone: 'Europe/Moscow', holidays: 'ru' },
  week: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: [], sun: [] },
  ...{ yearly: {}, dated: {}, usedBy: ['Общие'], version: 4, isArchived: false, updatedAt: AT },
};
const year = new Date().getFullYear();
const preview = {
  dueAt: '2026-11-23T14:00:00.000Z',
  ...{ elapsedSeconds: 1, calendarSeconds: 1, pausedSeconds: 0, pausedCalendarSeconds: 0, problems: [] },
  explanation: { startAt: AT, dueAt: '2026-11-23T14:00:00.000Z', segments: [] },
};
const policy = (id: string, name: string): Policy => ({
  ...{ id, name, position: 1, isActive: true, when: { all: [] }, calendar: { id: 'c1', name: 'Офис' } },
  ...{ objectCalendarMode: 'ignore', metrics: [newMetric('resolution')], findings: [], version: 2, updatedAt: AT },
  onChange: { type: 'keep', priority: 'keep', client: 'keep', policy: 'keep', calendar: 'from_now_on' },
});
const answers = {
  ...ticketAnswers([]),
  'GET /sla/calendars': { data: [calendar] },
  'GET /sla/calendars/c1': calendar,
  'GET /sla/holidays': {
    data: [{ country: 'ru', year, days: [{ date: `${year}-06-12`, kind: 'off' }], updatedAt: AT }],
  },
  'GET /sla/policies': { data: [policy('p1', 'Банк'), policy('p2', 'Критичные'), policy('p3', 'Общие')] },
  'GET /sla/policies/p1': policy('p1', 'Банк'),
  'GET /sla/recounts': { data: [] },
  'GET /condition-fields': { data: [] },
  'POST /sla/preview': preview,
};
const refusal = (...errors: { pointer: string; message: string }[]) =>
  new Refusal(422, {
    code: 'request.invalid',
    detail: 'Запрос содержит ошибки',
    errors: errors.map((error) => ({ code: 'sla.wrong', ...error })),
  });
const day = (date: string) => document.querySelector<HTMLElement>(`[data-date="${date}"]`) as HTMLElement;

beforeEach(() => signedIn({ permissions: ['tickets.read', 'sla.read', 'sla.manage'] }));

it('SLA-02: the year follows what is typed before anything is saved, and a day becomes an exception by a click', async () => {
  const network = mockNetwork({ ...answers, 'PATCH /sla/calendars/c1': calendar });
  openAgent('/sla-config/calendars/c1');
  await screen.findByRole('region', { name: `Календарь на ${year} год` });
  await waitFor(() => expect(day(`${year}-06-12`).dataset.kind).toBe('holiday'));
  expect(day(`${year}-06-12`).getAttribute('aria-label')).toMatch(/12 июня.*праздник/);

  await userEvent.click(screen.getByRole('button', { name: 'Ежедневно 8–24' }));
  const saturdays = () => [...document.querySelectorAll('[data-kind="closed"]')].filter((at) => at.matches('button'));
  await waitFor(() => expect(saturdays()).toHaveLength(0));

  await userEvent.click(day(`${year}-06-12`));
  await userEvent.click(screen.getByRole('button', { name: 'Исключение на эту дату' }));
  await waitFor(() => expect(day(`${year}-06-12`).dataset.kind).toBe('special_closed'));
  await userEvent.click(screen.getByRole('button', { name: 'Сохранить' }));
  await waitFor(() => expect(network.sent('PATCH /sla/calendars/c1')).toHaveLength(1));
  expect(network.sent('PATCH /sla/calendars/c1')[0]).toMatchObject({
    week: { sun: [{ from: '08:00', to: '24:00' }] },
    dated: { [`${year}-06-12`]: [] },
    holidays: 'ru',
  });
  const call = network.calls.find(({ route }) => route === 'PATCH /sla/calendars/c1') as Call;
  expect(call.headers.get('if-match')).toBe('"4"');
});

it('SLA-02: arrows walk through the days and the words of the day are told', async () => {
  mockNetwork(answers);
  openAgent('/sla-config/calendars/c1');
  await screen.findByRole('region', { name: `Календарь на ${year} год` });
  act(() => day(`${year}-05-01`).focus());
  fireEvent.keyDown(day(`${year}-05-01`), { key: 'PageDown' });
  expect(document.activeElement?.getAttribute('data-date')).toBe(`${year}-06-01`);
  expect(await screen.findByText(/^[а-я]+, 1 июня:/i)).toBeTruthy();
});

it('SLA-02: a refusal stands at the day it means', async () => {
  const overlap = { pointer: '/week/tue/1', message: 'Промежутки пересекаются: 09:00–18:00, 12:00–13:00' };
  mockNetwork({ ...answers, 'POST /sla/calendars': refusal(overlap, { pointer: '/name', message: 'Нужно название' }) });
  openAgent('/sla-config/calendars/new');
  await userEvent.click(await screen.findByRole('button', { name: 'Сохранить' }));
  expect(await screen.findByText('Нужно название')).toBeTruthy();
  const words = screen.getByText(overlap.message);
  expect(words.closest('[class~="weekday"]')?.textContent).toMatch(/^вторник/);
});

it('SLA-02: an end past midnight is said to lie in the next day', async () => {
  mockNetwork(answers);
  openAgent('/sla-config/calendars/new');
  const addMonday = await screen.findByRole('button', { name: 'Добавить промежуток: понедельник' });
  await userEvent.click(addMonday);
  const to = screen.getByRole('textbox', { name: 'понедельник, до, промежуток 1' });
  await userEvent.clear(to);
  await userEvent.type(to, '6{Enter}');
  expect((to as HTMLInputElement).value).toBe('06:00');
  expect(screen.getByText('до следующего дня')).toBeTruthy();
});

it('SLA-01: the order is changed by keyboard, at once on the screen, and put back when the server refuses', async () => {
  const network = mockNetwork({ ...answers, 'PUT /sla/policies/order': { data: [] } });
  openAgent('/sla-config/policies');
  const handle = await screen.findByRole('button', { name: 'Переместить «Общие»' });
  const names = () => screen.getAllByRole('link', { name: /^(Банк|Критичные|Общие)$/ }).map((link) => link.textContent);
  fireEvent.keyDown(handle, { key: 'ArrowUp' });
  await waitFor(() => expect(network.sent('PUT /sla/policies/order')).toEqual([{ ids: ['p1', 'p3', 'p2'] }]));
  expect(screen.getByText('«Общие»: теперь 2 из 3')).toBeTruthy();
  await waitFor(() => expect(names()).toEqual(['Банк', 'Критичные', 'Общие']));

  network.answers['PUT /sla/policies/order'] = refusal();
  fireEvent.keyDown(await screen.findByRole('button', { name: 'Переместить «Банк»' }), { key: 'End' });
  await waitFor(() => expect(names()).toEqual(['Банк', 'Критичные', 'Общие']));
});

it('SLA-01: rules that never get their turn are named on the list', async () => {
  const message = '«Общие» никогда не сработает';
  const finding = { kind: 'unreachable' as const, policy: { id: 'p3', name: 'Общие' }, others: [], message };
  mockNetwork({ ...answers, 'GET /sla/policies': { data: [{ ...policy('p3', 'Общие'), findings: [finding] }] } });
  openAgent('/sla-config/policies');
  expect(await screen.findByText(message)).toBeTruthy();
});

it('SLA-01: a condition that is never met is told where it contradicts itself', async () => {
  const fields = ['typeId', 'typeCode'].map((name) => ({ name, label: name, type: 'text', ops: ['is'] }));
  const is = (field: string, value: string) => ({ field, op: 'is', value });
  const when = { all: [is('typeId', 'A'), { any: [is('typeCode', 'b'), is('typeCode', 'c')] }, is('typeCode', 'd')] };
  const network = mockNetwork({
    ...answers,
    'GET /condition-fields': { data: fields },
    'GET /sla/policies': { data: [{ ...policy('p1', 'Банк'), when }] },
    'GET /sla/policies/p1': { ...policy('p1', 'Банк'), when },
  });
  openAgent('/sla-config/policies/p1');
  const box = within(await screen.findByRole('group', { name: 'Кому обещано' }));
  await userEvent.click(await screen.findByRole('switch', { name: /^Взять в работу/ }));
  for (const [pointer, place] of [
    ['/when/all/1', /любое/i],
    ['/when', /все/i],
  ] as const) {
    network.answers['PATCH /sla/policies/p1'] = refusal({ pointer, message: `Никогда: ${pointer}` });
    await userEvent.click(screen.getByRole('button', { name: 'Сохранить' }));
    const words = await box.findByText(`Никогда: ${pointer}`);
    expect(words.closest('[role="group"][data-mode]')?.getAttribute('aria-label')).toMatch(place);
  }
});

it('SLA-03, SLA-06: any of six metrics with its warnings; a refusal finds its metric', async () => {
  const wrong = { pointer: '/metrics/0/warnings/0/percent', message: 'Предупреждение раньше начала' };
  const network = mockNetwork({ ...answers, 'PATCH /sla/policies/p1': refusal(wrong) });
  openAgent('/sla-config/policies/p1');
  await userEvent.click(await screen.findByRole('switch', { name: /^Взять в работу/ }));
  expect(screen.getAllByRole('switch')).toHaveLength(7);
  await userEvent.click(screen.getByRole('button', { name: 'Сохранить' }));
  const words = await screen.findByText(wrong.message);
  expect(words.closest('[class~="metric"]')?.textContent).toMatch(/^Взять в работу/);
  expect(network.sent('PATCH /sla/policies/p1')[0]).toMatchObject({
    metrics: [
      { metric: 'assignment', seconds: 900, warnings: [{ percent: 75 }] },
      { metric: 'resolution', pauseCategories: ['waiting_client', 'waiting_partner'] },
    ],
  });
});

it('SLA-07: «n заявок сдвинутся» before anything is saved', async () => {
  const ticket = { id: 'id-5', number: 5, subject: 'Нет связи' };
  const network = mockNetwork({
    ...answers,
    'POST /sla/policies/p1/impact': {
      ...{ checked: 40, moved: 22, breached: 3, rescued: 1 },
      onChange: 'recount',
      sample: [{ ticket, metric: 'resolution', before: AT, after: null }],
      recount: { checked: 40, moved: 25, breached: 3, rescued: 1, sample: [] },
    },
  });
  openAgent('/sla-config/policies/p1');
  await userEvent.click(await screen.findByRole('button', { name: 'Посчитать' }));
  expect(await screen.findByText('22 заявки сдвинутся')).toBeTruthy();
  expect(screen.getByText(/Пересчёт сдвинул бы заявок: 25/)).toBeTruthy();
  expect(screen.getByRole('link', { name: '5 Нет связи' })).toBeTruthy();
  expect(network.sent('POST /sla/policies/p1/impact')[0]).toMatchObject({ name: 'Банк', calendarId: 'c1' });
  expect(network.sent('PATCH /sla/policies/p1')).toEqual([]);
});

it('SLA-08: the tester asks the server with what is on the screen', async () => {
  const network = mockNetwork(answers);
  openAgent('/sla-config/policies/p1');
  const tester = within(await screen.findByRole('group', { name: 'Проверка' }));
  expect((await tester.findByTestId('preview-due')).textContent).toMatch(/23 ноября 2026.*17:00/);
  expect(network.sent('POST /sla/preview')[0]).toMatchObject({ calendarId: 'c1', durationSeconds: 28_800, pauses: [] });
});

it('SLA-02: a year of holidays is read from a file and sent', async () => {
  const network = mockNetwork({ ...answers, 'PUT /sla/holidays/ru/2027': undefined });
  openAgent('/sla-config/holidays');
  await screen.findByRole('button', { name: 'Загрузить год' });
  const file = new File(
    [JSON.stringify({ year: 2027, months: [{ month: 1, days: '1,2,3,9,10,16,17,23,24,30,31' }] })],
    'c.json',
  );
  Object.defineProperty(file, 'text', { value: () => new Response(file).text() });
  const input = document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;
  fireEvent.change(input, { target: { files: [file] } });
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/выходных 1, сокращённых 0/)).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Загрузить год' }));
  await waitFor(() =>
    expect(network.sent('PUT /sla/holidays/ru/2027')).toEqual([{ days: [{ date: '2027-01-01', kind: 'off' }] }]),
  );
});
