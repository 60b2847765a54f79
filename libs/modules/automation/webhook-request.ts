import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type AllowedAddresses, mayReach } from './webhook-address';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER = 4000;

export type WebhookAnswer = { status: number; body: string };

/** The address is one of ours: it will not be better next time. */
export class InnerAddress extends Error {}

/** `t=<seconds>,v1=<hex HMAC-SHA256 of "<seconds>.<body>">`: the receiver checks that it is ours and fresh. */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** Looks the name up and hands out only addresses that may be reached: the connection goes to what was checked. */
const guarded =
  (allowed: AllowedAddresses): LookupFunction =>
  (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const open = addresses.filter(({ address }) => mayReach(address, hostname, allowed));
      if (!open.length) return callback(new InnerAddress(hostname) as NodeJS.ErrnoException, '', 0);
      if (options.all) return callback(null, open);
      return callback(null, open[0]!.address, open[0]!.family);
    });

/** Posts the body; redirects are not followed. Rejects when there is no answer in time. */
export function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  allowed: AllowedAddresses,
): Promise<WebhookAnswer> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  // An address that is written as such is not looked up.
  if (isIP(host) && !mayReach(host, host, allowed)) return Promise.reject(new InnerAddress(host));
  const send = target.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const request = send(
      target,
      {
        method: 'POST',
        lookup: guarded(allowed),
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          ...headers,
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part.slice(0, MAX_ANSWER - text.length);
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text.replaceAll('\0', '') }));
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
