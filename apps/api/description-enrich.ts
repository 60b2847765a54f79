import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = {
  parameters?: object[];
  responses: Record<string, unknown>;
  summary?: string;
  description?: string;
  security?: object[];
};

const PROBLEM = { $ref: '#/components/schemas/Problem' };
const EXAMPLES: Record<string, { status: number; code: string; title: string }> = {
  400: { status: 400, code: 'request.malformed', title: 'The request could not be read' },
  401: { status: 401, code: 'access.signInRequired', title: 'Sign in first' },
  403: { status: 403, code: 'access.denied', title: 'You do not have the permission' },
  404: { status: 404, code: 'request.notFound', title: 'Not found' },
  409: { status: 409, code: 'request.idempotencyMismatch', title: 'This Idempotency-Key was used with another body' },
  412: { status: 412, code: 'tickets.conflict', title: 'Somebody has changed the same field' },
  413: { status: 413, code: 'request.tooLarge', title: 'The request is too large' },
  415: { status: 415, code: 'request.unsupportedMediaType', title: 'Unsupported content type' },
  422: { status: 422, code: 'request.invalid', title: 'The request has errors' },
  428: { status: 428, code: 'request.preconditionRequired', title: 'The If-Match header is required' },
  429: { status: 429, code: 'request.tooMany', title: 'Too many requests, try again later' },
  503: { status: 503, code: 'request.unavailable', title: 'The service is unavailable for a moment' },
};

const problem = (status: string) => ({
  description: EXAMPLES[status]?.title ?? 'Problem',
  content: {
    'application/problem+json': {
      schema: PROBLEM,
      example: {
        type: `urn:opora:problem:${EXAMPLES[status]?.code}`,
        ...EXAMPLES[status],
        traceId: '0b9f9c0e-6a52-4c7c-8a7f-0d3f7c0a1b2c',
      },
    },
  },
});

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same body gets the first answer again, for 24 hours.',
  schema: { type: 'string', maxLength: 200 },
  example: '6f1c3b52-5d0e-4a53-9d0b-8f4f7f3f2a10',
};
const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version you saw, from `ETag`. Changes of other fields merge; the same field is refused with 412.',
  schema: { type: 'string' },
  example: '"7"',
};

/** Adds to every operation what holds for all: problems, `Idempotency-Key`, rate-limit headers, a summary. */
export function enrich(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, value] of Object.entries(item as Record<string, unknown>)) {
      if (!['get', 'post', 'put', 'patch', 'delete'].includes(method)) continue;
      enrichOperation(path, method, value as Operation);
    }
  }
  return document;
}

function enrichOperation(path: string, method: string, operation: Operation): void {
  const statuses = ['400', '422', '429', '503'];
  if (operation.security?.length) statuses.push('401', '403');
  if (path.includes('{')) statuses.push('404');
  if (method === 'post') statuses.push('409', '413', '415');
  if (isVersioned(operation, method)) statuses.push('412', '428');
  for (const status of statuses) operation.responses[status] ??= problem(status);
  if (method === 'post') (operation.parameters ??= []).push(IDEMPOTENCY_KEY);
  if (isVersioned(operation, method)) (operation.parameters ??= []).push(IF_MATCH);
  operation.summary ??= operation.description;
}

const isVersioned = (operation: Operation, method: string): boolean => method === 'patch' && 'x-versioned' in operation;
