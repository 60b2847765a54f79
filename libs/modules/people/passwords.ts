import { Algorithm, hash, verify } from '@node-rs/argon2';
import { readableToken } from './secrets';

/** OWASP's profile for argon2id. `Algorithm` is a const enum, which file-by-file compilation cannot inline. */
const OPTIONS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), OPTIONS);

let dummy: Promise<string> | undefined;

/** Compares; for an unknown login it works as long as for a known one and says no. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const against = stored ?? (await (dummy ??= hashPassword(readableToken(4, 4))));
  const isSame = await verify(against, password.normalize('NFC')).catch(() => false);
  return isSame && stored !== undefined;
}

/** A password that is handed over once and replaced at the first sign-in. */
export const issuedPassword = (): string => readableToken(4, 4);

/** Why a new password is refused, or undefined. */
export function weakness(password: string, login: string): 'passwordLikeLogin' | 'passwordTooSimple' | undefined {
  const lower = password.toLowerCase();
  const name = login.split('@')[0] ?? '';
  if (lower === login || (name.length >= 4 && lower.includes(name) && password.length - name.length < 4))
    return 'passwordLikeLogin';
  if (new Set(lower).size < 5 || SEQUENCES.some((sequence) => sequence.includes(lower))) return 'passwordTooSimple';
  return undefined;
}

const SEQUENCES = [
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'йцукенгшщзхъфывапролджэячсмитьбю',
  'abcdefghijklmnopqrstuvwxyz',
];
