import { ApiProblem } from './problem';

/** What every sign-in and refresh answers. */
export type SignedIn<Me = unknown> = { accessToken: string; expiresAt: string; mustChangePassword: boolean; me: Me };

/** `unknown` until the first refresh has been answered. */
export type SessionState<Me> =
  { kind: 'unknown' } | { kind: 'out' } | { kind: 'in'; me: Me; mustChangePassword: boolean };

/** The person at this browser: the access token lives in memory only, the refresh cookie is out of scripts' reach. */
export type Session<Me = unknown> = {
  state(): SessionState<Me>;
  subscribe(listener: () => void): () => void;
  /** A token that is still good, refreshed when it is about to expire; null when nobody is signed in. */
  token(): Promise<string | null>;
  /** Refreshes now; several callers and several tabs share one request at a time. */
  refresh(): Promise<boolean>;
  start(signedIn: SignedIn<Me>): void;
  /** Replaces what is known of the person (after a change of profile or password). */
  update(me: Me, mustChangePassword?: boolean): void;
  /** Forgets the session here and in the other tabs. */
  end(): void;
};

type Options = { name: string; refreshUrl: string; send?: typeof fetch };
type Shared<Me> = { kind: 'in'; signedIn: SignedIn<Me> } | { kind: 'out' };

const EARLY_MS = 20_000;

export function createSession<Me>({ name, refreshUrl, send = (...args) => fetch(...args) }: Options): Session<Me> {
  const listeners = new Set<() => void>();
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`${name}.session`);
  let current: SessionState<Me> = { kind: 'unknown' };
  let held: { token: string; expiresAt: number } | null = null;
  let running: Promise<boolean> | null = null;

  const become = (state: SessionState<Me>) => {
    current = state;
    listeners.forEach((listener) => listener());
  };
  const adopt = (signedIn: SignedIn<Me>) => {
    held = { token: signedIn.accessToken, expiresAt: Date.parse(signedIn.expiresAt) };
    become({ kind: 'in', me: signedIn.me, mustChangePassword: signedIn.mustChangePassword });
  };
  const forget = () => {
    held = null;
    become({ kind: 'out' });
  };
  channel?.addEventListener('message', ({ data }: MessageEvent<Shared<Me>>) =>
    data.kind === 'in' ? adopt(data.signedIn) : forget(),
  );
  const isFresh = () => held !== null && held.expiresAt - Date.now() > EARLY_MS;

  // A rotating refresh cookie may be spent once: two tabs that spend it together would look like a theft to the server.
  const alone = <T>(work: () => Promise<T>): Promise<T> =>
    typeof navigator !== 'undefined' && navigator.locks ? navigator.locks.request(`${name}.refresh`, work) : work();

  const refreshOnce = async (stale: string | null): Promise<boolean> => {
    if (held && held.token !== stale && isFresh()) return true;
    const response = await send(refreshUrl, { method: 'POST', credentials: 'same-origin' });
    if (response.ok) {
      const signedIn = (await response.json()) as SignedIn<Me>;
      adopt(signedIn);
      channel?.postMessage({ kind: 'in', signedIn } satisfies Shared<Me>);
      return true;
    }
    if (response.status >= 500 || response.status === 429)
      throw new ApiProblem(response.status, await response.json().catch(() => ({})));
    forget();
    return false;
  };
  const refresh = () => {
    const stale = held?.token ?? null;
    running ??= alone(() => refreshOnce(stale)).finally(() => (running = null));
    return running;
  };

  return {
    state: () => current,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    token: async () => {
      if (current.kind === 'out') return null;
      if (!isFresh()) await refresh();
      return held?.token ?? null;
    },
    refresh,
    start: (signedIn) => {
      adopt(signedIn);
      channel?.postMessage({ kind: 'in', signedIn } satisfies Shared<Me>);
    },
    update: (me, mustChangePassword = current.kind === 'in' && current.mustChangePassword) => {
      if (current.kind === 'in') become({ kind: 'in', me, mustChangePassword });
    },
    end: () => {
      forget();
      channel?.postMessage({ kind: 'out' } satisfies Shared<Me>);
    },
  };
}
