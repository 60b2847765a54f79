import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal } from '@/testing/network';
import { aMe, openPortal, signInAs } from '@/testing/render';
import { aComment, aTicket, pageOf } from '@/testing/tickets';

const noRating = { ticketNumber: 7, ticketSubject: '', rating: null, canRate: false, until: null };

beforeEach(() => localStorage.clear());
afterEach(() => jest.restoreAllMocks());

describe('the list of tickets', () => {
  it('PO-02: the company’s tickets are offered only to those who may see them', async () => {
    signInAs(aMe());
    const network = mockNetwork({ 'GET /portal/me': aMe(), 'GET /portal/tickets': pageOf(aTicket()) });
    await openPortal('/tickets?scope=company');

    await screen.findByText('Не печатает принтер');
    expect(screen.queryByText('Всей компании')).toBeNull();
    expect(network.calls.find(({ route }) => route === 'GET /portal/tickets')?.query.get('scope')).toBe('mine');
  });

  it('PO-02: whoever sees the company asks for its closed tickets by two presses', async () => {
    const me = signInAs(aMe({ seesCompany: true }));
    const network = mockNetwork({ 'GET /portal/me': me, 'GET /portal/tickets': pageOf(aTicket()) });
    const user = userEvent.setup();
    const { address } = await openPortal('/tickets');

    await user.click(await screen.findByRole('radio', { name: 'Всей компании' }));
    await user.click(await screen.findByRole('radio', { name: 'Завершённые' }));

    await waitFor(() => expect(address()).toBe('/tickets?state=closed&scope=company'));
    await waitFor(() => expect(network.calls.at(-1)?.query.toString()).toContain('state=closed&scope=company'));
  });

  it('PO-01: what is chosen right after the typing stays when the words are searched', async () => {
    const me = signInAs(aMe());
    mockNetwork({ 'GET /portal/me': me, 'GET /portal/tickets': pageOf(aTicket()) });
    const user = userEvent.setup();
    const { address } = await openPortal('/tickets');

    await user.type(await screen.findByRole('searchbox'), 'касса');
    await user.click(screen.getByRole('radio', { name: 'Завершённые' }));
    expect(address()).toBe('/tickets?state=closed');
    await waitFor(() => expect(address()).toBe(`/tickets?state=closed&q=${encodeURIComponent('касса')}`));
  });

  it('PO-01: an empty list leads to a new ticket, a fruitless search back to the list', async () => {
    const me = signInAs(aMe());
    mockNetwork({ 'GET /portal/me': me, 'GET /portal/tickets': pageOf() });
    const user = userEvent.setup();
    await openPortal('/tickets?q=принтер');

    await screen.findByText('Ничего не нашлось');
    await user.click(screen.getByRole('button', { name: 'Сбросить поиск' }));
    await screen.findByText('Открытых заявок нет');
  });
});

