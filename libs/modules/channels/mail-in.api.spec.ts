import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { type Ctx } from '@opora/platform/context';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ChannelsModule } from './channels.module';
import { IntakeQueue } from './intake-queue.service';
import { Intake, type IntakeRow } from './intake.service';
import { aMail } from './testing';

describe('inbound mail', () => {
  let api: TestApi;
  let system: Ctx;
  let dispatcher: TestEmployee;
  let developer: TestEmployee;

  beforeAll(async () => {
    api = await startApi(ChannelsModule);
    system = api.system;
    dispatcher = await anEmployee(api, { role: 'dispatcher' });
    developer = await anEmployee(api, { role: 'developer' });
  });
  afterAll(() => api.close());

  const take = async (
    raw: Buffer,
    envelopeFrom: string | null = 'ivan@client.test',
    envelopeTo = ['support@opora.localhost'],
  ): Promise<IntakeRow> => {
    const id = await api.get(Intake).accept(system, { channel: 'smtp', raw, envelopeFrom, envelopeTo });
    await drain();
    return api.get(Intake).get(system, id);
  };
  const drain = async (): Promise<void> => {
    await api.get(IntakeQueue).drain();
    await api.drain();
  };
  const mailsTo = (address: string) =>
    api.db.query<{
      id: string;
      messageId: string;
      subject: string;
      html: string;
      kind: string;
      state: string;
      replyTo: string;
      headers: Record<string, string>;
      inReplyTo: string;
      references: string[];
      to: string[];
      cc: string[];
    }>(system, `SELECT * FROM outgoing_mail WHERE $1 = ANY("to") ORDER BY id`, [address]);
  const commentsOf = async (ticketId: string | null) =>
    (await api.as(dispatcher).get(`/tickets/${ticketId}/comments`)).body.data as {
      html: string;
      kind: string;
      audience: string[];
      author: { name: string };
    }[];
  const ticket = async (id: string | null) => (await api.as(dispatcher).get(`/tickets/${id}`)).body;

  /** A client with a ticket of his own, opened by mail. */
  const aClient = async (facts: { email?: string; companyId?: string } = {}) => {
    const contact = await aContact(api, facts);
    const row = await take(
      aMail({ from: contact.email, 'message-id': `<first-${contact.id}@client.test>` }),
      contact.email,
    );
    return {
      contact,
      row,
      ticketId: row.ticketId!,
      number: row.ticketNumber!,
      messageId: `<first-${contact.id}@client.test>`,
    };
  };

  it('CH-01: a mail of a new person becomes a ticket with a contact and no company', async () => {
    const row = await take(
      aMail({ from: 'Пётр <petr@new.test>', subject: 'Re: Не печатает касса', body: 'Помогите\n\nПётр' }),
      'petr@new.test',
    );
    expect(row).toMatchObject({
      state: 'ticket_created',
      reason: 'newRequest',
      fromAddress: 'petr@new.test',
      subject: 'Re: Не печатает касса',
    });
    expect(await ticket(row.ticketId)).toMatchObject({
      subject: 'Не печатает касса',
      source: 'email',
      company: null,
      contact: { name: 'Пётр' },
    });
  });

  it('T10: an address of a company’s domain gives no place in the company', async () => {
    await aCompany(api, { emailDomains: ['corp.test'] });
    const row = await take(aMail({ from: 'stranger@corp.test' }), 'stranger@corp.test');
    expect(await ticket(row.ticketId)).toMatchObject({ company: null });
  });

  it('T-25: keeps the original for download, byte for byte', async () => {
    const raw = aMail({ from: 'bytes@client.test', body: 'кириллица и\n.точка' });
    const row = await take(raw, 'bytes@client.test');
    const { body: mails } = await api.as(dispatcher).get(`/tickets/${row.ticketId}/mails`);
    expect(mails.data).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: row.id, direction: 'in', state: 'ticket_created' })]),
    );
    const download = await api
      .as(dispatcher)
      .get(`/tickets/${row.ticketId}/mails/${row.id}/raw`)
      .buffer(true)
      .parse(bytes);
    expect(download.headers['content-type']).toBe('message/rfc822');
    expect((download.body as Buffer).equals(raw)).toBe(true);
    const journal = await api.as(dispatcher).get(`/intake/${row.id}/raw`).buffer(true).parse(bytes);
    expect((journal.body as Buffer).equals(raw)).toBe(true);
  });

  it('acknowledges once, as a machine, with an address that leads back', async () => {
    const { contact, number } = await aClient();
    const [mail, ...more] = await mailsTo(contact.email);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      kind: 'automatic',
      subject: expect.stringContaining(`[#${number}]`),
      inReplyTo: `first-${contact.id}@client.test`,
    });
    expect(mail!.replyTo).toMatch(new RegExp(`^support\\+t${number}\\.[a-z2-7]{26}@`));
  });

  describe('CH-01: finds the ticket', () => {
    it.each([
      [
        'by In-Reply-To',
        ({ mail }: { mail: { messageId: string; replyTo: string }; number: number }) => ({
          'in-reply-to': `<${mail.messageId}>`,
        }),
      ],
      ['by References', ({ mail }) => ({ references: `<other@x> <${mail.messageId}>` })],
      ['by the signed address', ({ mail }) => ({ to: mail.replyTo })],
      ['by the tag', ({ number }) => ({ subject: `Re: [#${number}] Касса` })],
    ] satisfies [
      string,
      (facts: { mail: { messageId: string; replyTo: string }; number: number }) => Record<string, string>,
    ][])('%s', async (_, header) => {
      const { contact, ticketId, number } = await aClient();
      const [mail] = await mailsTo(contact.email);
      const row = await take(
        aMail({ from: contact.email, subject: 'Касса', ...header({ mail: mail!, number }), body: 'дополнение' }),
        contact.email,
      );
      expect(row).toMatchObject({ state: 'comment_added', reason: 'reply', ticketId });
      expect((await commentsOf(ticketId)).map(({ html }) => html)).toEqual([expect.stringContaining('дополнение')]);
    });

    it('not by the subject’s text alone', async () => {
      const { contact } = await aClient();
      expect(await take(aMail({ from: contact.email, subject: 'Re: Касса' }), contact.email)).toMatchObject({
        state: 'ticket_created',
      });
    });
  });

  describe('X7: a stranger', () => {
    it.each([
      [
        'with the tag',
        ({ number }: { number: number; mail: { messageId: string; replyTo: string } }) => ({
          subject: `Re: [#${number}] Касса`,
        }),
      ],
      ['with a Message-ID', ({ mail }) => ({ 'in-reply-to': `<${mail.messageId}>` })],
      ['with the signed address', ({ mail }) => ({ to: mail.replyTo })],
    ] satisfies [
      string,
      (facts: { number: number; mail: { messageId: string; replyTo: string } }) => Record<string, string>,
    ][])('%s is held and changes nothing', async (_, header) => {
      const { contact, ticketId, number } = await aClient();
      const before = await ticket(ticketId);
      const [mail] = await mailsTo(contact.email);
      const from = `thief-${number}@evil.test`;
      const row = await take(
        aMail({ from, cc: contact.email, ...header({ mail: mail!, number }), body: 'дайте историю' }),
        from,
      );
      expect(row).toMatchObject({ state: 'held', reason: 'notParticipant', ticketId: null });
      expect(await commentsOf(ticketId)).toEqual([]);
      expect(await ticket(ticketId)).toMatchObject({ version: before.version, updatedAt: before.updatedAt });
      expect(await mailsTo(from)).toEqual([]);
    });

    it('with a foreign display name or a second From is not taken for the client', async () => {
      const { contact, ticketId, number } = await aClient();
      for (const from of [`"${contact.email}" <thief@evil.test>`, `${contact.email}, thief@evil.test`]) {
        const row = await take(aMail({ from, subject: `[#${number}]` }), 'thief@evil.test');
        expect(row.state).not.toBe('comment_added');
      }
      expect(await commentsOf(ticketId)).toEqual([]);
    });

    it('a colleague of the company, an observer and somebody put into copy are no strangers', async () => {
      const company = await aCompany(api);
      const { ticketId, number } = await aClient({ companyId: company.id });
      const colleague = await aContact(api, { companyId: company.id });
      expect(await take(aMail({ from: colleague.email, subject: `[#${number}]` }), colleague.email)).toMatchObject({
        state: 'comment_added',
        ticketId,
      });
      await api
        .as(dispatcher)
        .post(`/tickets/${ticketId}/comments`)
        .send({ html: '<p>и вам</p>', audience: ['client'], cc: ['copy@other.test'] })
        .expect(201);
      expect(await take(aMail({ from: 'copy@other.test', subject: `[#${number}]` }), 'copy@other.test')).toMatchObject({
        state: 'comment_added',
        ticketId,
      });
    });
  });

  describe('a held mail', () => {
    const held = async () => {
      const { ticketId, number } = await aClient();
      const row = await take(
        aMail({ from: 'guest@other.test', subject: `[#${number}] гость`, body: 'слово гостя' }),
        'guest@other.test',
      );
      expect(row.state).toBe('held');
      return { ticketId, number, row };
    };

    it('is attached by an agent', async () => {
      const { ticketId, number, row } = await held();
      const { body } = await api
        .as(dispatcher)
        .post(`/intake/${row.id}/decide`)
        .send({ decision: 'attach', ticketId: String(number) })
        .expect(200);
      expect(body).toMatchObject({ state: 'comment_added', ticketId, reason: { code: 'attachedByAgent' } });
      expect((await commentsOf(ticketId)).at(-1)).toMatchObject({ html: expect.stringContaining('слово гостя') });
      await api.as(dispatcher).post(`/intake/${row.id}/decide`).send({ decision: 'ignore' }).expect(409);
    });

    it('becomes a new ticket, or is left', async () => {
      const { row, ticketId } = await held();
      const { body } = await api
        .as(dispatcher)
        .post(`/intake/${row.id}/decide`)
        .send({ decision: 'new_ticket' })
        .expect(200);
      expect(body).toMatchObject({ state: 'ticket_created' });
      expect(body.ticketId).not.toBe(ticketId);
      const second = await held();
      expect(
        (await api.as(dispatcher).post(`/intake/${second.row.id}/decide`).send({ decision: 'ignore' }).expect(200))
          .body,
      ).toMatchObject({ state: 'ignored' });
    });

    it('is decided once when two press at the same moment', async () => {
      const { row, ticketId } = await held();
      const answers = await Promise.all(
        [1, 2, 3].map(() => api.as(dispatcher).post(`/intake/${row.id}/decide`).send({ decision: 'attach', ticketId })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(await commentsOf(ticketId)).toHaveLength(1);
    });

    it('is refused without a ticket, with a foreign one, and to those who may not', async () => {
      const { row } = await held();
      const missing = await api
        .as(dispatcher)
        .post(`/intake/${row.id}/decide`)
        .send({ decision: 'attach' })
        .expect(422);
      expect(missing.body.errors).toEqual([expect.objectContaining({ pointer: '/ticketId' })]);
      await api
        .as(dispatcher)
        .post(`/intake/${row.id}/decide`)
        .send({ decision: 'attach', ticketId: '999999999' })
        .expect(422);
      await api.as(developer).post(`/intake/${row.id}/decide`).send({ decision: 'ignore' }).expect(403);
      await api.as(developer).get(`/intake/${row.id}`).expect(403);
      await api.anonymous.get(`/intake/${row.id}`).expect(401);
    });
  });

  describe('F6: repeats', () => {
    it('the same bytes have no second effect', async () => {
      const raw = aMail({ from: 'twice@client.test', 'message-id': null });
      const first = await take(raw, 'twice@client.test');
      expect(await take(raw, 'twice@client.test')).toMatchObject({
        state: 'duplicate',
        reason: 'sameBytes',
        duplicateOfId: first.id,
        ticketId: first.ticketId,
      });
    });

    it('one mail to two of our boxes is one ticket, also when both copies are read at once', async () => {
      const mail = (received: string) =>
        aMail({ received, from: 'both@client.test', 'message-id': '<both@client.test>', body: 'одно' });
      const ids = await Promise.all(
        ['by a', 'by b'].map((received) =>
          api
            .get(Intake)
            .accept(system, { channel: 'smtp', raw: mail(received), envelopeFrom: 'both@client.test', envelopeTo: [] }),
        ),
      );
      await Promise.all([drain(), drain()]);
      const states = await Promise.all(ids.map(async (id) => (await api.get(Intake).get(system, id)).state));
      expect(states.sort()).toEqual(['duplicate', 'ticket_created']);
    });

    it('the same Message-ID with another text is another mail', async () => {
      const mail = (body: string) => aMail({ from: 'reused@client.test', 'message-id': '<reused@client.test>', body });
      expect((await take(mail('один'), 'reused@client.test')).state).toBe('ticket_created');
      expect((await take(mail('два'), 'reused@client.test')).state).toBe('ticket_created');
    });

    it('a mail of our own that comes back is noted and has no effect', async () => {
      const { contact } = await aClient();
      const [mail] = await mailsTo(contact.email);
      expect(
        await take(
          aMail({ from: 'support@opora.localhost', 'message-id': `<${mail!.messageId}>` }),
          'support@opora.localhost',
        ),
      ).toMatchObject({ state: 'ignored', reason: 'ownMail' });
    });
  });

  describe('CH-02: machines', () => {
    it('an auto-reply is recorded, nothing more', async () => {
      const { contact, ticketId } = await aClient();
      const before = await ticket(ticketId);
      const [mail] = await mailsTo(contact.email);
      const row = await take(
        aMail({
          from: contact.email,
          'in-reply-to': `<${mail!.messageId}>`,
          'auto-submitted': 'auto-replied',
          body: 'Я в отпуске',
        }),
        contact.email,
      );
      expect(row).toMatchObject({ state: 'recorded', reason: 'answerOfRobot', ticketId });
      expect(await commentsOf(ticketId)).toMatchObject([{ kind: 'auto_reply', audience: ['internal'] }]);
      expect(await ticket(ticketId)).toMatchObject({ status: before.status, awaiting: before.awaiting });
      expect(await mailsTo(contact.email)).toHaveLength(1);
    });

    it('an auto-reply about nothing is listed and ignored', async () => {
      expect(
        await take(aMail({ from: 'away@client.test', 'auto-submitted': 'auto-replied' }), 'away@client.test'),
      ).toMatchObject({ state: 'ignored', reason: 'answerWithoutTicket' });
    });

    it('a generated mail opens a ticket and gets no answer', async () => {
      const row = await take(
        aMail({ from: 'monitor@client.test', 'auto-submitted': 'auto-generated' }),
        'monitor@client.test',
      );
      expect(row.state).toBe('ticket_created');
      expect(await mailsTo('monitor@client.test')).toEqual([]);
    });

    it('X8: a robot that always answers gets at most three mails', async () => {
      for (let round = 0; round < 8; round += 1)
        await take(aMail({ from: 'loop@robot.test', body: `ответ ${round}` }), 'loop@robot.test');
      expect((await mailsTo('loop@robot.test')).filter(({ state }) => state !== 'suppressed')).toHaveLength(3);
    });

    it('a bounce is shown on the ticket and marks the mail as failed', async () => {
      const { contact, ticketId } = await aClient();
      const [mail] = await mailsTo(contact.email);
      const report = `--b\n\nNot delivered\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; ${contact.email}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <${mail!.messageId}>\n--b--`;
      const row = await take(
        aMail({
          from: 'MAILER-DAEMON@mx.test',
          'content-type': 'multipart/report; report-type=delivery-status; boundary=b',
          body: report,
        }),
        '',
      );
      expect(row).toMatchObject({ state: 'recorded', reason: 'deliveryFailed', ticketId });
      expect(await commentsOf(ticketId)).toMatchObject([
        { kind: 'bounce', audience: ['internal'], html: expect.stringContaining('550 no such user') },
      ]);
      expect((await mailsTo(contact.email))[0]).toMatchObject({ state: 'failed' });
      expect(await mailsTo('mailer-daemon@mx.test')).toEqual([]);
    });

    it('a bounce about nothing never becomes a ticket', async () => {
      const row = await take(
        aMail({ from: 'MAILER-DAEMON@mx.test', subject: 'Undelivered', body: 'Status: 5.0.0' }),
        '',
      );
      expect(row).toMatchObject({ state: 'ignored', reason: 'reportWithoutTicket', ticketId: null });
    });
  });

  describe('odd mails', () => {
    it.each([
      ['no From', { from: null }, 'envelope@client.test'],
      ['no From and no envelope', { from: null, body: 'кто я?' }, ''],
      ['no subject', { subject: null }, 'odd1@client.test'],
      ['an empty body', { body: '' }, 'odd2@client.test'],
      ['only a script', { 'content-type': 'text/html', body: '<script>alert(1)</script>' }, 'odd3@client.test'],
      ['a subject of 5000 letters', { subject: 'щ'.repeat(5000) }, 'odd4@client.test'],
      ['an endless name', { from: `"${'я'.repeat(3000)}" <odd5@client.test>` }, 'odd5@client.test'],
      ['an endless address', { from: `${'a'.repeat(300)}@client.test` }, 'odd6@client.test'],
    ])('%s becomes a ticket', async (_, fields, envelope) => {
      expect(await take(aMail({ ...fields, 'message-id': null }), envelope)).toMatchObject({ state: 'ticket_created' });
    });

    it('an empty reply becomes a comment that says so', async () => {
      const { contact, ticketId, number } = await aClient();
      expect(
        await take(aMail({ from: contact.email, subject: `[#${number}]`, body: '' }), contact.email),
      ).toMatchObject({ state: 'comment_added' });
      expect(await commentsOf(ticketId)).toMatchObject([{ html: '<p>(пустое письмо)</p>' }]);
    });

    it('pictures of the text and files arrive', async () => {
      const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
      const body = `--b\nContent-Type: text/html; charset=utf-8\n\n<p>смотрите <img src="cid:p@x"></p>\n--b\nContent-Type: image/png; name=p.png\nContent-ID: <p@x>\nContent-Transfer-Encoding: base64\n\n${png}\n--b\nContent-Type: application/pdf; name="акт.pdf"\n\n%PDF-1.4\n--b--`;
      const row = await take(
        aMail({ from: 'files@client.test', 'content-type': 'multipart/mixed; boundary=b', body }),
        'files@client.test',
      );
      const { description } = await ticket(row.ticketId);
      expect(description).toMatch(/<img[^>]+src="\/api\/v1\/files\//);
      const { body: files } = await api.as(dispatcher).get(`/tickets/${row.ticketId}/attachments`);
      expect(JSON.stringify(files)).toContain('акт.pdf');
    });
  });

  it('after a ticket closed long ago, a child is opened', async () => {
    const { contact, ticketId, number } = await aClient();
    await api.db.query(
      system,
      `UPDATE ticket SET "statusId" = (SELECT id FROM ticket_status WHERE code = 'closed'), "statusCategory" = 'closed', "closedAt" = now() - interval '15 days' WHERE id = $1`,
      [ticketId],
    );
    const row = await take(aMail({ from: contact.email, subject: `[#${number}]` }), contact.email);
    expect(row).toMatchObject({ state: 'ticket_created', reason: 'closedForGood' });
    expect(await ticket(row.ticketId)).toMatchObject({ parent: { id: ticketId } });
  });

  it('an employee’s mail stays inside the house', async () => {
    const { ticketId, number } = await aClient();
    const engineer = await anEmployee(api, { role: 'engineer' });
    await api.as(dispatcher).post(`/tickets/${ticketId}/assign`).send({ assigneeId: engineer.id }).expect(200);
    expect(
      await take(aMail({ from: engineer.email, subject: `[#${number}]`, body: 'из почты' }), engineer.email),
    ).toMatchObject({ state: 'comment_added', reason: 'replyOfEmployee' });
    expect(await commentsOf(ticketId)).toMatchObject([
      { audience: ['internal'], html: expect.stringContaining('из почты') },
    ]);
  });

  it('F3: a mail that cannot be handled is put aside and can be run again', async () => {
    const raw = aMail({ from: 'poison@client.test' });
    const id = await api
      .get(Intake)
      .accept(system, { channel: 'smtp', raw, envelopeFrom: 'poison@client.test', envelopeTo: [] });
    await api.db.query(system, `ALTER TABLE ticket RENAME COLUMN subject TO away`);
    for (let round = 0; round < 5; round += 1) {
      await drain();
      await api.advance({ minutes: 20 });
    }
    await api.db.query(system, `ALTER TABLE ticket RENAME COLUMN away TO subject`);
    expect(await api.get(Intake).get(system, id)).toMatchObject({ state: 'failed', reason: 'error' });
    await api.as(dispatcher).post(`/intake/${id}/replay`).expect(200);
    await drain();
    const row = await api.get(Intake).get(system, id);
    expect(row.state).toBe('ticket_created');
    await api.as(dispatcher).post(`/intake/${id}/replay`).expect(409);
  });

  it('lists the journal with filters', async () => {
    const { body } = await api.as(dispatcher).get('/intake?state=held,ignored&limit=3').expect(200);
    expect(body.data).toHaveLength(3);
    expect(body.data.every(({ state }: { state: string }) => ['held', 'ignored'].includes(state))).toBe(true);
    const next = await api
      .as(dispatcher)
      .get(`/intake?state=held,ignored&limit=3&cursor=${body.page.next}`)
      .expect(200);
    expect(next.body.data[0].id < body.data[2].id).toBe(true);
    expect((await api.as(dispatcher).get('/intake?q=petr@new').expect(200)).body.data).toHaveLength(1);
    await api.as(dispatcher).get('/intake?state=nonsense').expect(422);
    await api.as(dispatcher).get('/intake?cursor=nonsense').expect(400);
    await api.as(developer).get('/intake').expect(403);
    expect((await api.as(dispatcher).get('/intake/counts').expect(200)).body.data).toEqual(
      expect.arrayContaining([{ state: 'held', count: expect.any(Number) }]),
    );
  });
});

/** Reads an answer as bytes. */
const bytes = (answer: unknown, done: (error: Error | null, body: unknown) => void): void => {
  const response = answer as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
};
