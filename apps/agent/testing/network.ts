/** What one call carried. */
export type Call = { route: string; body: unknown; query: URLSearchParams; headers: Headers };
/** What a path answers: a body, or a function of what was sent. */
export type Answer = object | string | null | undefined | ((call: Call) => unknown);

/** An answer that is a refusal. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
  ) {}
}

const QUIET = ['GET /live', 'POST /tickets/7/presence', 'GET /'];

/** Stands in for the server: `'GET /me': me`. A path that is not listed answers 404 and is named in `unexpected`. */
export function mockNetwork(answers: Record<string, Answer>) {
  const calls: Call[] = [];
  const unexpected: string[] = [];
  globalThis.fetch = (async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(
      input instanceof Request ? input : new URL(String(input), window.location.origin),
      init,
    );
    const { pathname, searchParams: query } = new URL(request.url);
    const route = `${request.method} ${pathname.replace('/api/v1', '')}`;
    if (route === 'GET /live') return new Promise<Response>(() => undefined);
    const text = await request.text();
    const call: Call = { route, body: text ? JSON.parse(text) : undefined, query, headers: request.headers };
    calls.push(call);
    if (!(route in answers)) {
      if (!QUIET.includes(route)) unexpected.push(route);
      return respond(new Refusal(404, { code: 'request.notFound', detail: `no answer for ${route}` }));
    }
    const answer = answers[route];
    return respond(typeof answer === 'function' ? await answer(call) : answer);
  }) as typeof fetch;
  return {
    calls,
    unexpected,
    answers,
    sent: (route: string) => calls.filter((call) => call.route === route).map(({ body }) => body),
  };
}

function respond(answer: unknown): Response {
  if (answer instanceof Refusal) {
    const headers = { 'content-type': 'application/problem+json' };
    return new Response(JSON.stringify({ status: answer.status, ...answer.body }), { status: answer.status, headers });
  }
  if (answer === undefined) return new Response(null, { status: 204, headers: { 'content-length': '0' } });
  return new Response(JSON.stringify(answer), { status: 200, headers: { 'content-type': 'application/json' } });
}
