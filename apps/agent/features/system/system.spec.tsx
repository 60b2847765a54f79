import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Call } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { aRow } from '@/testing/tickets';
import type { Template } from './templates.queries';

const aTemplate = (template: Partial<Template> = {}): Template => ({
  ...{
    key: 'channels.ticketReply',
    locale: 'ru',
    subject: 'Заявка {{ticket.number}}',
    body: '<p>{{{comment.html}}}</p>',
    isChanged: false,
  },
  ...template,
});

const filled = ({ body }: Call) => {
  const { subject, body: html, ticketId } = body as Record<'subject' | 'body' | 'ticketId', string>;
  return { subject: `${subject} на ${ticketId}`, html, text: '' };
};

const answers = (template = aTemplate()) => ({
  'GET /ticket-views': { data: [] },
  'GET /notifications/count': { unread: 0 },
  'GET /message-templates': { data: [template, aTemplate({ locale: 'en', subject: 'Ticket {{ticket.number}}' })] },
  'GET /tickets': { data: [aRow(7), aRow(8)], page: { next: null, limit: 20 } },
  'POST /message-templates/channels.ticketReply/preview': filled,
});

/** Keystroke by keystroke takes seconds in a long form. */
const fill = (input: Element, value: string) => void fireEvent.change(input, { target: { value } });

beforeEach(() =>
  signedIn({
    permissions: ['notifications.manage_templates', 'platform.organisation', 'platform.outbox', 'tickets.read'],
  }),
);

test('R-08: the preview shows the draft on the latest ticket and follows the typing and the choice', async () => {
  const network = mockNetwork(answers());
  const user = userEvent.setup();
  openAgent('/system/templates/channels.ticketReply');
  expect(await screen.findByRole('heading', { name: 'Заявка {{ticket.number}} на id-7' })).toBeTruthy();
  fill(screen.getByRole('textbox', { name: /Тема/ }), 'Заявка {{ticket.number}}!');
  expect(await screen.findByRole('heading', { name: 'Заявка {{ticket.number}}! на id-7' })).toBeTruthy();
  await user.click(screen.getByRole('combobox', { name: /На примере заявки/ }));
  await user.click(await screen.findByRole('option', { name: /№ 8/, hidden: true }));
  expect(await screen.findByRole('heading', { name: 'Заявка {{ticket.number}}! на id-8' })).toBeTruthy();
  expect(network.calls.filter(({ route }) => route.startsWith('PUT'))).toEqual([]);
});

test('R-08: a variable is put where the cursor stands and the text is saved for its language', async () => {
  const network = mockNetwork({
    ...answers(),
    'PUT /message-templates/channels.ticketReply/ru': aTemplate({ isChanged: true }),
  });
  const user = userEvent.setup();
  openAgent('/system/templates/channels.ticketReply');
  const body = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /Текст/ });
  body.setSelectionRange(3, 3);
  await user.click(screen.getByRole('button', { name: 'contact.name' }));
  await user.click(screen.getByRole('button', { name: 'Сохранить' }));
  await waitFor(() =>
    expect(network.sent('PUT /message-templates/channels.ticketReply/ru')).toEqual([
      { subject: 'Заявка {{ticket.number}}', body: '<p>{{contact.name}}{{{comment.html}}}</p>' },
    ]),
  );
});

test('R-08: a text the server cannot read is told in its words beside the preview', async () => {
  const refusal = new Refusal(422, { code: 'templates.invalid', detail: 'Не закрыт тег' });
  mockNetwork({ ...answers(), 'POST /message-templates/channels.ticketReply/preview': () => refusal });
  openAgent('/system/templates/channels.ticketReply');
  expect(await screen.findByText('Не закрыт тег')).toBeTruthy();
});

test('R-08: a reworded text goes back to the shipped one', async () => {
  const network = mockNetwork({
    ...answers(aTemplate({ isChanged: true, subject: 'Своя тема' })),
    'DELETE /message-templates/channels.ticketReply/ru': undefined,
  });
  const user = userEvent.setup();
  openAgent('/system/templates/channels.ticketReply');
  await user.click(await screen.findByRole('button', { name: 'Вернуть исходный' }));
  network.answers['GET /message-templates'] = { data: [aTemplate()] };
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Вернуть исходный' }));
  await waitFor(() =>
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /Тема/ }).value).toBe('Заявка {{ticket.number}}'),
  );
});

test('O-07: dead work shows why it failed and is done again', async () => {
  const row = {
    id: 'o1',
    eventId: 'e1',
    name: 'mail.send',
    handler: 'MailSender.send',
    payload: { mailId: 'x' },
    state: 'dead',
    dueAt: '2026-11-20T09:00:00.000Z',
    attempts: 8,
    lastError: 'connect ECONNREFUSED',
    createdAt: '2026-11-20T09:00:00.000Z',
    doneAt: null,
  };
  const network = mockNetwork({
    ...answers(),
    'GET /outbox': { data: [row], page: { next: null, limit: 100 } },
    'POST /outbox/o1/retry': { ...row, state: 'pending' },
  });
  const user = userEvent.setup();
  openAgent('/system/outbox/o1?state=dead');
  await user.click(await screen.findByRole('button', { name: 'Выполнить сейчас' }));
  await waitFor(() => expect(network.sent('POST /outbox/o1/retry')).toHaveLength(1));
  expect(screen.getAllByText('connect ECONNREFUSED').length).toBeGreaterThan(0);
  expect(network.calls.some(({ route, query }) => route === 'GET /outbox' && query.get('state') === 'dead')).toBe(true);
});
