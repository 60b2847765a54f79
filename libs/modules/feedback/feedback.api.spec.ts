import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { startApi, type TestApi } from '@opora/platform/testing';
import { FeedbackLinks } from './feedback-links.service';
import { FeedbackModule } from './feedback.module';

type Contact = Awaited<ReturnType<typeof aContact>>;

describe('feedback', () => {
  let api: TestApi;
  let contact: Contact;
  beforeAll(async () => {
    api = await startApi(FeedbackModule);
    contact = await aContact(api, { companyId: (await aCompany(api)).id });
  });
  afterAll(() => api.close());

  const solved = () => aTicket(api, { contactId: contact.id, status: 'done' });
  const tokenOf = async (ticketId: string): Promise<string> => {
    const { good } = await api.get(FeedbackLinks).urlsFor(api.system, ticketId, contact.id);
    return new URLSearchParams(new URL(good).hash.slice(1)).get('t') ?? '';
  };
  const ratings = async () =>
    Number((await api.db.query<{ n: string }>(api.system, 'SELECT count(*) n FROM rating'))[0]?.n);

  it('Q-01: a client rates a solved ticket on the portal with a comment, and the staff see it', async () => {
    const ticket = await solved();
    const rated = await api
      .as(contact)
      .put(`/portal/tickets/${ticket.number}/rating`)
      .send({ score: 'good', comment: ' быстро ' })
      .expect(200);
    expect(rated.body).toMatchObject({
      ticketNumber: ticket.number,
      rating: { score: 'good', comment: 'быстро' },
      canRate: true,
    });
    const agent = await anEmployee(api, { role: 'admin' });
    const { body } = await api.as(agent).get(`/tickets/${ticket.number}/rating`).expect(200);
    expect(body.ratings).toMatchObject([
      { score: 'good', contact: { id: contact.id }, source: 'portal', previous: [] },
    ]);
    expect(
      (await api.as(agent).get('/ratings?score=good').expect(200)).body.data.map(
        (row: { ticketId: string }) => row.ticketId,
      ),
    ).toContain(ticket.id);
  });

  it('Q-01: an unsolved ticket cannot be rated', async () => {
    const ticket = await aTicket(api, { contactId: contact.id });
    const answer = await api.as(contact).put(`/portal/tickets/${ticket.id}/rating`).send({ score: 'good' }).expect(409);
    expect(answer.body.code).toBe('feedback.notDone');
  });

  it.each([
    [{ score: 'great' }, '/score'],
    [{ score: ['good'] }, '/score'],
    [{}, '/score'],
    [{ score: 'good', comment: 'x'.repeat(4001) }, '/comment'],
    [{ score: 'good', isAutomatic: true }, '/isAutomatic'],
  ])('Q-01: refuses %.40j', async (body, pointer) => {
    const ticket = await solved();
    const answer = await api.as(contact).put(`/portal/tickets/${ticket.id}/rating`).send(body).expect(422);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  it('Q-02: opening the link records nothing, however often; the button does', async () => {
    const ticket = await solved();
    const token = await tokenOf(ticket.id);
    const before = await ratings();
    for (let scan = 0; scan < 5; scan++) await api.anonymous.get(`/portal/ratings/link/${token}`).expect(200);
    expect(await ratings()).toBe(before);
    await api.anonymous.post('/portal/ratings/link').send({ token, score: 'bad' }).expect(200);
    expect(await ratings()).toBe(before + 1);
    const shown = await api.anonymous.get(`/portal/ratings/link/${token}`).expect(200);
    expect(shown.body).toEqual({
      ticketNumber: ticket.number,
      ticketSubject: 'Не печатает принтер',
      rating: expect.objectContaining({ score: 'bad' }),
      canRate: true,
      until: expect.any(String),
    });
  });

  it('Q-02: a guessed or an old link leads nowhere', async () => {
    const ticket = await solved();
    const token = await tokenOf(ticket.id);
    await api.anonymous.get(`/portal/ratings/link/${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`).expect(404);
    await api.anonymous.post('/portal/ratings/link').send({ token: 'x', score: 'good' }).expect(404);
    await api.db.query(api.system, `UPDATE rating_link SET "expiresAt" = now() - interval '1 minute'`);
    await api.anonymous.get(`/portal/ratings/link/${token}`).expect(404);
  });

  it('Q-03: a mark may be changed for seven days, both values are kept, then no more', async () => {
    const ticket = await solved();
    const rate = (score: string) => api.as(contact).put(`/portal/tickets/${ticket.id}/rating`).send({ score });
    await rate('bad').expect(200);
    await api.advance({ days: 6 });
    await rate('good').expect(200);
    const [row] = await api.db.query<{ score: string; previous: { score: string }[] }>(
      api.system,
      'SELECT score, previous FROM rating WHERE "ticketId" = $1',
      [ticket.id],
    );
    expect(row).toMatchObject({ score: 'good', previous: [{ score: 'bad' }] });
    await api.advance({ days: 2 });
    expect((await rate('bad').expect(409)).body.code).toBe('feedback.tooLate');
  });

  it('PO-06: nobody rates or sees the mark of a ticket that is not his', async () => {
    const ticket = await solved();
    const stranger = await aContact(api, { companyId: (await aCompany(api)).id });
    await api.as(stranger).get(`/portal/tickets/${ticket.id}/rating`).expect(404);
    const before = await ratings();
    await api.as(stranger).put(`/portal/tickets/${ticket.id}/rating`).send({ score: 'bad' }).expect(404);
    expect(await ratings()).toBe(before);
    const engineer = await anEmployee(api, { role: 'field_engineer' });
    await api.as(engineer).get(`/tickets/${ticket.id}/rating`).expect(404);
  });
});
