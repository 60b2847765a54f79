import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Answer } from '@/testing/network';
import { openAgent, pressKey, signedIn } from '@/testing/render';
import { aComment, asTimeline, aTicket, ticketAnswers } from '@/testing/tickets';

const DRAFT = {
  html: '<p>Проверили, печатает.</p>',
  audience: ['client'],
  files: [],
  cc: [],
  baseVersion: null,
  updatedAt: '2026-11-20T09:00:00.000Z',
};
const withDraft = (more: Record<string, Answer> = {}) =>
  mockNetwork({ ...ticketAnswers([]), 'GET /tickets/7/draft': DRAFT, ...more });
const sent = aComment('m2', { author: { kind: 'employee', id: 'me', name: 'Алексей Иванов' }, html: DRAFT.html });
const within10s = () => new Date(Date.now() + 10_000).toISOString();
const responsible = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Ответственный' });
const composer = () => screen.findByRole('button', { name: /Отправить клиенту|Сохранить заметку/ });

beforeEach(() => signedIn());

it('T-10: who takes a ticket too late reads who has it, and sees that on the ticket', async () => {
  let assignee: { id: string; name: string } | null = null;
  mockNetwork({
    ...ticketAnswers([]),
    'GET /tickets/7': () => aTicket({ assignee, can: { ...aTicket().can, take: assignee === null } }),
    'POST /tickets/7/take': () => {
      assignee = { id: 'other', name: 'Мария Кузнецова' };
      return new Refusal(409, { code: 'tickets.alreadyTaken', detail: 'Заявку уже взяла Мария Кузнецова', assignee });
    },
  });
  openAgent('/tickets/7');
  await userEvent.click(await screen.findByRole('button', { name: 'Взять' }));
  expect(await screen.findByText('Заявку уже взяла Мария Кузнецова')).toBeTruthy();
  await waitFor(() => expect(responsible().value).toBe('Мария Кузнецова'));
});

it('takes by one physical key with an echo before the answer', async () => {
  let answer: (ticket: unknown) => void = () => undefined;
  const network = mockNetwork({
    ...ticketAnswers([]),
    'POST /tickets/7/take': () => new Promise((resolve) => (answer = resolve)),
  });
  openAgent('/tickets/7');
  await screen.findByRole('button', { name: 'Взять' });
  pressKey('KeyT', 'е');
  await waitFor(() => expect(responsible().value).toBe('Алексей Иванов'));
  await waitFor(() => expect(network.sent('POST /tickets/7/take')).toHaveLength(1));
  answer(aTicket({ assignee: { id: 'me', name: 'Алексей Иванов' }, version: 4 }));
});

it('T-11: an answer and a note cannot be confused, and switching keeps the text', async () => {
  withDraft();
  openAgent('/tickets/7');
  const send = await composer();
  expect(send.textContent).toBe('Отправить клиенту: 2 получателя');
  await screen.findByText('Проверили, печатает.');
  await userEvent.click(screen.getByRole('radio', { name: 'Внутренняя заметка' }));
  expect(await screen.findByRole('button', { name: 'Сохранить заметку' })).toBeTruthy();
  expect(screen.getByText('Увидят только сотрудники')).toBeTruthy();
  expect(screen.getByText('Проверили, печатает.')).toBeTruthy();
});

it('T-11: what was written comes back from the server and is sent to the client with the last message seen', async () => {
  const network = withDraft({ 'POST /tickets/7/comments': sent });
  openAgent('/tickets/7');
  await screen.findByText('Проверили, печатает.');
  await userEvent.click(await composer());
  await waitFor(() =>
    expect(network.sent('POST /tickets/7/comments')).toEqual([
      { html: DRAFT.html, audience: ['client'], fileIds: [], lastSeenCommentId: 'm1' },
    ]),
  );
  const call = network.calls.find(({ route }) => route === 'POST /tickets/7/comments');
  expect(call?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
});

it('takes a sent answer back into the composer while the server holds it', async () => {
  const network = withDraft({
    'POST /tickets/7/comments': { ...sent, undoUntil: within10s() },
    'POST /comments/m2/undo': DRAFT,
  });
  openAgent('/tickets/7');
  await screen.findByText('Проверили, печатает.');
  await userEvent.click(await composer());
  await waitFor(() => expect(screen.queryByText('Проверили, печатает.')).toBeNull());
  await userEvent.click(await screen.findByRole('button', { name: 'Вернуть' }));
  expect(await screen.findByText('Проверили, печатает.')).toBeTruthy();
  expect(network.sent('POST /comments/m2/undo')).toHaveLength(1);
});

it('T-11: an answer taken back comes before what has been written since, and a note stays a note', async () => {
  const network = withDraft({
    'POST /tickets/7/comments': { ...sent, undoUntil: within10s() },
    'POST /comments/m2/undo': DRAFT,
  });
  const Tool = ({ insert }: { insert: (html: string) => void }) => (
    <button onClick={() => insert('<p>И ещё одно.</p>')}>Дописать</button>
  );
  openAgent('/tickets/7', { composer: [{ key: 'more', Tool }] });
  await screen.findByText('Проверили, печатает.');
  await userEvent.click(await composer());
  const undo = await screen.findByRole('button', { name: 'Вернуть' });
  await userEvent.click(screen.getByRole('radio', { name: 'Внутренняя заметка' }));
  await userEvent.click(screen.getByRole('button', { name: 'Дописать' }));
  await screen.findByText('И ещё одно.');
  await userEvent.click(undo);
  await screen.findByText('Проверили, печатает.');
  expect(screen.getByText('И ещё одно.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Сохранить заметку' })).toBeTruthy();
  expect(network.sent('POST /tickets/7/comments')).toHaveLength(1);
});

