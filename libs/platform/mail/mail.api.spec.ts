import { Module } from '@nestjs/common';
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { startApi, type TestApi } from '../testing';
import { Mailer, type NewMail } from './index';

@Module({})
class NothingModule {}

const mail = (facts: Partial<NewMail> = {}): NewMail => ({
  kind: 'reply',
  to: ['a@client.test'],
  subject: 'Тема',
  html: '<p>Текст</p>',
  ...facts,
});

describe('outgoing mail', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(NothingModule);
  });
  afterAll(() => api.close());

  const queue = (facts: Partial<NewMail>) => api.get(Mailer).queue(api.system, mail(facts));
  const stateOf = async (id: string) =>
    (
      await api.db.query<{ state: string; reason: string }>(
        api.system,
        'SELECT state, reason FROM outgoing_mail WHERE id = $1',
        [id],
      )
    )[0];

  it('CH-01: a held mail can be taken back until its time, and goes after it', async () => {
    const comment = '01890000-0000-7000-8000-000000000001';
    const taken = await queue({ holdSeconds: 10, commentId: comment });
    const kept = await queue({ holdSeconds: 10 });
    await api.drain();
    expect((await stateOf(kept.id))?.state).toBe('waiting');
    expect(await api.get(Mailer).cancelForComment(api.system, comment)).toBe(1);
    await api.advance({ seconds: 11 });
    expect((await stateOf(taken.id))?.state).toBe('cancelled');
    expect(await stateOf(kept.id)).toEqual({ state: 'sent', reason: 'local mailbox' });
    expect(await api.get(Mailer).cancelForComment(api.system, comment)).toBe(0);
  });

  it('CH-02: an address gets at most three automatic mails a day, also when they come at once; replies always go', async () => {
    const to = ['robot@client.test'];
    const mails = await Promise.all(Array.from({ length: 8 }, () => queue({ kind: 'automatic', to })));
    expect(mails.filter(({ state }) => state === 'waiting')).toHaveLength(3);
    expect((await queue({ kind: 'reply', to })).state).toBe('waiting');
    await api.advance({ hours: 25 });
    expect((await queue({ kind: 'automatic', to })).state).toBe('waiting');
  });

  it('CH-01: nothing a person wrote adds a header or a recipient', async () => {
    const row = await queue({
      subject: 'Тема\r\nBcc: all@evil.test',
      fromName: 'Я\nX-Evil: 1',
      to: ['a@client.test\r\nBcc: b@evil.test'],
      headers: { 'X-Tag': 'a\r\nX-Evil: 2' },
    });
    expect(JSON.stringify([row.subject, row.fromName, row.to, row.headers])).not.toMatch(/\\[rn]/);
  });

  it('CH-01: the local mailbox is open on this machine only, and not through a proxy', async () => {
    const { id } = await queue({ subject: 'Виден <b>здесь</b>' });
    await api.drain();
    const list = await api.http.get('/dev/mailbox').expect(200);
    expect(list.text).toContain('Виден &lt;b&gt;здесь&lt;/b&gt;');
    const body = await api.http.get(`/dev/mailbox/${id}/body`).expect(200);
    expect(body.headers['content-security-policy']).toContain('sandbox');
    await api.http.get('/dev/mailbox').set('x-forwarded-for', '203.0.113.7').expect(404);
  });
});

describe('outgoing mail over SMTP', () => {
  it('CH-01: a server that is away delays a mail, one that refuses fails it, both are said; the Message-ID stays', async () => {
    const ids: string[] = [];
    let answer: 'away' | 'refuse' | 'accept' = 'away';
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: (_address, _session, done) =>
        done(
          answer === 'accept'
            ? null
            : Object.assign(new Error(answer), { responseCode: answer === 'away' ? 451 : 550 }),
        ),
      onData: (stream, _session, done) => {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => (ids.push(/^Message-ID: (.+)$/im.exec(text)?.[1] ?? ''), done()));
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const api = await startApi(NothingModule, {
      OPORA_SMTP_OUT: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    });
    const stateOf = async (id: string) =>
      (
        await api.db.query<{ state: string; reason: string }>(
          api.system,
          'SELECT state, reason FROM outgoing_mail WHERE id = $1',
          [id],
        )
      )[0];

    const late = await api.get(Mailer).queue(api.system, mail());
    await api.drain();
    expect(await stateOf(late.id)).toMatchObject({ state: 'waiting', reason: expect.stringContaining('away') });
    answer = 'accept';
    await api.advance({ seconds: 6 });
    expect((await stateOf(late.id))?.state).toBe('sent');
    expect(ids).toEqual([`<${late.messageId}>`]);

    answer = 'refuse';
    const refused = await api.get(Mailer).queue(api.system, mail());
    await api.drain();
    expect(await stateOf(refused.id)).toMatchObject({ state: 'failed', reason: expect.stringContaining('refuse') });
    answer = 'accept';
    await api.get(Mailer).retry(api.system, refused.id);
    await api.drain();
    expect((await stateOf(refused.id))?.state).toBe('sent');
    await api.http.get('/dev/mailbox').expect(404);
    await api.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
});
