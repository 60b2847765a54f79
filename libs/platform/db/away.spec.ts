import { QueryFailedError } from 'typeorm';
import { isDatabaseAway } from './away';

const failed = (message: string, code?: string) =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error(message), { code }));

describe('a database that is away', () => {
  it.each([
    failed('terminating connection due to unexpected postmaster exit', '57P01'),
    failed('the database system is not yet accepting connections', '57P03'),
    failed('sorry, too many clients already', '53300'),
    failed('could not extend file: No space left on device', '53100'),
    failed('read ECONNRESET', 'ECONNRESET'),
    failed('write EPIPE', 'EPIPE'),
    failed('Connection terminated unexpectedly'),
    failed('Client has encountered a connection error and is not queryable'),
    failed('Client was closed and is not queryable'),
    failed('timeout exceeded when trying to connect'),
    failed('Connection terminated due to connection timeout'),
    Object.assign(new Error('connect ENOENT /home/pg-socket/.s.PGSQL.5432'), { code: 'ENOENT' }),
    new Error('Query runner already released. Cannot run queries anymore.'),
  ])('O-07: is told from a fault of ours: %s', (error) => expect(isDatabaseAway(error)).toBe(true));

  it.each([
    failed('duplicate key value violates unique constraint', '23505'),
    failed('deadlock detected', '40P01'),
    failed('relation "x" does not exist', '42P01'),
    Object.assign(new Error("ENOENT: no such file or directory, open 'x'"), { code: 'ENOENT' }),
    new TypeError('x is not a function'),
    undefined,
  ])('O-07: and a fault of ours from it: %s', (error) => expect(isDatabaseAway(error)).toBe(false));
});
