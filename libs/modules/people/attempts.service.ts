import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Every } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import type { SubjectKind } from './credential.entity';
import { type AttemptPool, DELAYS, QUIET_SECONDS } from './lockout';
import { AuthError } from './people.errors';
import { tokenHash } from './secrets';

/** Who guesses at which login: `device` is set when the browser is known to belong to the person. */
export type Guess = { kind: SubjectKind; login: string; ip: string; isOwnDevice: boolean };

/** A pool that need not wait is free up to its last guess: a request that took the time first and comes second is not one too many. */
const COUNT_SQL = `
  INSERT INTO sign_in_attempt AS a (key, count, "lastAt", "blockedUntil") VALUES ($1, 1, $2, $2)
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN a."lastAt" <= $2::timestamptz - make_interval(secs => $4) THEN 1 ELSE a.count + 1 END,
    "blockedUntil" = CASE WHEN a."lastAt" <= $2::timestamptz - make_interval(secs => $4) THEN $2::timestamptz
      ELSE $2::timestamptz + make_interval(secs => ($3::int[])[least(a.count + 1, array_length($3::int[], 1))]) END,
    "lastAt" = greatest(a."lastAt", $2::timestamptz)
  WHERE a."blockedUntil" <= greatest(a."lastAt", $2::timestamptz)
  RETURNING count`;

type Slot = { pool: AttemptPool; key: string };

/** Slows guessing down. Kept in the database, so that every process counts together. */
@Injectable()
export class Attempts {
  constructor(private readonly db: Db) {}

  /** Counts a guess before the password is looked at; refuses while a pool must wait. The count outlives a refused request. */
  async take(ctx: Ctx, guess: Guess): Promise<void> {
    for (const slot of slotsOf(guess)) {
      const wait = await this.count({ ...ctx, tx: undefined }, slot);
      if (wait > 0) throw AuthError.tooManyAttempts({ seconds: wait }, { retryAfter: wait });
    }
  }

  /** Takes a guess back: the password was right and only the second factor is missing. */
  async giveBack(ctx: Ctx, guess: Guess): Promise<void> {
    await this.db.query(
      { ...ctx, tx: undefined },
      'UPDATE sign_in_attempt SET count = greatest(count - 1, 0), "blockedUntil" = least("blockedUntil", "lastAt") WHERE key = ANY ($1::text[])',
      [slotsOf(guess).map(({ key }) => key)],
    );
  }

  /** After a right password: the guesser's own pools start anew. */
  async forgive(ctx: Ctx, guess: Guess): Promise<void> {
    await this.db.query(ctx, 'DELETE FROM sign_in_attempt WHERE key = ANY ($1::text[])', [
      slotsOf(guess).map(({ key }) => key),
    ]);
  }

  /** After a new password: every pool of the login starts anew. */
  async forgiveAll(ctx: Ctx, kind: SubjectKind, login: string): Promise<void> {
    await this.db.query(ctx, `DELETE FROM sign_in_attempt WHERE key LIKE $1 || ':%'`, [accountOf(kind, login)]);
  }

  @Every(3600)
  async purge(ctx: Ctx): Promise<void> {
    await this.db.query(ctx, `DELETE FROM sign_in_attempt WHERE "lastAt" < $1::timestamptz - interval '1 day'`, [
      ctx.now(),
    ]);
  }

  /** One statement, so that parallel guesses cannot share a count. Returns the seconds to wait, 0 when the guess may go on. */
  private async count(ctx: Ctx, { pool, key }: Slot): Promise<number> {
    const now = ctx.now();
    const counted = await this.db.query<{ count: number }>(ctx, COUNT_SQL, [key, now, DELAYS[pool], QUIET_SECONDS]);
    if (counted.length) return 0;
    const [row] = await this.db.query<{ blockedUntil: Date }>(
      ctx,
      'SELECT "blockedUntil" FROM sign_in_attempt WHERE key = $1',
      [key],
    );
    return row ? Math.max(1, Math.ceil((row.blockedUntil.getTime() - now.getTime()) / 1000)) : 1;
  }
}

const accountOf = (kind: SubjectKind, login: string): string => tokenHash(`${kind}:${login}`);

function slotsOf({ kind, login, ip, isOwnDevice }: Guess): Slot[] {
  const account = accountOf(kind, login);
  if (isOwnDevice) return [{ pool: 'ownDevices', key: `${account}:own` }];
  return [
    { pool: 'address', key: `${account}:ip:${ip}` },
    { pool: 'strangers', key: `${account}:all` },
  ];
}
