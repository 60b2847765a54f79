/** What one path answers: a body, or a function of what was sent. */
export type Answer = unknown | ((sent: { body: unknown; query: URLSearchParams }) => unknown);
export type Call = { route: string; body: unknown; query: URLSearchParams; headers: Headers };

/** An answer that is a refusal. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
  ) {}
}

/**
 * Stands in for the server: `'GET /portal/me': me`. A path that is not listed answers 404 and fails the test by its name in
 * `unexpected`. Returns what was called, in order.
 */
export function mockNetwork(answers: Record<string, Answer>) {
  const calls: Call[] = [];
  const unexpected: string[] = [];
  globalThis.fetch = (async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const { pathname, searchParams: query } = new URL(request.url);
    const route = `${request.method} ${pathname.replace('/api/v1', '')}`;
    if (route === 'GET /portal/live') return new Promise<Response>(() => undefined);
    const text = await request.text();
    const call = { route, body: text ? JSON.parse(text) : undefined, query, headers: request.headers };
    calls.push(call);
    if (!(route in answers)) {
      unexpected.push(route);
      return respond(new Refusal(404, { code: 'notFound', detail: `no answer for ${route}` }));
    }
    const answer = answers[route];
    return respond(typeof answer === 'function' ? await answer(call) : answer);
  }) as typeof fetch;
  const sent = (route: string) => calls.filter((call) => call.route === route).map(({ body }) => body);
  return { calls, sent, unexpected };
}

function respond(answer: unknown): Response {
  if (answer instanceof Refusal)
    return new Response(JSON.stringify({ status: answer.status, ...answer.body }), {
      status: answer.status,
      headers: { 'content-type': 'application/problem+json' },
    });
  if (answer === undefined) return new Response(null, { status: 204, headers: { 'content-length': '0' } });
  return new Response(JSON.stringify(answer), { status: 200, headers: { 'content-type': 'application/json' } });
}

/** The body of a refused form: which field, and why. */
export const fieldRefusal = (pointer: string, message: string) =>
  new Refusal(422, { code: 'validation', title: message, errors: [{ pointer, code: 'invalid', message }] });
