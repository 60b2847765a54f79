import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal } from '@/testing/network';
import { openAgent, pressKey, signedIn } from '@/testing/render';
import { aRow, ticketAnswers } from '@/testing/tickets';

const rows = [
  aRow(11),
  aRow(12, { color: { tint: 'yellow', icon: 'stairs', label: 'Вторая линия' } }),
  aRow(13, { hasUnread: true }),
];

beforeEach(() => signedIn());

it('T-19: opens the first view, its rows and the counter that equals them', async () => {
  const network = mockNetwork(ticketAnswers(rows));
  const { address } = openAgent('/tickets');
  expect(await screen.findByText('Заявка номер 11')).toBeTruthy();
  expect(address()).toBe('/tickets?view=v-open');
  expect(screen.getByRole('heading', { name: 'Все открытые' }).nextSibling?.textContent).toBe('3');
  expect(network.calls.find(({ route }) => route === 'GET /tickets')?.query.get('view')).toBe('v-open');
});

it('T-19: a coloured row says its rule in words as well', async () => {
  mockNetwork(ticketAnswers(rows));
  openAgent('/tickets?view=v-open');
  const words = await screen.findByText('Вторая линия');
  expect(words.closest('[role="row"]')?.className).toContain('o-tint-yellow');
  expect(screen.getByRole('img', { name: 'Есть непрочитанное' })).toBeTruthy();
});

it('moves the row cursor by physical keys in a Russian layout and opens the row', async () => {
  mockNetwork({ ...ticketAnswers([aRow(6), aRow(7)]) });
  const { address } = openAgent('/tickets?view=v-open');
  await screen.findByText('Заявка номер 6');
  pressKey('KeyJ', 'о');
  await waitFor(() =>
    expect(screen.getByText('Заявка номер 6').closest('[role="row"]')?.hasAttribute('data-cursor')).toBe(true),
  );
  pressKey('KeyJ', 'о');
  await waitFor(() =>
    expect(screen.getByText('Заявка номер 7').closest('[role="row"]')?.hasAttribute('data-cursor')).toBe(true),
  );
  pressKey('Enter', 'Enter');
  await waitFor(() => expect(address()).toBe('/tickets/7?view=v-open'));
});

it('keeps the filter in the address and sends it', async () => {
  const network = mockNetwork(ticketAnswers(rows));
  const { address } = openAgent('/tickets?view=v-open');
  await screen.findByText('Заявка номер 11');
  await userEvent.type(screen.getByLabelText('Фильтр заявок'), 'is:overdue{Enter}');
  await waitFor(() => expect(address()).toBe('/tickets?view=v-open&q=is%3Aoverdue'));
  await waitFor(() =>
    expect(network.calls.some(({ route, query }) => route === 'GET /tickets' && query.get('q') === 'is:overdue')).toBe(
      true,
    ),
  );
});

it('T-19: what is typed before the views have answered stays, another view begins anew', async () => {
  const answers = ticketAnswers(rows);
  const [view] = answers['GET /ticket-views'].data;
  const views = { data: [view, { ...view, id: 'v-mine', name: 'Мои' }] };
  let letViewsAnswer: () => void = () => undefined;
  const asked = new Promise<void>((done) => (letViewsAnswer = done));
  mockNetwork({ ...answers, 'GET /ticket-views': () => asked.then(() => views) });
  const { address } = openAgent('/tickets');
  const filter = await screen.findByLabelText('Фильтр заявок');
  await userEvent.type(filter, 'касса');
  letViewsAnswer();
  await waitFor(() => expect(address()).toContain('view=v-open'));
  expect(screen.getByLabelText('Фильтр заявок')).toHaveProperty('value', 'касса');
  await waitFor(() => expect(address()).toBe(`/tickets?view=v-open&q=${encodeURIComponent('касса')}`));

  await userEvent.type(screen.getByLabelText('Фильтр заявок'), ' не');
  await userEvent.click(screen.getByRole('link', { name: /^Мои/ }));
  await waitFor(() => expect(screen.getByLabelText('Фильтр заявок')).toHaveProperty('value', ''));
  await act(() => new Promise((passed) => setTimeout(passed, 500)));
  expect(address()).toBe('/tickets?view=v-mine');
});

it('shows what is wrong with a filter beside it', async () => {
  const refusal = new Refusal(422, {
    code: 'tickets.filterInvalid',
    detail: 'Нет условия «colour»',
    errors: [{ pointer: '/q', code: 'tickets.filterInvalid', message: 'Нет условия «colour»' }],
  });
  mockNetwork({ ...ticketAnswers(rows), 'GET /tickets': refusal, 'GET /tickets/count': refusal });
  openAgent('/tickets?q=colour:red');
  expect(await screen.findByText('Нет условия «colour»')).toBeTruthy();
  expect(screen.queryByRole('grid')).toBeNull();
});

it('says when a view is empty', async () => {
  mockNetwork(ticketAnswers([]));
  openAgent('/tickets?view=v-open');
  expect(await screen.findByText('Здесь пусто')).toBeTruthy();
});
