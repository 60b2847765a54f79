import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { systemContext } from '../context';
import { Db } from '../db';

/** Keys derived from the installation's secret: signing and encryption, one key per purpose. */
@Injectable()
export class Secrets implements OnModuleInit {
  private secret?: Buffer;
  private readonly keys = new Map<string, Buffer>();

  constructor(private readonly db: Db) {}

  async onModuleInit(): Promise<void> {
    await this.db.query(
      systemContext(),
      `INSERT INTO installation (id, secret, "createdAt") VALUES (1, $1, now()) ON CONFLICT (id) DO NOTHING`,
      [randomBytes(32)],
    );
    const [row] = await this.db.query<{ secret: Buffer }>(
      systemContext(),
      `SELECT secret FROM installation WHERE id = 1`,
    );
    this.secret = row?.secret;
  }

  /** 32 bytes for a purpose, such as `access-token`. */
  key(purpose: string): Buffer {
    if (!this.secret) throw new Error('secrets are read when the application starts');
    let key = this.keys.get(purpose);
    if (!key) this.keys.set(purpose, (key = Buffer.from(hkdfSync('sha256', this.secret, 'opora', purpose, 32))));
    return key;
  }

  /** URL-safe HMAC-SHA256 of the text, cut to so many bytes (16 = 128 bits). */
  sign(purpose: string, text: string, bytes = 16): string {
    return createHmac('sha256', this.key(purpose)).update(text).digest().subarray(0, bytes).toString('base64url');
  }

  isSigned(purpose: string, text: string, signature: string, bytes = 16): boolean {
    const expected = Buffer.from(this.sign(purpose, text, bytes));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  /** AES-256-GCM; for passwords of outside systems that we must be able to use. */
  encrypt(purpose: string, text: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key(purpose), iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
  }

  decrypt(purpose: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.key(purpose), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }
}
