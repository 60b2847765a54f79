import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ChannelsModule } from './channels.module';
import { IntakeQueue } from './intake-queue.service';
import { Intake } from './intake.service';
import { Mailboxes } from './mailboxes.service';
import { aMail } from './testing';

type Mail = {
  id: string;
  messageId: string;
  kind: string;
  state: string;
  reason: string | null;
  fromAddress: string;
  fromName: string;
  replyTo: string;
  to: string[];
  cc: string[];
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  inReplyTo: string | null;
  references: string[];
  attachments: { name: string; contentId?: string }[];
  commentId: string | null;
};

describe('mail to clients', () => {
  let api: TestApi;
  let dispatcher: TestEmployee;

  beforeAll(async () => {
    api = await startApi(ChannelsModule);
    dispatcher = await anEmployee(api, { role: 'dispatcher', name: 'Мария Диспетчер' });
  });
  afterAll(() => api.close());

  const mailsTo = (address: string) =>
    api.db.query<Mail>(api.system, `SELECT * FROM outgoing_mail WHERE $1 = ANY("to" || cc) ORDER BY id`, [address]);
  const byMail = async (facts: Record<string, string> = {}) => {
    const contact = await aContact(api);
    const messageId = `<first-${contact.id}@client.test>`;
    const id = await api.get(Intake).accept(api.system, {
      channel: 'smtp',
      raw: aMail({ from: contact.email, 'message-id': messageId, ...facts }),
      envelopeFrom: contact.email,
      envelopeTo: ['support@opora.localhost'],
    });
    await api.get(IntakeQueue).drain();
    await api.drain();
    const { ticketId, ticketNumber } = await api.get(Intake).get(api.system, id);
    return { contact, ticketId: ticketId!, number: ticketNumber!, messageId };
  };
  const answer = (ticketId: string, body: object = {}) =>
    api
      .as(dispatcher)
      .post(`/tickets/${ticketId}/comments`)
      .send({ html: '<p>Починили</p>', audience: ['client'], ...body });

  it('CH-01: an answer goes to the client in his thread after the hold', async () => {
    const { contact, ticketId, number, messageId } = await byMail({
      'thread-index': 'AdTest==',
      'thread-topic': 'Kassa',
    });
    await answer(ticketId).expect(201);
    await api.advance({ seconds: 9 });
    const [acknowledgement, ...none] = await mailsTo(contact.email);
    expect(none).toEqual([]);
    await api.advance({ seconds: 2 });
    const mail = (await mailsTo(contact.email))[1]!;
    expect(mail).toMatchObject({
      kind: 'reply',
      state: 'sent',
      to: [contact.email],
      subject: `Re: [#${number}] Касса`,
      inReplyTo: messageId.slice(1, -1),
    });
    expect(mail.html).toContain('Починили');
    expect(mail.fromName).toContain('Мария Диспетчер');
    expect(mail.references).toEqual([messageId.slice(1, -1), acknowledgement!.messageId]);
    expect(mail.headers).toMatchObject({ 'Thread-Index': 'AdTest==', 'Thread-Topic': 'Kassa' });
    expect(mail.replyTo).toMatch(new RegExp(`^support\\+t${number}\\.`));
  });

  it('an answer taken back never leaves', async () => {
    const { contact, ticketId } = await byMail();
    const { body } = await answer(ticketId).expect(201);
    await api.advance({ seconds: 5 });
    await api.as(dispatcher).post(`/comments/${body.id}/undo`).expect(200);
    await api.advance({ seconds: 60 });
    expect((await mailsTo(contact.email)).filter(({ kind }) => kind === 'reply')).toEqual([]);
  });

  it('T5: an internal note never leaves', async () => {
    const { contact, ticketId } = await byMail();
    await answer(ticketId, { html: '<p>клиент-зануда</p>', audience: ['internal'] }).expect(201);
    await answer(ticketId).expect(201);
    await api.advance({ seconds: 60 });
    expect(JSON.stringify(await mailsTo(contact.email))).not.toContain('зануда');
  });

  it('observers and copies get it, each address once', async () => {
    const company = await aCompany(api);
    const observer = await aContact(api, { companyId: company.id });
    const { contact, ticketId } = await byMail();
    await api
      .as(dispatcher)
      .put(`/tickets/${ticketId}/observers/contact/${observer.id}`)
      .expect((response) => expect([200, 204]).toContain(response.status));
    await answer(ticketId, { cc: ['boss@client.test', contact.email] }).expect(201);
    await api.advance({ seconds: 11 });
    const reply = (await mailsTo(observer.email)).find(({ kind }) => kind === 'reply');
    expect(reply).toMatchObject({ to: [contact.email], cc: [observer.email, 'boss@client.test'] });
  });

  it('pictures and files of the answer go along', async () => {
    const { contact, ticketId } = await byMail();
    const upload = async (name: string, content: Buffer) =>
      (await api.as(dispatcher).post('/files').attach('file', content, name).expect(201)).body;
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const [picture, act] = [await upload('p.png', png), await upload('акт.txt', Buffer.from('акт'))];
    await answer(ticketId, {
      html: `<p>вот <img data-file-id="${picture.id}"></p>`,
      fileIds: [picture.id, act.id],
    }).expect(201);
    await api.advance({ seconds: 11 });
    const reply = (await mailsTo(contact.email)).find(({ kind }) => kind === 'reply')!;
    expect(reply.attachments).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'p.png', contentId: picture.id }),
        expect.objectContaining({ name: 'акт.txt' }),
      ]),
    );
    expect(reply.html).toContain(`src="cid:${picture.id}"`);
    expect(reply.state).toBe('sent');
  });

  it('Q-02: the client of a solved ticket is asked once for his mark, unless it was taken back', async () => {
    const { contact, ticketId } = await byMail();
    const { body } = await api.as(dispatcher).get(`/tickets/${ticketId}`);
    const done = body.transitions.find(({ to }: { to: { category: string } }) => to.category === 'done');
    await api.as(dispatcher).post(`/tickets/${ticketId}/transition`).send({ transitionId: done.id }).expect(200);
    await api.drain();
    expect(await mailsTo(contact.email)).toHaveLength(1);
    await api.advance({ seconds: 20 });
    const solved = (await mailsTo(contact.email)).at(-1)!;
    expect(solved).toMatchObject({ kind: 'automatic', state: 'sent' });
    expect(solved.html.match(/\/portal\/rate#t=[\w-]{43}&(?:amp;)?s=(?:good|normal|bad)/g)).toHaveLength(3);
  });

  it('X6: nothing a person wrote adds a header or a recipient', async () => {
    const { contact, ticketId } = await byMail({
      subject: '=?utf-8?B?a2Fzc2ENCkJjYzogZXZpbEBldmlsLnRlc3Q=?=',
      'thread-topic': '=?utf-8?B?YQ0KQmNjOiBldmlsQGV2aWwudGVzdA==?=',
    });
    await answer(ticketId, { cc: [] }).expect(201);
    await api.advance({ seconds: 11 });
    for (const mail of await mailsTo(contact.email)) {
      expect([mail.subject, ...Object.values(mail.headers)].join('')).not.toMatch(/[\r\n]/);
      expect(mail.cc).toEqual([]);
    }
  });

  it('the ticket lists its mails; addresses are hidden from lines without client contact', async () => {
    const { contact, ticketId } = await byMail();
    const developer = await anEmployee(api, { role: 'developer' });
    await api.as(dispatcher).post(`/tickets/${ticketId}/assign`).send({ assigneeId: developer.id }).expect(200);
    const { body } = await api.as(dispatcher).get(`/tickets/${ticketId}/mails`).expect(200);
    expect(
      body.data.map(({ direction, state }: { direction: string; state: string }) => `${direction} ${state}`).sort(),
    ).toEqual(['in ticket_created', 'out sent']);
    const seen = await api.as(developer).get(`/tickets/${ticketId}/mails`).expect(200);
    expect(JSON.stringify(seen.body)).not.toContain(contact.email);
    await api
      .as(developer)
      .get(`/tickets/${ticketId}/mails/${body.data.at(-1).id}/raw`)
      .expect((response) => expect([403, 404]).toContain(response.status));
  });

  it('a mailbox answers under its own name and address', async () => {
    const mailbox = await api
      .get(Mailboxes)
      .create(api.system, { name: 'Линия 2', address: `line2-${Date.now()}@opora.localhost` });
    const contact = await aContact(api);
    const id = await api.get(Intake).accept(api.system, {
      channel: 'smtp',
      raw: aMail({ from: contact.email, to: mailbox.address }),
      envelopeFrom: contact.email,
      envelopeTo: [mailbox.address],
    });
    await api.get(IntakeQueue).drain();
    await api.drain();
    expect(await api.get(Intake).get(api.system, id)).toMatchObject({ mailboxId: mailbox.id });
    expect((await mailsTo(contact.email))[0]).toMatchObject({
      fromAddress: mailbox.address,
      fromName: 'Линия 2',
      replyTo: expect.stringMatching(/^line2-\d+\+t/),
    });
  });
});
