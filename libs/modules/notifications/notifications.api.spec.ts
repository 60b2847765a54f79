import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, aTeam } from '@opora/testing/people';
import { aComment, aTicket } from '@opora/testing/tickets';
import { startApi, type TestApi } from '@opora/platform/testing';
import { NotificationsModule } from './notifications.module';

type Employee = Awaited<ReturnType<typeof anEmployee>>;

describe('notifications', () => {
  let api: TestApi;
  let dispatcher: Employee;
  let engineer: Employee;
  let teamId: string;
  beforeAll(async () => {
    api = await startApi(NotificationsModule);
    teamId = (await aTeam(api)).id;
    dispatcher = await anEmployee(api, { role: 'dispatcher' });
    engineer = await anEmployee(api, { teamIds: [teamId] });
  });
  afterAll(() => api.close());

  const inbox = async (person: Employee) => {
    await api.drain();
    return (await api.as(person).get('/notifications').expect(200)).body.data as {
      id: string;
      kind: string;
      text: string;
      ticket: { id: string };
      reason: string;
    }[];
  };
  const about = async (person: Employee, ticketId: string) =>
    (await inbox(person)).filter(({ ticket }) => ticket.id === ticketId);
  const mailsTo = async (person: Employee) => {
    await api.advance({ seconds: 16 });
    return (
      await api.db.query<{ subject: string }>(
        api.system,
        `SELECT subject FROM outgoing_mail WHERE $1 = ANY("to") ORDER BY id`,
        [person.email],
      )
    ).map(({ subject }) => subject);
  };

  it('R-08: the new assignee is told once in the app and once by mail, the one who assigned is not', async () => {
    const ticket = await aTicket(api, { by: dispatcher });
    await api.as(dispatcher).post(`/tickets/${ticket.id}/assign`).send({ assigneeId: engineer.id }).expect(200);
    const mine = await about(engineer, ticket.id);
    expect(mine).toMatchObject([{ kind: 'ticket_assigned', reason: 'вы ответственный' }]);
    expect(mine[0]?.text).toContain(`№${ticket.number}`);
    expect((await mailsTo(engineer)).filter((subject) => subject.startsWith(`[№${ticket.number}]`))).toHaveLength(1);
    expect(await about(dispatcher, ticket.id)).toEqual([]);
  });

  it('R-08: the team is told of a ticket nobody has', async () => {
    const ticket = await aTicket(api, { by: dispatcher, teamId });
    expect(await about(engineer, ticket.id)).toMatchObject([
      { kind: 'ticket_created', reason: 'заявка в очереди вашей группы' },
    ]);
  });

  it('T-07: the responsible is told when a ticket put aside is back, and not when he fetches it himself', async () => {
    const ticket = await aTicket(api, { by: dispatcher, assigneeId: engineer.id });
    const aside = (seconds: number) => {
      const until = new Date(api.system.now().getTime() + seconds * 1000).toISOString();
      return api.as(engineer).post(`/tickets/${ticket.id}/put-aside`).send({ until }).expect(200);
    };
    const resumed = async () =>
      (await about(engineer, ticket.id)).filter(({ kind }) => kind === 'ticket_resumed').map(({ text }) => text);
    await aside(60);
    await api.as(engineer).post(`/tickets/${ticket.id}/resume`).expect(200);
    await api.advance({ seconds: 61 });
    expect(await resumed()).toEqual([]);
    await aside(60);
    await api.advance({ seconds: 61 });
    expect(await resumed()).toEqual([`Заявка №${ticket.number} больше не отложена: Новая`]);
  });

  it('R-08: a person with several reasons gets one message about one event', async () => {
    const contact = await aContact(api, { companyId: (await aCompany(api)).id });
    const ticket = await aTicket(api, {
      by: dispatcher,
      contactId: contact.id,
      assigneeId: engineer.id,
      coExecutorIds: [engineer.id],
      observers: [
        { kind: 'employee', id: engineer.id },
        { kind: 'team', id: teamId },
      ],
    });
    await api.drain();
    await aComment(api, ticket.id, { by: contact, text: 'Когда приедете?', audience: ['client'] });
    expect((await about(engineer, ticket.id)).filter(({ kind }) => kind === 'client_replied')).toHaveLength(1);
  });

  it('R-08: nobody hears of his own comment', async () => {
    const ticket = await aTicket(api, { by: dispatcher, assigneeId: engineer.id });
    await api.drain();
    const before = (await about(engineer, ticket.id)).length;
    await aComment(api, ticket.id, { by: engineer, text: 'Проверил, жду запчасть' });
    expect(await about(engineer, ticket.id)).toHaveLength(before);
  });

  it('R-08: a delivery that is repeated tells nobody twice', async () => {
    const ticket = await aTicket(api, { by: dispatcher, teamId });
    await api.drain();
    await api.db.query(
      api.system,
      `UPDATE outbox SET state = 'pending', "dueAt" = now() - interval '1 second' WHERE handler LIKE 'NotificationsListener%'`,
    );
    const mails = (await mailsTo(engineer)).length;
    expect(await about(engineer, ticket.id)).toHaveLength(1);
    expect(await mailsTo(engineer)).toHaveLength(mails);
  });

  it('R-08: what a person does not want he does not get', async () => {
    const quiet = await anEmployee(api, { teamIds: [teamId] });
    await api
      .as(quiet)
      .put('/notification-settings')
      .send({ settings: [{ kind: 'ticket_created', app: 'off', mail: 'off' }] })
      .expect(200);
    const ticket = await aTicket(api, { by: dispatcher, teamId });
    expect(await about(quiet, ticket.id)).toEqual([]);
    const { body } = await api.as(quiet).get('/notification-settings').expect(200);
    expect(body.settings).toContainEqual(expect.objectContaining({ kind: 'ticket_created', app: 'off', mail: 'off' }));
    expect(body.settings).toContainEqual(expect.objectContaining({ kind: 'ticket_assigned', app: 'now', mail: 'now' }));
  });

  it('R-08: reading one or all lowers the count; nobody reads another one’s', async () => {
    const reader = await anEmployee(api, { teamIds: [teamId] });
    for (let i = 0; i < 3; i++) await aTicket(api, { by: dispatcher, teamId });
    const [first] = await inbox(reader);
    const count = async () => (await api.as(reader).get('/notifications/count').expect(200)).body.unread as number;
    expect(await count()).toBe(3);
    await api.as(engineer).post(`/notifications/${first?.id}/read`).expect(404);
    await api.as(reader).post(`/notifications/${first?.id}/read`).expect(204);
    expect(await count()).toBe(2);
    await api.as(reader).post('/notifications/read-all').expect(204);
    expect(await count()).toBe(0);
  });

  it('R-08: a template is reworded, previewed on a real ticket, and put back', async () => {
    const admin = await anEmployee(api, { role: 'admin' });
    const ticket = await aTicket(api, { by: admin, subject: 'Замятие <b>бумаги</b>' });
    const preview = (body: object) =>
      api
        .as(admin)
        .post('/message-templates/notifications.ticket-assigned/preview')
        .send({ locale: 'ru', ticketId: ticket.id, ...body });
    const shown = await preview({}).expect(200);
    expect(shown.body.subject).toBe(`[№${ticket.number}] Вам назначена заявка: Замятие <b>бумаги</b>`);
    expect(shown.body.html).toContain('Замятие &lt;b&gt;бумаги&lt;&#x2F;b&gt;');
    expect((await preview({ subject: 'Ваша №{{ticket.number}}' }).expect(200)).body.subject).toBe(
      `Ваша №${ticket.number}`,
    );
    expect((await preview({ body: '{{#open' }).expect(422)).body.code).toBe('templates.invalid');
    await api
      .as(admin)
      .put('/message-templates/notifications.ticket-assigned/ru')
      .send({ subject: 'Вам: {{ticket.subject}}', body: '<p>{{actor.name}}</p>' })
      .expect(200);
    expect((await preview({}).expect(200)).body.subject).toBe('Вам: Замятие <b>бумаги</b>');
    await api.as(admin).delete('/message-templates/notifications.ticket-assigned/ru').expect(204);
    expect((await preview({}).expect(200)).body.subject).toContain('Вам назначена заявка');
    await api.as(engineer).get('/message-templates').expect(403);
    await api.as(admin).put('/message-templates/no.such/ru').send({ subject: 'a', body: 'b' }).expect(404);
  });
});
