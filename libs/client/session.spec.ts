import { ApiProblem } from './problem';
import { createSession } from './session';

Object.assign(globalThis, { BroadcastChannel: undefined });

const signedIn = (accessToken: string, seconds = 600) => ({
  accessToken,
  expiresAt: new Date(Date.now() + seconds * 1000).toISOString(),
  mustChangePassword: false,
  me: { name: 'Мария' },
});
const answer = (status: number, body: object = {}) => new Response(JSON.stringify(body), { status });
const sessionOver = (...answers: Response[]) => {
  const send = jest.fn(async () => answers.shift() ?? answer(500));
  return { send, session: createSession<{ name: string }>({ name: 'test', refreshUrl: '/refresh', send }) };
};

it('asks for one token, however many ask at once', async () => {
  const { send, session } = sessionOver(answer(200, signedIn('one')));
  expect(await Promise.all([session.token(), session.token(), session.token()])).toEqual(['one', 'one', 'one']);
  expect(send).toHaveBeenCalledTimes(1);
});

it('renews a token that is about to expire', async () => {
  const { send, session } = sessionOver(answer(200, signedIn('new')));
  session.start(signedIn('old', 5));
  expect(await session.token()).toBe('new');
  expect(send).toHaveBeenCalledTimes(1);
});

it('is signed out when the server forgets the device', async () => {
  const { session } = sessionOver(answer(401, { code: 'auth.sessionRevoked' }));
  const states: string[] = [];
  session.subscribe(() => states.push(session.state().kind));
  expect(await session.refresh()).toBe(false);
  expect(states).toEqual(['out']);
  expect(await session.token()).toBeNull();
});

it.each([500, 502, 503, 429])('stays as it was when the server answers %i', async (status) => {
  const { session } = sessionOver(answer(status));
  session.start(signedIn('mine', 5));
  await expect(session.refresh()).rejects.toBeInstanceOf(ApiProblem);
  expect(session.state().kind).toBe('in');
});

it('keeps nothing of the person after signing out', async () => {
  const { session } = sessionOver();
  session.start(signedIn('mine'));
  session.end();
  expect(session.state()).toEqual({ kind: 'out' });
  expect(await session.token()).toBeNull();
});
