import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './generated/api';
import { connectLive, type LiveMessage, type LiveState } from './live';
import { createSession, type Session } from './session';
import { uploadFile, type StoredFile, type UploadProgress } from './upload';

const BASE = '/api/v1';

/** Every path of the API, written as after the base path: `/tickets/{id}`. */
export type Paths = { [P in keyof paths as P extends `/api/v1${infer Rest}` ? Rest : P]: paths[P] };
/** The wire shapes by name: `Schemas['TicketView']`. */
export type Schemas = components['schemas'];

/** `audience` chooses whose sign-in this is; `locale` is asked before every call. */
export type ApiOptions = { audience: 'staff' | 'portal'; origin?: string; locale?: () => string };

/** A typed client with its session, live updates and uploads. */
export type Api<Me = unknown> = {
  http: Client<Paths>;
  session: Session<Me>;
  /** Where sign-in, refresh and sign-out of this audience live. */
  authBase: string;
  live(onMessage: (message: LiveMessage) => void, onState?: (state: LiveState) => void): () => void;
  upload(
    file: File,
    options?: { onProgress?: (progress: UploadProgress) => void; signal?: AbortSignal },
  ): Promise<StoredFile>;
};

/** Makes the client of one SPA: bearer token from memory, one silent refresh and retry on 401, an Idempotency-Key on every POST. */
export function createApi<Me>({ audience, origin = window.location.origin, locale = () => 'ru' }: ApiOptions): Api<Me> {
  const base = `${origin}${BASE}`;
  const authBase = audience === 'portal' ? '/portal/auth' : '/auth';
  const session = createSession<Me>({ name: `opora.${audience}`, refreshUrl: `${base}${authBase}/refresh` });

  const http = createClient<Paths>({ baseUrl: base, fetch: (request) => sendAuthorised(request, session) });
  http.use({
    onRequest: ({ request }) => {
      request.headers.set('accept-language', locale());
      if (request.method === 'POST' && !request.headers.has('idempotency-key'))
        request.headers.set('idempotency-key', randomKey());
      return request;
    },
  });

  return {
    http,
    session,
    authBase,
    live: (onMessage, onState) =>
      connectLive({
        name: `opora.${audience}.live`,
        url: `${base}${audience === 'portal' ? '/portal' : ''}/live`,
        session,
        onMessage,
        onState,
      }),
    upload: (file, options) =>
      uploadFile({
        url: `${base}${audience === 'portal' ? '/portal' : ''}/files`,
        session,
        locale: locale(),
        key: randomKey(),
        file,
        ...options,
      }),
  };
}

async function sendAuthorised(request: Request, session: Session): Promise<Response> {
  const again = request.clone();
  const isSignIn = /\/auth\/(sign-in|refresh|link)/.test(new URL(request.url).pathname);
  const token = isSignIn ? null : await session.token();
  if (token) request.headers.set('authorization', `Bearer ${token}`);
  const response = await sendTwice(request);
  if (response.status !== 401 || !token || !(await session.refresh())) return response;
  again.headers.set('authorization', `Bearer ${await session.token()}`);
  return fetch(again);
}

// A POST carries an Idempotency-Key, so a lost answer may be asked for once more without doing anything twice.
async function sendTwice(request: Request): Promise<Response> {
  if (request.method !== 'POST') return fetch(request);
  const again = request.clone();
  return fetch(request).catch(async (error: unknown) => {
    if (again.signal.aborted) throw error;
    await new Promise((resolve) => setTimeout(resolve, 700));
    return fetch(again);
  });
}

// crypto.randomUUID is missing on plain http outside localhost.
const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
