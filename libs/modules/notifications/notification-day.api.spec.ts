import { aCompany, aContact } from '@opora/testing/clients';
import { TicketActions } from '@opora/modules/macros';
import { Comments } from '@opora/modules/tickets';
import { anEmployee, aTeam } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { Clock } from '@opora/platform/context';
import { startApi, type TestApi } from '@opora/platform/testing';
import { NotificationsModule } from './notifications.module';

type Employee = Awaited<ReturnType<typeof anEmployee>>;
type Line = { count: number; ticket: { id: string }; events: { id: string; kind: string; reason: string }[] };
type Told = { eventId: string; recipientId: string; channel: string; mailId: string | null; isWaiting: boolean };

/** The acts of a day; the gate runs the short one. */
const ACTS = 200;

describe('a day of notifications', () => {
  let api: TestApi;
  let teamId: string;
  let engineer: Employee;
  let dispatcher: Employee;
  beforeAll(async () => {
    api = await startApi(NotificationsModule);
    Clock.set(new Date('2026-11-24T06:00:00Z'));
    dispatcher = await anEmployee(api, { role: 'dispatcher' });
    teamId = (await aTeam(api)).id;
    engineer = await anEmployee(api, { teamIds: [teamId] });
  });
  afterAll(() => api.close());

  /** Lets what has happened be heard, then time pass. */
  const pass = async (by: Parameters<TestApi['advance']>[0]) => {
    await api.drain();
    await api.advance(by);
  };
  const mailsTo = ({ email }: Employee) =>
    api.db.query<{ id: string; subject: string; html: string; createdAt: Date }>(
      api.system,
      `SELECT id, subject, html, "createdAt" FROM outgoing_mail WHERE $1 = ANY("to") ORDER BY id`,
      [email],
    );
  const linesOf = async (person: Employee) =>
    (await api.as(person).get('/notifications?limit=200').expect(200)).body.data as Line[];
  const wish = (person: Employee, body: object) => api.as(person).put('/notification-settings').send(body).expect(200);
  const assign = (ticketId: string, to: Employee, by: Employee = dispatcher) =>
    api.as(by).post(`/tickets/${ticketId}/assign`).send({ assigneeId: to.id }).expect(200);
  const note = (ticketId: string, by: Employee) =>
    api
      .as(by)
      .post(`/tickets/${ticketId}/comments`)
      .send({ html: '<p>Смотрю</p>', audience: ['internal'] })
      .expect(201);

  it(`R-08: in a day of ${ACTS} acts nobody hears of one event twice in one channel, and nobody of his own`, async () => {
    const everything = ['ticket_created', 'comment_added', 'status_changed', 'ticket_resumed'].map((kind) => ({
      kind,
      app: 'now',
      mail: 'now',
    }));
    const people = [
      dispatcher,
      engineer,
      ...(await Promise.all([1, 2].map(() => anEmployee(api, { role: 'dispatcher', teamIds: [teamId] })))),
    ];
    for (const person of people) await wish(person, { settings: everything });
    const company = await aCompany(api);
    const client = await aContact(api, { companyId: company.id });
    const tickets: string[] = [];
    for (let act = 0; act < ACTS; act++) {
      const by = people[act % people.length]!;
      const other = people[(act * 7 + 1) % people.length]!;
      const ticketId = tickets[(act * 5) % Math.max(1, tickets.length)];
      if (!ticketId || act % 5 === 0) {
        const made = await api
          .as(by)
          .post('/tickets')
          .send({
            subject: `День ${act}`,
            companyId: company.id,
            contactId: client.id,
            teamId,
            assigneeId: act % 2 ? other.id : undefined,
            observers: [
              { kind: 'employee', id: other.id },
              { kind: 'team', id: teamId },
            ],
            coExecutorIds: [other.id],
          })
          .expect(201);
        tickets.push(made.body.id as string);
      } else if (act % 5 === 1) await assign(ticketId, other, by);
      else if (act % 5 === 2) await note(ticketId, by);
      else if (act % 5 === 3)
        await api.as(client).post(`/portal/tickets/${ticketId}/comments`).send({ text: 'Когда?' });
      else {
        const card = (await api.as(by).get(`/tickets/${ticketId}`).expect(200)).body as {
          transitions: { id: string; requiresComment: boolean }[];
        };
        const step = card.transitions.find(({ requiresComment }) => !requiresComment);
        if (step) await api.as(by).post(`/tickets/${ticketId}/transition`).send({ transitionId: step.id });
      }
      await pass({ seconds: act % 3 === 0 ? 40 : 3 });
    }
    await pass({ minutes: 2 });
    const told = await api.db.query<Told>(api.system, `SELECT * FROM notification`);
    expect(told.length).toBeGreaterThan(ACTS);
    expect(told.filter(({ channel, mailId, isWaiting }) => channel === 'mail' && (!mailId || isWaiting))).toEqual([]);
    expect(new Set(told.map((t) => `${t.eventId} ${t.recipientId} ${t.channel}`)).size).toBe(told.length);
    const own = await api.db.query(
      api.system,
      `SELECT 1 FROM notification n JOIN outbox o ON o."eventId" = n."eventId" WHERE n."recipientId"::text IN (o.payload->>'actorId', o.payload->>'authorId')`,
    );
    expect(own).toEqual([]);
    for (const person of people) {
      const mine = told.filter(({ recipientId, channel }) => recipientId === person.id && channel === 'mail');
      const mails = await mailsTo(person);
      expect(new Set(mine.map(({ mailId }) => mailId))).toEqual(new Set(mails.map(({ id }) => id)));
      const shown = (await linesOf(person)).flatMap(({ events }) => events.map(({ id }) => id));
      expect(new Set(shown).size).toBe(shown.length);
    }
  }, 120_000);

  it('R-08: one act that makes a person responsible, observer and co-executor is one line and one mail', async () => {
    const person = await anEmployee(api, { teamIds: [teamId] });
    await wish(person, { settings: [{ kind: 'ticket_created', app: 'now', mail: 'now' }] });
    const observers = [{ kind: 'employee', id: person.id }];
    const ticket = await aTicket(api, {
      by: dispatcher,
      assigneeId: person.id,
      coExecutorIds: [person.id],
      observers,
    } as Parameters<typeof aTicket>[1]);
    await pass({ seconds: 16 });
    expect((await linesOf(person)).filter((line) => line.ticket.id === ticket.id)).toHaveLength(1);
    expect(await mailsTo(person)).toHaveLength(1);
  });

  it('R-08: many tickets at once are a list, not a mail each', async () => {
    const person = await anEmployee(api, { teamIds: [teamId] });
    const made = [];
    for (let i = 0; i < 20; i++) made.push(await aTicket(api, { by: dispatcher }));
    await Promise.all(made.map(({ id }) => assign(id, person)));
    await pass({ seconds: 20 });
    const mails = await mailsTo(person);
    expect(mails.map(({ subject }) => subject)).toEqual(['Заявки: событий 20']);
    for (const { number } of made) expect(mails[0]!.html).toContain(`№${number}`);
    expect(mails[0]!.html).toContain('вы ответственный');
  });

  it('R-08: quiet hours hold a mail until the morning of the person’s own zone; what is critical breaks through', async () => {
    const person = await anEmployee(api, { teamIds: [teamId] });
    await api.as(person).patch('/me').send({ timeZone: 'Asia/Almaty' }).expect(200);
    await wish(person, { quietHours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '20:00', to: '08:00' }] });
    Clock.set(new Date('2026-11-25T16:00:00Z'));
    const [one, two, critical] = [
      await aTicket(api, { by: dispatcher }),
      await aTicket(api, { by: dispatcher }),
      await aTicket(api, { by: dispatcher }),
    ];
    const priorities = (await api.as(dispatcher).get('/priorities').expect(200)).body.data as {
      id: string;
      code: string;
    }[];
    await api.db.query(api.system, `UPDATE ticket SET "priorityId" = $2 WHERE id = $1`, [
      critical.id,
      priorities.find(({ code }) => code === 'critical')!.id,
    ]);
    for (const { id } of [one, two, critical]) await assign(id, person);
    await pass({ minutes: 1 });
    expect((await mailsTo(person)).map(({ subject }) => subject)).toEqual([
      expect.stringContaining(`[№${critical.number}]`),
    ]);
    expect(await linesOf(person)).toHaveLength(3);
    const preview = (await api.as(person).get('/notification-settings/preview').expect(200)).body;
    expect(preview).toMatchObject({ isQuiet: true, quietUntil: '2026-11-26T03:00:00.000Z' });
    expect(preview.rows).toContainEqual({
      kind: 'ticket_assigned',
      app: 'now',
      appAt: null,
      mail: 'now',
      mailAt: null,
    });
    expect(preview.rows).toContainEqual({
      kind: 'client_replied',
      app: 'now',
      appAt: null,
      mail: 'at',
      mailAt: '2026-11-26T03:00:00.000Z',
    });
    await pass({ hours: 10, minutes: 58 });
    expect(await mailsTo(person)).toHaveLength(1);
    await pass({ minutes: 2 });
    const morning = (await mailsTo(person)).slice(1);
    expect(morning.map(({ subject }) => subject)).toEqual(['Сводка по заявкам: 2']);
    expect(morning[0]!.html).toContain(`№${one.number}`);
  });

  it('R-08: a digest goes once at its hour, also with two workers, also late; what comes while it goes waits for the next', async () => {
    const person = await anEmployee(api, { teamIds: [teamId] });
    await api.as(person).patch('/me').send({ timeZone: 'Europe/Moscow' }).expect(200);
    await wish(person, {
      settings: [{ kind: 'ticket_assigned', app: 'digest', mail: 'digest' }],
      digest: 'daily',
      digestAt: '09:00',
    });
    Clock.set(new Date('2026-11-26T20:00:00Z'));
    const tickets = [await aTicket(api, { by: dispatcher }), await aTicket(api, { by: dispatcher })];
    for (const { id } of tickets) await assign(id, person);
    await pass({ hours: 1 });
    expect([await mailsTo(person), await linesOf(person)]).toEqual([[], []]);
    // Nobody has worked for three hours after the digest's hour; then two workers begin at once.
    Clock.set(new Date('2026-11-27T09:00:00Z'));
    await api.db.query(
      api.system,
      `INSERT INTO outbox (id, "eventId", name, handler, payload, "dueAt", "createdAt") SELECT gen_random_uuid(), gen_random_uuid(), name, handler, payload, "dueAt", "createdAt"
       FROM outbox WHERE name = 'notifications.tellDue' AND state = 'pending' AND payload->>'employeeId' = $1`,
      [person.id],
    );
    await Promise.all([api.drain(), api.drain(), api.drain()]);
    expect((await mailsTo(person)).map(({ subject }) => subject)).toEqual(['Сводка по заявкам: 2']);
    expect(await linesOf(person)).toHaveLength(2);
    // A twin of the digest that has gone.
    const late = await aTicket(api, { by: dispatcher });
    await assign(late.id, person);
    await api.drain();
    await api.db.query(
      api.system,
      `UPDATE notification SET "dueAt" = '2026-11-27T06:00:00Z' WHERE "isWaiting" AND "recipientId" = $1`,
      [person.id],
    );
    await api.db.query(
      api.system,
      `UPDATE outbox SET "dueAt" = '2026-11-27T06:00:00Z' WHERE name = 'notifications.tellDue' AND state = 'pending'`,
    );
    await api.drain();
    expect(await mailsTo(person)).toHaveLength(1);
    await pass({ days: 1 });
    expect((await mailsTo(person)).map(({ subject }) => subject)).toEqual([
      'Сводка по заявкам: 2',
      'Сводка по заявкам: 1',
    ]);
  });

  it('R-08: new settings move what waits; a ticket that is muted is silent, but for what may not be switched off', async () => {
    const person = await anEmployee(api, { teamIds: [teamId] });
    const admin = await anEmployee(api, { role: 'admin' });
    await wish(person, { settings: [{ kind: 'ticket_assigned', app: 'now', mail: 'digest' }] });
    const ticket = await aTicket(api, { by: dispatcher });
    await assign(ticket.id, person);
    await pass({ minutes: 1 });
    expect(await mailsTo(person)).toEqual([]);
    await wish(person, { settings: [{ kind: 'ticket_assigned', app: 'now', mail: 'now' }] });
    await pass({ seconds: 5 });
    expect((await mailsTo(person)).map(({ subject }) => subject)).toEqual(['Сводка по заявкам: 1']);
    await api.as(person).put(`/tickets/${ticket.id}/mute`).expect(200, { isMuted: true });
    await note(ticket.id, dispatcher);
    await pass({ minutes: 2 });
    expect((await linesOf(person)).flatMap(({ events }) => events.map(({ kind }) => kind))).toEqual([
      'ticket_assigned',
    ]);
    await api.as(person).put('/notification-defaults').send({ tellsSubstitutes: true }).expect(403);
    const fixed = { kind: 'comment_added', app: 'now', mail: 'off', appLocked: true, mailLocked: false };
    await api
      .as(admin)
      .put('/notification-defaults')
      .send({ defaults: [fixed] })
      .expect(200);
    await note(ticket.id, dispatcher);
    await api.drain();
    expect(await linesOf(person)).toHaveLength(2);
    await wish(person, { settings: [{ kind: 'comment_added', app: 'off', mail: 'off' }] });
    const mine = (await api.as(person).get('/notification-settings').expect(200)).body.settings as {
      kind: string;
      app: string;
    }[];
    expect(mine.find(({ kind }) => kind === 'comment_added')).toMatchObject({ app: 'now', appLocked: true });
    const wrong = { quietHours: [{ days: [8], from: '25:00', to: '08:00' }], digestAt: '9' };
    const answer = await api.as(person).put('/notification-settings').send(wrong).expect(422);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      expect.arrayContaining(['/digestAt', '/quietHours/0/days', '/quietHours/0/from']),
    );
  });

  it('R-08: whoever stands in for an absent responsible hears what he would, and why', async () => {
    const [away, deputy] = [
      await anEmployee(api, { name: 'Иванов И.', teamIds: [teamId] }),
      await anEmployee(api, { teamIds: [teamId] }),
    ];
    const ticket = await aTicket(api, { by: dispatcher, teamId, assigneeId: away.id });
    await pass({ minutes: 2 });
    const at = (hours: number) => new Date(Clock.now().getTime() + hours * 3_600_000).toISOString();
    await api
      .as(away)
      .post('/absences')
      .send({ employeeId: away.id, from: at(-1), to: at(5), reason: 'vacation', substituteId: deputy.id })
      .expect(201);
    await note(ticket.id, dispatcher);
    await api.drain();
    expect(await linesOf(deputy)).toMatchObject([{ ticket: { id: ticket.id }, reason: 'вы замещаете: Иванов И.' }]);
  });

  it('R-08: what is done automatically because of a person’s deed is his own deed', async () => {
    const [doer, other] = [await anEmployee(api, { teamIds: [teamId] }), await anEmployee(api, { teamIds: [teamId] })];
    const observers = [doer, other].map(({ id }) => ({ kind: 'employee' as const, id }));
    const ticket = await aTicket(api, { by: dispatcher, teamId, observers });
    await pass({ minutes: 2 });
    const heard = async (person: Employee) =>
      (await linesOf(person)).flatMap(({ events }) => events.map(({ kind }) => kind));
    const before = await heard(doer);
    const rule = {
      ...api.system,
      cause: { kind: 'rule', id: ticket.id, name: 'правило' } as const,
      initiatorId: doer.id,
    };
    await api.get(Comments).add(rule, ticket.id, { text: 'Напоминание', audience: ['internal'] });
    await api.drain();
    expect(await heard(doer)).toEqual(before);
    expect(await heard(other)).toContain('comment_added');
  });

  it('R-08: a macro tells whom it names, with its own name as the reason, and not the one who runs it', async () => {
    const [one, two] = [await anEmployee(api, { teamIds: [teamId] }), await anEmployee(api, { teamIds: [teamId] })];
    const ticket = await aTicket(api, { by: dispatcher, teamId });
    await pass({ minutes: 2 });
    const ctx = { ...(await api.ctx(two)), cause: { kind: 'macro', id: ticket.id, name: 'Позвать' } as const };
    const to = { to: 'employees', text: 'Нужна вторая пара рук' };
    const action = (employeeIds: string[]) => [{ action: 'notify', params: { ...to, employeeIds } }];
    expect(await api.get(TicketActions).problems(ctx, action([]), { place: 'macro' })).toMatchObject([
      { code: 'notifications.employeesMissing' },
    ]);
    await api.db.tx(ctx, (ctx) => api.get(TicketActions).run(ctx, ticket.id, action([one.id, two.id])));
    const text = `Заявка №${ticket.number}: Нужна вторая пара рук`;
    const notices = async (person: Employee) =>
      (await linesOf(person)).flatMap(({ events }) => events.filter(({ kind }) => kind === 'rule_notice'));
    expect(await notices(one)).toMatchObject([{ text, reason: 'так велит макрос «Позвать»' }]);
    expect(await notices(two)).toEqual([]);
    await pass({ seconds: 16 });
    expect((await mailsTo(one)).at(-1)).toMatchObject({
      subject: text,
      html: expect.stringContaining('макрос «Позвать»'),
    });
  });
});