describe('the ticket', () => {
  const server = (ticket = aTicket(), answers: Record<string, unknown> = {}) =>
    mockNetwork({
      'GET /portal/me': signInAs(aMe()),
      'GET /portal/tickets/7': ticket,
      'GET /portal/tickets/7/comments': pageOf(aComment()),
      'GET /portal/tickets/ticket-7/rating': noRating,
      'POST /portal/tickets/ticket-7/comments': aComment(),
      'POST /portal/tickets/ticket-7/close': ticket,
      'POST /portal/tickets/ticket-7/reopen': ticket,
      ...answers,
    });

  it('PO-01: says in plain words how it goes and who works on it', async () => {
    server();
    await openPortal('/tickets/7');

    await screen.findByText('Заявкой занимается Пётр Инженеров.');
    expect(screen.getByText('В работе: сейчас').closest('li')?.getAttribute('aria-current')).toBe('step');
  });

  it('PO-01: a reply is sent once and the box is empty after it', async () => {
    const network = server();
    const user = userEvent.setup();
    await openPortal('/tickets/7');
    const box = await screen.findByRole('textbox', { name: 'Ваш ответ' });
    await user.type(box, 'Спасибо, ждём');
    await user.keyboard('{Control>}{Enter}{/Control}');

    await screen.findByText('Сообщение отправлено');
    expect(network.sent('POST /portal/tickets/ticket-7/comments')).toEqual([{ text: 'Спасибо, ждём', fileIds: [] }]);
    expect(box).toHaveProperty('value', '');
  });

  it('PO-01: what is typed while a reply is on its way is left for the next one', async () => {
    let arrive: () => void = () => undefined;
    const onItsWay = new Promise<void>((done) => (arrive = done));
    const network = server(aTicket(), {
      'POST /portal/tickets/ticket-7/comments': () => onItsWay.then(() => aComment()),
    });
    const user = userEvent.setup();
    await openPortal('/tickets/7');
    const box = await screen.findByRole('textbox', { name: 'Ваш ответ' });
    await user.type(box, 'Спасибо, ждём');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await user.type(box, ' Пропуск заказан');
    arrive();

    await screen.findByText('Сообщение отправлено');
    expect(network.sent('POST /portal/tickets/ticket-7/comments')).toEqual([{ text: 'Спасибо, ждём', fileIds: [] }]);
    expect(box).toHaveProperty('value', 'Пропуск заказан');
  });

  it('PO-01: a refused reply keeps its words and says why', async () => {
    server(aTicket(), {
      'POST /portal/tickets/ticket-7/comments': new Refusal(409, {
        code: 'tickets.closedForGood',
        detail: 'Заявка закрыта окончательно',
      }),
    });
    const user = userEvent.setup();
    await openPortal('/tickets/7');
    const box = await screen.findByRole('textbox', { name: 'Ваш ответ' });
    await user.type(box, 'Снова');
    await user.click(screen.getByRole('button', { name: 'Отправить' }));

    await screen.findByText('Заявка закрыта окончательно');
    expect(box).toHaveProperty('value', 'Снова');
  });

  it('PO-02: closing asks first, and is offered only when the server allows it', async () => {
    const network = server();
    const user = userEvent.setup();
    const { unmount } = await openPortal('/tickets/7');
    await user.click(await screen.findByRole('button', { name: 'Закрыть заявку' }));
    expect(network.sent('POST /portal/tickets/ticket-7/close')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Да, закрыть' }));
    await waitFor(() => expect(network.sent('POST /portal/tickets/ticket-7/close')).toEqual([{}]));
    unmount();

    server(aTicket({ can: { comment: false, close: false, reopen: false, rate: false } }));
    await openPortal('/tickets/7');
    await screen.findByText('Переписка');
    expect(screen.queryByRole('button', { name: 'Закрыть заявку' })).toBeNull();
    expect(screen.queryByRole('textbox', { name: 'Ваш ответ' })).toBeNull();
  });

  it('T-06: a refused closing lists everything that stands in the way', async () => {
    const unmet = ['Заполните: Серийный номер', 'Работы по чек-листам ещё не закончены'];
    server(aTicket(), {
      'POST /portal/tickets/ticket-7/close': new Refusal(409, {
        code: 'tickets.transitionRefused',
        detail: 'Перейти в этот статус пока нельзя',
        unmet: unmet.map((message) => ({ guard: 'form', message })),
      }),
    });
    const user = userEvent.setup();
    await openPortal('/tickets/7');
    await user.click(await screen.findByRole('button', { name: 'Закрыть заявку' }));
    await user.click(screen.getByRole('button', { name: 'Да, закрыть' }));

    const alert = await screen.findByRole('alert');
    expect(
      within(alert)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(unmet);
  });

  it('PO-01: somebody else’s ticket looks like one that does not exist', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    server(aTicket(), { 'GET /portal/tickets/7': new Refusal(404, { code: 'notFound' }) });
    await openPortal('/tickets/7');
    await screen.findByText('Такой страницы нет');
  });

  it('PO-01: a mail’s script does not reach the page', async () => {
    const html =
      '<p>Привет</p><img src="x" onerror="globalThis.fired = 1"><script>globalThis.fired = 1</script><a href="javascript:globalThis.fired=1">x</a>';
    server(aTicket(), { 'GET /portal/tickets/7/comments': pageOf(aComment({ html })) });
    await openPortal('/tickets/7');
    await screen.findByText('Пётр Инженеров', { selector: 'strong' });
    const inside = [...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot?.innerHTML ?? '').join('');
    expect(inside).toContain('Привет');
    expect(inside + document.body.innerHTML).not.toMatch(/onerror|<script|javascript:/);
  });
});
