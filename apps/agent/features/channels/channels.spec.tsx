import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { aRow } from '@/testing/tickets';
import type { IntakeMail } from './intake.queries';

const aMail = (mail: Partial<IntakeMail> = {}): IntakeMail => ({
  ...{
    id: 'm1',
    channel: 'smtp',
    mailboxId: null,
    receivedAt: '2026-11-20T09:00:00.000Z',
    envelopeFrom: 'petr@stranger.test',
    envelopeTo: ['help@opora.test'],
  },
  ...{
    size: 1200,
    sha256: 'ab12',
    state: 'held',
    reason: { code: 'notParticipant', text: 'Отправитель не участник заявки 7' },
    problem: null,
    attempts: 1,
  },
  ...{
    parsedAt: '2026-11-20T09:00:01.000Z',
    messageId: '<a@b>',
    from: { name: 'Пётр', address: 'petr@stranger.test' },
    subject: 'Ещё раз про принтер',
  },
  ...{ ticketId: null, ticketNumber: null, commentId: null, duplicateOfId: null },
  ...mail,
});

const answers = (mail = aMail()) => ({
  'GET /ticket-views': { data: [] },
  'GET /notifications/count': { unread: 0 },
  'GET /intake': { data: [mail], page: { next: null, limit: 100 } },
  'GET /intake/counts': { data: [{ state: 'held', count: 1 }] },
  'GET /intake/m1': mail,
  'GET /tickets': { data: [aRow(7, { subject: 'Не печатает принтер' })], page: { next: null, limit: 20 } },
});

/** Keystroke by keystroke takes seconds in a long form. */
const fill = (input: Element, value: string) => void fireEvent.change(input, { target: { value } });

beforeEach(() => signedIn({ permissions: ['channels.read_intake', 'channels.manage_intake'] }));

test('CH-01: a held mail is attached to the ticket a person chose', async () => {
  const network = mockNetwork({
    ...answers(),
    'POST /intake/m1/decide': aMail({ state: 'comment_added', ticketId: 'id-7', ticketNumber: 7 }),
  });
  const user = userEvent.setup();
  const { address } = openAgent('/channels/intake/m1');
  await user.click(await screen.findByRole('combobox', { name: 'Заявка' }));
  await user.click(await screen.findByRole('option', { name: /№ 7 · Не печатает принтер/, hidden: true }));
  await user.click(screen.getByRole('button', { name: 'Решить' }));
  await waitFor(() => expect(address()).toBe('/channels/intake'));
  expect(network.sent('POST /intake/m1/decide')).toEqual([{ decision: 'attach', ticketId: 'id-7' }]);
});

test('CH-01: attaching without a ticket shows the refusal on the field and keeps the mail open', async () => {
  const refusal = new Refusal(422, {
    code: 'request.invalid',
    detail: 'Проверьте поля',
    errors: [{ pointer: '/ticketId', code: 'x', message: 'Такой заявки нет' }],
  });
  mockNetwork({ ...answers(), 'POST /intake/m1/decide': () => refusal });
  const user = userEvent.setup();
  const { address } = openAgent('/channels/intake/m1');
  await user.click(await screen.findByRole('button', { name: 'Решить' }));
  expect(await screen.findByText('Такой заявки нет')).toBeTruthy();
  expect(address()).toBe('/channels/intake/m1');
});

test('CH-01: a held mail is left without a ticket, and no ticket is sent', async () => {
  const network = mockNetwork({ ...answers(), 'POST /intake/m1/decide': aMail({ state: 'ignored' }) });
  const user = userEvent.setup();
  openAgent('/channels/intake/m1');
  await user.click(await screen.findByRole('radio', { name: 'Оставить без заявки' }));
  await user.click(screen.getByRole('button', { name: 'Решить' }));
  await waitFor(() => expect(network.sent('POST /intake/m1/decide')).toEqual([{ decision: 'ignore' }]));
});

test('CH-01: who only reads the journal gets no buttons to decide or replay', async () => {
  signedIn({ permissions: ['channels.read_intake'] });
  mockNetwork(answers());
  openAgent('/channels/intake/m1');
  expect(await screen.findByRole('button', { name: 'Скачать .eml' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Решить' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Разобрать заново' })).toBeNull();
});

test('CH-01: the journal asks for the chosen state', async () => {
  const network = mockNetwork(answers());
  const user = userEvent.setup();
  openAgent('/channels/intake');
  await user.click(await screen.findByRole('combobox', { name: 'Состояние' }));
  await user.click(await screen.findByRole('option', { name: /Ждёт решения · 1/, hidden: true }));
  await waitFor(() =>
    expect(network.calls.some(({ route, query }) => route === 'GET /intake' && query.get('state') === 'held')).toBe(
      true,
    ),
  );
});

test("CH-01: a mailbox's refused server and password land on their fields", async () => {
  signedIn({ permissions: ['channels.manage_mailboxes'] });
  const errors = [
    { pointer: '/imap/host', code: 'x', message: 'Не похоже на сервер' },
    { pointer: '/smtp/password', code: 'x', message: 'Укажите пароль' },
  ];
  mockNetwork({
    ...answers(),
    'GET /mailboxes': { data: [], page: { next: null, limit: 100 } },
    'GET /ticket-types': { data: [] },
    'GET /directory/teams': { data: [], page: { next: null, limit: 200 } },
    'POST /mailboxes': () => new Refusal(422, { code: 'request.invalid', detail: 'Проверьте поля', errors }),
  });
  const user = userEvent.setup();
  openAgent('/channels/mailboxes/new');
  fill(await screen.findByRole('textbox', { name: /Имя отправителя/ }), 'Поддержка');
  fill(screen.getByRole('textbox', { name: /Адрес/ }), 'help@opora.test');
  const all = (name: RegExp) => screen.getAllByLabelText(name).filter((element) => element instanceof HTMLInputElement);
  for (const host of all(/^Сервер/)) fill(host, 'mail');
  for (const login of all(/^Логин/)) fill(login, 'help');
  for (const password of all(/^Пароль/)) fill(password, 'secret');
  await user.click(screen.getByRole('button', { name: 'Добавить ящик' }));
  expect(await screen.findByText('Не похоже на сервер')).toBeTruthy();
  expect(screen.getByText('Укажите пароль')).toBeTruthy();
});
