/** Mails sent to the listener over SMTP until each is in a final state. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { SIZES } from './dataset.mjs';
import { cpuOf } from './usage.mjs';

const BODY =
  'Здравствуйте!\n\nНе печатает этикетки принтер на складе, горит красный индикатор. Перезагружали, не помогло.\n\nС уважением,\nсклад №2\n';

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** `count` mails over eight connections: acknowledgement times, mails a second up to the ticket, CPU a mail. */
export async function measureMail({ pool, product, pids, count, say }) {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: product.smtpPort,
    pool: true,
    maxConnections: 8,
    maxMessages: Infinity,
    tls: { rejectUnauthorized: false },
  });
  const took = [];
  const send = async (number) => {
    const began = performance.now();
    await transport.sendMail({
      from: `Контакт ${number} <contact${number % SIZES.contacts}@client${(number % SIZES.contacts) % SIZES.companies}.example>`,
      to: 'support@opora.localhost',
      subject: `Не печатает принтер этикеток ${number}`,
      text: BODY,
      messageId: `<${randomUUID()}@bench.example>`,
    });
    took.push(performance.now() - began);
  };
  const pending = async () =>
    (await pool.query(`SELECT count(*)::int AS n FROM intake_message WHERE state = 'received'`)).rows[0].n;
  const tickets = async () =>
    (await pool.query(`SELECT count(*)::int AS n FROM intake_message WHERE state = 'ticket_created'`)).rows[0].n;
  const before = Object.entries(pids).map(([name, pid]) => [name, pid, cpuOf(pid)]);
  const already = await tickets();
  const began = performance.now();
  const queue = Array.from({ length: count }, (_, number) => number);
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let number = queue.shift(); number !== undefined; number = queue.shift()) await send(number);
    }),
  );
  const acknowledged = (performance.now() - began) / 1000;
  const until = Date.now() + 120_000;
  while ((await pending()) > 0 && Date.now() < until) await sleep(20);
  const seconds = (performance.now() - began) / 1000;
  transport.close();
  const made = (await tickets()) - already;
  if (made < count) say(`${count - made} of ${count} mails did not become tickets`);
  took.sort((a, b) => a - b);
  return {
    eight: {
      n: made,
      p50: Number(quantile(took, 0.5).toFixed(2)),
      p95: Number(quantile(took, 0.95).toFixed(2)),
      perSecond: Number((made / seconds).toFixed(1)),
      acknowledgedPerSecond: Number((count / acknowledged).toFixed(1)),
    },
    cpu: Object.fromEntries(
      before.map(([name, pid, used]) => [
        name,
        used === undefined ? undefined : Number(((cpuOf(pid) - used) / count).toFixed(2)),
      ]),
    ),
  };
}
