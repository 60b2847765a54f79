/**
 * Guessing passwords is slowed down, a person is never locked out for good. Every guess is counted before the password is looked at, in three pools:
 * - one address against one login: slow after a few guesses, so that one attacker uses up only his own pool;
 * - all unknown devices against one login: the ceiling for a distributed attack;
 * - the person's own devices: untouched by strangers, so the right password there always works.
 * A pool forgets after a quiet quarter of an hour. A one-time link asks for no password and is not limited here.
 */
export const QUIET_SECONDS = 900;

/** Seconds to wait after the n-th guess of a pool; the last value holds on. */
export const DELAYS = {
  address: [0, 0, 0, 0, 5, 30, 120, QUIET_SECONDS],
  strangers: [0, 0, 0, 0, 0, 0, 0, 0, 10, 60, 180, QUIET_SECONDS],
  ownDevices: [0, 0, 0, 0, 5, 30, 120, QUIET_SECONDS],
} as const satisfies Record<string, readonly number[]>;

export type AttemptPool = keyof typeof DELAYS;

/** Wait after so many guesses. */
export const delayAfter = (pool: AttemptPool, guesses: number): number => {
  const delays = DELAYS[pool];
  return guesses < 1 ? 0 : delays[Math.min(guesses, delays.length) - 1]!;
};

/** The most guesses an account takes in one quiet period: strangers' and own devices' together. */
export const CEILING = DELAYS.strangers.length + DELAYS.ownDevices.length;
