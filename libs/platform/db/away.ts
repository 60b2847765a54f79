const CODES = /^(?:08\w{3}|53\w{3}|57P0[1-5]|ECONN(?:REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT)$/;
/**
 * What the driver says in words alone: of a connection that broke under it, of one that could not be had in time, of a transaction whose
 * connection is gone. `connect ENOENT` is a server on the same machine whose socket is not there yet.
 */
const WORDS =
  /Connection terminated|not queryable|timeout exceeded when trying to connect|Query runner already released|connect ENOENT|ECONNREFUSED|ECONNRESET|EPIPE|terminating connection|the database system is/;

/** The database cannot be reached at this moment: nobody's fault, to be tried again. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return CODES.test(driverError?.code ?? code ?? '') || (error instanceof Error && WORDS.test(error.message));
}
