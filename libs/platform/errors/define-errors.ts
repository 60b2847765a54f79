type Facts = Record<string, string | number | boolean | null>;
/** `facts` are for the words of this problem alone; they are not sent. */
export type FieldProblem = { pointer: string; code: string; message: string; facts?: Facts };

/** An expected refusal: a stable code, a status, and facts for its text. */
export class ProblemError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly facts: Facts & { errors?: never } = {},
    /** Extra members of the problem body, such as both versions of a conflict. */
    readonly members: Record<string, unknown> = {},
    readonly fields: FieldProblem[] = [],
  ) {
    super(code);
  }
}

type Factory = (facts?: Facts, members?: Record<string, unknown>) => ProblemError;
const declared = new Map<string, number>();

/**
 * Declares a module's errors: `defineErrors('tickets', { notFound: 404 })` gives `TicketError.notFound()`.
 * The texts live in the module's i18n files under `errors.<prefix>.<name>`.
 */
export function defineErrors<const Statuses extends Record<string, number>>(prefix: string, statuses: Statuses) {
  const factories = {} as { [Name in keyof Statuses]: Factory };
  for (const [name, status] of Object.entries(statuses) as [keyof Statuses & string, number][]) {
    const code = `${prefix}.${name}`;
    declared.set(code, status);
    factories[name] = (facts, members) => new ProblemError(code, status, facts, members);
  }
  return factories;
}

/** Every declared code with its status, for the whole-server test and the API description. */
export const declaredErrors = (): ReadonlyMap<string, number> => declared;

/** A refusal of one input field, found after validation: `throw fieldProblem('/companyId', 'tickets.companyUnknown')`. */
export function fieldProblem(pointer: string, code: string, facts: Facts = {}): ProblemError {
  return new ProblemError('request.invalid', 422, facts, {}, [{ pointer, code, message: '' }]);
}

/** Lets an expression refuse: `value ?? raise(TicketError.notFound())`. */
export function raise(error: Error): never {
  throw error;
}

export const RequestError = defineErrors('request', {
  invalid: 422,
  malformed: 400,
  notFound: 404,
  methodNotAllowed: 405,
  tooLarge: 413,
  unsupportedMediaType: 415,
  tooMany: 429,
  internal: 500,
  unavailable: 503,
  badCursor: 400,
  idempotencyMismatch: 409,
  idempotencyInFlight: 409,
  preconditionRequired: 428,
});

export const AccessError = defineErrors('access', {
  signInRequired: 401,
  denied: 403,
  passwordChangeRequired: 403,
});
