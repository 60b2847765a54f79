import { Secret, TOTP } from 'otpauth';
import { readableToken } from './secrets';

const PERIOD = 30;
const RECOVERY_CODES = 10;

const totpOf = (secret: string, label = 'Opora') =>
  new TOTP({ issuer: 'Opora', label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD });

/** 160 random bits, base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator app reads from a QR code. */
export const totpUri = (secret: string, login: string): string => totpOf(secret, login).toString();

/** The code an authenticator app shows at the moment. */
export const totpCode = (secret: string, now: Date): string => totpOf(secret).generate({ timestamp: now.getTime() });

/** The 30-second step a code belongs to: the present one or its neighbours, for clocks that differ; null for a wrong code. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD) + delta;
}

/** Codes for the day the phone is lost, each works once. */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, () => readableToken(2, 6));
