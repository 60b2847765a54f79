import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import { startApi, type TestApi } from '@opora/platform/testing';
import { Intake, LARGEST_MAIL, sha256 } from './intake.service';
import { MailboxState } from './mailbox-state.service';
import { SmtpListener } from './mail/smtp-listener';
import { aMail, sendBySmtp } from './testing';

@Module({ providers: [Intake, MailboxState, SmtpListener], exports: [Intake] })
class IntakeAlone {}

describe('the intake journal', () => {
  let api: TestApi;
  let port: number;

  beforeAll(async () => {
    api = await startApi(IntakeAlone);
    port = await api.get(SmtpListener).start(0, '127.0.0.1');
  });
  afterAll(() => api.close());

  const rawOf = async (raw: Buffer): Promise<Buffer | undefined> => {
    const [row] = await api.db.query<{ id: string; size: number }>(
      api.system,
      `SELECT id, size FROM intake_message WHERE sha256 = $1`,
      [sha256(raw)],
    );
    return row && api.get(Intake).readRaw(api.system, row.id, row.size);
  };

  it('CH-01: keeps the bytes before it says 250', async () => {
    const raw = aMail();
    expect(await sendBySmtp(port, raw)).toMatch(/^250/);
    expect((await rawOf(raw))?.equals(raw)).toBe(true);
  });

  it.each([
    [
      'every byte',
      Buffer.concat([
        aMail({ body: '' }),
        Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
        Buffer.from('\r\n'),
      ]),
    ],
    ['lines of dots', aMail({ body: '.\n..\n...\n.last' })],
    ['no header', Buffer.from('\r\nonly a body\r\n')],
  ])('gives back unchanged: %s', async (_, raw) => {
    expect(await sendBySmtp(port, raw)).toMatch(/^250/);
    expect((await rawOf(raw))?.equals(raw)).toBe(true);
  });

  it('gives back a mail of 40 MB unchanged', async () => {
    const raw = Buffer.concat([
      aMail({ body: '' }),
      Buffer.from(randomBytes(30_000_000).toString('base64').replace(/.{76}/g, '$&\r\n')),
      Buffer.from('\r\n'),
    ]);
    expect(await sendBySmtp(port, raw)).toMatch(/^250/);
    expect((await rawOf(raw))?.equals(raw)).toBe(true);
  }, 60_000);

  it('refuses what is too big with 552 and keeps nothing of it', async () => {
    const before = await api.db.query(api.system, `SELECT id FROM intake_message`);
    expect(await sendBySmtp(port, Buffer.alloc(LARGEST_MAIL + 100, 'a'))).toMatch(/^552/);
    expect(await api.db.query(api.system, `SELECT id FROM intake_message`)).toHaveLength(before.length);
  }, 60_000);

  it('F7: asks the sender to come back while the database refuses', async () => {
    await api.db.query(api.system, `ALTER TABLE intake_message RENAME TO intake_away`);
    expect(await sendBySmtp(port, aMail())).toMatch(/^451/);
    await api.db.query(api.system, `ALTER TABLE intake_away RENAME TO intake_message`);
    expect(await sendBySmtp(port, aMail())).toMatch(/^250/);
  });

  it('F6: drops none of 500 mails without a Message-ID', async () => {
    const mails = Array.from({ length: 500 }, (_, index) => aMail({ 'message-id': null, body: `mail ${index}` }));
    for (let at = 0; at < mails.length; at += 25)
      await Promise.all(mails.slice(at, at + 25).map((raw) => sendBySmtp(port, raw)));
    const [row] = await api.db.query<{ count: number }>(
      api.system,
      `SELECT count(*)::int AS count FROM intake_message WHERE sha256 = ANY($1)`,
      [mails.map(sha256)],
    );
    expect(row?.count).toBe(500);
  });
});