it('stops an answer to a conversation that has moved on, shows what came, and sends it only when told to', async () => {
  const newer = [aComment('m9', { html: '<p>Уже не надо</p>' })];
  let tries = 0;
  const network = withDraft({
    'POST /tickets/7/comments': () =>
      tries++ === 0 ? new Refusal(409, { code: 'tickets.staleReply', detail: 'Есть новые сообщения', newer }) : sent,
  });
  openAgent('/tickets/7');
  await screen.findByText('Проверили, печатает.');
  await userEvent.click(await composer());
  const dialog = await screen.findByRole('dialog', { name: 'Пока вы писали, переписка изменилась' });
  expect(within(dialog).getByText('Появилось 1 новое сообщение. Проверьте, годится ли ваш ответ.')).toBeTruthy();
  expect(within(dialog).getByRole('article', { name: 'Сообщение: Анна Соколова' })).toBeTruthy();
  expect(screen.getAllByText('Проверили, печатает.').length).toBeGreaterThan(0);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Всё равно отправить' }));
  await waitFor(() => expect(network.sent('POST /tickets/7/comments')[1]).toMatchObject({ sendAnyway: true }));
});

it('T-23: shows both values when somebody else changed the same field', async () => {
  const current = aTicket({ version: 5, subject: 'Принтер на кассе 2' });
  const conflicts = [
    {
      field: 'subject',
      base: 'Не печатает принтер',
      yours: 'Моё',
      theirs: 'Принтер на кассе 2',
      by: { kind: 'employee', id: 'x', name: 'Мария Кузнецова' },
      at: '2026-11-20T09:00:00.000Z',
    },
  ];
  let tries = 0;
  const network = mockNetwork({
    ...ticketAnswers([]),
    'PATCH /tickets/7': () =>
      tries++ === 0
        ? new Refusal(412, { code: 'tickets.conflict', detail: 'Поле изменено', current, conflicts })
        : aTicket({ version: 6, subject: 'Моё' }),
  });
  openAgent('/tickets/7');
  await userEvent.click(await screen.findByRole('button', { name: 'Не печатает принтер' }));
  const input = screen.getByLabelText('Тема');
  await userEvent.clear(input);
  await userEvent.type(input, 'Моё{Enter}');
  const dialog = await screen.findByRole('dialog', { name: 'Это поле уже изменили' });
  expect(within(dialog).getByText('Принтер на кассе 2')).toBeTruthy();
  expect(within(dialog).getByText(/Мария Кузнецова/)).toBeTruthy();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Записать моё' }));
  await waitFor(() =>
    expect(
      network.calls.filter(({ route }) => route === 'PATCH /tickets/7').map(({ headers }) => headers.get('if-match')),
    ).toEqual(['"3"', '"5"']),
  );
});

it('R-05: who may not write to clients has only the note', async () => {
  mockNetwork(ticketAnswers([], aTicket({ can: { ...aTicket().can, replyClient: false } })));
  openAgent('/tickets/7');
  expect((await composer()).textContent).toBe('Сохранить заметку');
  expect((screen.getByRole('radio', { name: 'Ответ клиенту' }) as HTMLInputElement).disabled).toBe(true);
});

it('filters the conversation and folds runs of changes', async () => {
  const change = (id: string, field: string) => ({
    kind: 'change',
    id,
    at: '2026-11-20T09:01:00.000Z',
    comment: null,
    file: null,
    author: null,
    change: {
      id,
      at: '2026-11-20T09:01:00.000Z',
      field,
      before: null,
      after: 'x',
      beforeLabel: null,
      afterLabel: null,
      version: 2,
      actor: { kind: 'employee', id: 'x', name: 'Мария' },
      cause: { kind: 'user', id: null, name: null, reason: null },
    },
  });
  const timeline = asTimeline([
    aComment('m1'),
    aComment('m2', { audience: ['internal'], author: { kind: 'employee', id: 'x', name: 'Мария' } }),
  ]);
  mockNetwork({
    ...ticketAnswers([]),
    'GET /tickets/7/timeline': {
      ...timeline,
      data: [...timeline.data, change('h1', 'statusId'), change('h2', 'assigneeId')],
    },
  });
  openAgent('/tickets/7');
  expect(await screen.findByText('2 изменения: Статус, Ответственный')).toBeTruthy();
  expect(screen.getByText('внутренняя заметка')).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: 'С клиентом' }));
  expect(screen.queryByText('внутренняя заметка')).toBeNull();
  expect(screen.queryByText(/2 изменения/)).toBeNull();
});

it('keeps the text when an answer could not be sent, though the person has gone on', async () => {
  let refuse: (answer: unknown) => void = () => undefined;
  const network = withDraft({ 'POST /tickets/7/comments': () => new Promise((resolve) => (refuse = resolve)) });
  const { address } = openAgent('/tickets/7');
  await screen.findByText('Проверили, печатает.');
  await userEvent.click(await composer());
  await waitFor(() => expect(network.sent('POST /tickets/7/comments')).toHaveLength(1));
  pressKey('Escape');
  await waitFor(() => expect(address()).toMatch(/^\/tickets\?/));
  refuse(new Refusal(422, { code: 'request.invalid', detail: 'Слишком длинно' }));
  expect(await screen.findByText('Заявка № 7: не отправлено, текст сохранён')).toBeTruthy();
  await waitFor(() =>
    expect(network.sent('PUT /tickets/7/draft')).toContainEqual({
      html: DRAFT.html,
      audience: ['client'],
      fileIds: [],
    }),
  );
});
