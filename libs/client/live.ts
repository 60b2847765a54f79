import type { Session } from './session';

/** Which queries have gone stale. Carries no data: the queries are asked again with the reader's own rights. */
export type LiveMessage = { topics: string[] };
export type LiveState = 'connecting' | 'open' | 'lost';

type Options = {
  name: string;
  url: string;
  session: Session;
  onMessage: (message: LiveMessage) => void;
  onState?: (state: LiveState) => void;
};
type Shared = { message: LiveMessage } | { state: LiveState };

const SLOWEST_MS = 30_000;
const SILENCE_MS = 70_000;

/** Keeps one stream of the server's news open for all tabs of a browser: one tab leads, the others listen to it. */
export function connectLive({ name, url, session, onMessage, onState }: Options): () => void {
  const stop = new AbortController();
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  channel?.addEventListener('message', ({ data }: MessageEvent<Shared>) => {
    if ('message' in data) onMessage(data.message);
    else onState?.(data.state);
  });
  const tell = (shared: Shared) => {
    if (stop.signal.aborted) return;
    if ('message' in shared) onMessage(shared.message);
    else onState?.(shared.state);
    channel?.postMessage(shared);
  };
  const lead = () => follow({ url, session, signal: stop.signal, tell });
  // Browsers open six connections to a host over HTTP/1.1; a stream for each tab would starve the seventh.
  if (typeof navigator !== 'undefined' && navigator.locks) {
    navigator.locks.request(name, { signal: stop.signal }, lead).catch(() => undefined);
  } else void lead();
  return () => {
    stop.abort();
    channel?.close();
  };
}

type Following = { url: string; session: Session; signal: AbortSignal; tell: (shared: Shared) => void };

async function follow({ url, session, signal, tell }: Following): Promise<void> {
  let failures = 0;
  let lastId: string | undefined;
  while (!signal.aborted) {
    try {
      tell({ state: 'connecting' });
      const response = await open(url, session, lastId, signal);
      tell({ state: 'open' });
      // Whatever happened while the stream was away is unknown: everything on screen is asked again.
      if (failures > 0) tell({ message: { topics: ['*'] } });
      failures = 0;
      for await (const event of eventsOf(response.body as ReadableStream<Uint8Array>, signal)) {
        if (event.id) lastId = event.id;
        const message = parse(event.data);
        if (message) tell({ message });
      }
    } catch {
      // Falls through to the pause below: every failure of a stream is answered by opening it again.
    }
    if (signal.aborted) return;
    tell({ state: 'lost' });
    failures += 1;
    await pause(Math.min(SLOWEST_MS, 1000 * 2 ** Math.min(failures, 5)) * (0.7 + Math.random() * 0.6), signal);
  }
}

async function open(url: string, session: Session, lastId: string | undefined, signal: AbortSignal): Promise<Response> {
  const token = await session.token();
  if (!token) throw new Error('signed out');
  const headers: Record<string, string> = { accept: 'text/event-stream', authorization: `Bearer ${token}` };
  if (lastId) headers['last-event-id'] = lastId;
  const response = await fetch(url, { headers, signal, cache: 'no-store' });
  if (response.status === 401) await session.refresh();
  if (!response.ok || !response.body) throw new Error(`live: ${response.status}`);
  return response;
}

type ServerEvent = { id?: string; data: string };

/** Splits a stream into server-sent events; ends with an error when nothing, not even a heartbeat, comes for a while. */
export async function* eventsOf(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  silence = SILENCE_MS,
): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  try {
    while (!signal.aborted) {
      const { done, value } = await withDeadline(reader.read(), silence);
      if (done) return;
      buffer += decoder.decode(value, { stream: true });
      const blocks = buffer.split(/\r?\n\r?\n/);
      buffer = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = toEvent(block);
        if (event.data) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function toEvent(block: string): ServerEvent {
  const event: ServerEvent = { data: '' };
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') event.id = value;
    if (field === 'data') event.data += (event.data ? '\n' : '') + value;
  }
  return event;
}

function parse(data: string): LiveMessage | null {
  try {
    const body = JSON.parse(data) as Partial<LiveMessage>;
    return Array.isArray(body.topics) ? { topics: body.topics.filter((topic) => typeof topic === 'string') } : null;
  } catch {
    return null;
  }
}

function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('silent')), ms)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
