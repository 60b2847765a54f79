import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { api } from '@/api';
import { mockNetwork, Refusal } from '@/testing/network';
import { aMe, openPortal } from '@/testing/render';
import { pageOf } from '@/testing/tickets';

const signedIn = (mustChangePassword = false) => ({
  accessToken: 'token',
  expiresAt: new Date(Date.now() + 600_000).toISOString(),
  mustChangePassword,
});
const server = (answers: Record<string, unknown> = {}) =>
  mockNetwork({
    'POST /portal/auth/refresh': new Refusal(401, { code: 'auth.sessionRevoked' }),
    'POST /portal/auth/sign-in': signedIn(),
    'POST /portal/auth/link': undefined,
    'POST /portal/auth/link/redeem': signedIn(),
    'GET /portal/me': aMe(),
    'GET /portal/tickets': pageOf(),
    ...answers,
  });

beforeEach(() => api.session.end());

const signIn = async (user: ReturnType<typeof userEvent.setup>) => {
  await user.type(await screen.findByRole('textbox', { name: /Электронная почта/ }), 'anna@retail.example');
  await user.type(screen.getByLabelText(/Пароль/), 'secret phrase');
  await user.click(screen.getByRole('button', { name: 'Войти' }));
};

describe('sign-in', () => {
  it('PO-07: a page behind the sign-in is reached after it', async () => {
    const network = server();
    const user = userEvent.setup();
    const { address } = await openPortal('/tickets?state=closed');
    await signIn(user);
    await waitFor(() => expect(address()).toBe('/tickets?state=closed'));
    await screen.findByText('Завершённых заявок пока нет');
    expect(network.sent('POST /portal/auth/sign-in')).toEqual([
      { login: 'anna@retail.example', password: 'secret phrase' },
    ]);
  });

  it('PO-07: a wrong password is told in the server’s words', async () => {
    server({
      'POST /portal/auth/sign-in': new Refusal(401, { code: 'auth.invalid', detail: 'Неверный адрес или пароль' }),
    });
    const user = userEvent.setup();
    await openPortal('/sign-in');
    await signIn(user);
    await screen.findByText('Неверный адрес или пароль');
  });

  it('PO-07: asking for a link tells nothing about the address', async () => {
    const network = server();
    const user = userEvent.setup();
    await openPortal('/sign-in');
    await user.click(await screen.findByRole('radio', { name: 'По ссылке из почты' }));
    await user.type(screen.getByRole('textbox', { name: /Электронная почта/ }), 'who@nowhere.example');
    await user.click(screen.getByRole('button', { name: 'Получить ссылку' }));
    await screen.findByText(/Если адрес who@nowhere.example нам известен/);
    expect(network.sent('POST /portal/auth/link')).toEqual([{ email: 'who@nowhere.example' }]);
  });

  it('PO-07: a link is spent by a press, not by being opened', async () => {
    const network = server();
    const user = userEvent.setup();
    const { address } = await openPortal('/sign-in#token=once');
    const button = await screen.findByRole('button', { name: 'Войти на портал' });
    expect(network.sent('POST /portal/auth/link/redeem')).toEqual([]);
    await user.click(button);
    await waitFor(() => expect(address()).toBe('/tickets'));
    expect(network.sent('POST /portal/auth/link/redeem')).toEqual([{ token: 'once' }]);
  });

  it('PO-07: a lost connection does not make a good link a dead one', async () => {
    server({ 'POST /portal/auth/link/redeem': new Refusal(503, { code: 'unavailable', detail: 'Сервер занят' }) });
    const user = userEvent.setup();
    await openPortal('/sign-in#token=good');
    await user.click(await screen.findByRole('button', { name: 'Войти на портал' }));
    await screen.findByText('Сервер занят');
    screen.getByRole('button', { name: 'Войти на портал' });
  });

  it('PO-07: a used link leads to a new one', async () => {
    server({
      'POST /portal/auth/link/redeem': new Refusal(401, {
        code: 'auth.linkInvalid',
        detail: 'Ссылка уже использована',
      }),
    });
    const user = userEvent.setup();
    await openPortal('/sign-in#token=old');
    await user.click(await screen.findByRole('button', { name: 'Войти на портал' }));
    await screen.findByText('Ссылка устарела или уже использована');
    await user.click(screen.getByRole('button', { name: 'Получить новую ссылку' }));
    await screen.findByRole('button', { name: 'Получить ссылку' });
  });

  it('PO-07: an issued password is replaced before anything else', async () => {
    const network = server({ 'POST /portal/auth/sign-in': signedIn(true), 'POST /portal/auth/password': undefined });
    const user = userEvent.setup();
    const { address } = await openPortal('/tickets');
    await signIn(user);
    await screen.findByText('Придумайте новый пароль');
    expect(network.calls.some(({ route }) => route === 'GET /portal/me')).toBe(false);

    mockNetwork({
      'POST /portal/auth/password': undefined,
      'POST /portal/auth/refresh': signedIn(),
      'GET /portal/me': aMe(),
      'GET /portal/tickets': pageOf(),
    });
    await user.type(screen.getByLabelText(/Новый пароль/), 'four words in a row');
    await user.click(screen.getByRole('button', { name: 'Сохранить и продолжить' }));
    await waitFor(() => expect(address()).toBe('/tickets'));
  });
});
