import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** 256 random bits as text for links, cookies and keys. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a random token: it has too much entropy to need a slow hash. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

export const sameHash = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** The next token of a family. It follows from the last one and a key only we hold, so a lost answer can be given again. */
export const derivedToken = (key: string, token: string): string =>
  createHmac('sha256', key).update(token).digest('base64url');

/** No characters that look alike when a password is read out over the phone. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

export const readableToken = (groups: number, length: number): string =>
  Array.from({ length: groups }, () => Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join(
    '-',
  );
