/** One wrong field: where it is (JSON pointer), its stable code and the words to show. */
export type FieldProblem = { pointer: string; code: string; message: string };

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** What the server refused, in the reader's language; `members` holds everything a problem carries besides the standard fields. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly traceId: string | undefined;
  readonly errors: FieldProblem[];
  readonly members: Record<string, unknown>;

  constructor(status: number, body: unknown) {
    const members = isRecord(body) ? body : {};
    super(text(members.detail) ?? text(members.title) ?? `HTTP ${status}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = text(members.code) ?? (status === 0 ? 'network' : `http.${status}`);
    this.traceId = text(members.traceId);
    this.errors = Array.isArray(members.errors) ? members.errors.filter(isFieldProblem) : [];
    this.members = members;
  }

  /** True when no answer came at all: the network or the server is away. */
  get isOffline(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** The body of a successful answer, or an ApiProblem. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  return (await answered(call)).data as T;
}

/** As unwrap, with the answer's ETag beside the body. */
export async function unwrapWithTag<T>(call: Promise<Answer<T>>): Promise<{ data: T; etag: string | null }> {
  const { data, response } = await answered(call);
  return { data: data as T, etag: response.headers.get('etag') };
}

async function answered<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await call.catch((error: unknown) => {
    if (error instanceof ApiProblem || (error instanceof DOMException && error.name === 'AbortError')) throw error;
    throw new ApiProblem(0, { detail: error instanceof Error ? error.message : String(error) });
  });
  if (!answer.response.ok) throw new ApiProblem(answer.response.status, answer.error);
  return answer;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isFieldProblem = (value: unknown): value is FieldProblem => isRecord(value) && typeof value.pointer === 'string';
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
