import { aCalendar, DAYS } from '@opora/testing/sla';
import { aCompany, anObject } from '@opora/testing/clients';
import { anEmployee, aTeam } from '@opora/testing/people';
import { Clock } from '@opora/platform/context';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { PlanMaking } from './plan-making.service';
import { PlanMoments } from './plan-moments.service';
import type { PlannedTicketView } from './planned-tickets.views.dto';
import { PlanningModule } from './planning.module';
import { passPlanned } from './testing';

type Row = {
  state: string;
  skipKind: string | null;
  plannedAt: Date;
  ruleAt: Date;
  ticketId: string | null;
  objectId: string | null;
};

describe('planned tickets', () => {
  let api: TestApi;
  let lead: TestPerson;
  beforeAll(async () => {
    api = await startApi(PlanningModule);
    lead = await anEmployee(api, { role: 'admin' });
  });
  beforeEach(() => Clock.set(new Date('2026-03-02T05:00:00Z')));
  afterAll(() => api.close());

  const days = (count: number) => ({ days: count });
  const plan = async (more: object = {}, expected = 201): Promise<PlannedTicketView> => {
    const body = {
      name: 'Обход',
      ticket: { subject: 'Обход {{object.name}} {{date}}' },
      rule: { rrule: 'FREQ=DAILY', dtstart: '2026-03-02T09:00:00', timeZone: 'Europe/Moscow' },
      ...more,
    };
    const answer = await api.as(lead).post('/planned-tickets').send(body);
    expect(answer.status === expected ? expected : answer.body).toBe(expected);
    return answer.body as PlannedTicketView;
  };
  const rowsOf = (id: string) =>
    api.db.query<Row>(
      api.system,
      'SELECT * FROM planned_occurrence WHERE "plannedId" = $1 ORDER BY "plannedAt", "objectId"',
      [id],
    );
  const ticketsOf = (id: string) =>
    api.db.query<{
      id: string;
      subject: string;
      objectId: string | null;
      scheduledFor: Date;
      source: string;
      createdAt: Date;
      parentId: string | null;
      assigneeId: string | null;
    }>(
      api.system,
      `SELECT t.* FROM ticket t JOIN planned_occurrence o ON o.id::text = t."sourceRef" WHERE o."plannedId" = $1 ORDER BY t."scheduledFor", t.number`,
      [id],
    );
  const objects = async (count: number, companyId: string) => {
    const made: string[] = [];
    for (let index = 0; index < count; index++)
      made.push((await anObject(api, { companyId, name: `Магазин ${String(index).padStart(3, '0')}` })).id);
    return made;
  };
  const end = (id: string) => api.as(lead).delete(`/planned-tickets/${id}`).expect(204);
  const close = async (ticketId: string, category: string) => {
    const [status] = await api.db.query<{ id: string }>(
      api.system,
      `SELECT s.id FROM ticket_status s JOIN ticket t ON t."processId" = ANY(s."processIds") WHERE t.id = $1 AND s.category = $2 ORDER BY s.position LIMIT 1`,
      [ticketId, category],
    );
    return api.as(lead).post(`/tickets/${ticketId}/transition`).send({ statusId: status!.id });
  };

  it('T-17: shows the dates of a rule with their shifts and why', async () => {
    const calendarId = await aCalendar(api, {
      week: Object.fromEntries(DAYS.slice(0, 5).map((day) => [day, [{ from: '09:00', to: '18:00' }]])),
    });
    const { body } = await api
      .as(lead)
      .post('/planned-tickets/preview')
      .send({
        rule: { rrule: 'RRULE:FREQ=MONTHLY;BYMONTHDAY=1', dtstart: '2026-03-01T09:00', timeZone: 'Europe/Moscow' },
        shift: 'next_working',
        calendarId,
        count: 3,
        leadSeconds: 86_400,
      })
      .expect(200);
    expect(body.dates.map((one: { date: string }) => one.date)).toEqual([
      '2026-03-02T09:00:00',
      '2026-04-01T09:00:00',
      '2026-05-01T09:00:00',
    ]);
    expect(body.dates[0]).toMatchObject({
      at: '2026-03-02T06:00:00.000Z',
      createAt: '2026-03-01T06:00:00.000Z',
      shiftedFrom: '2026-03-01T09:00:00',
      reason: 'day_off',
    });
    expect(body.dates[0].why).toContain('следующий рабочий день');
  });

  it.each([
    [{ rule: { rrule: 'FREQ=DAILY;BYFOO=1', dtstart: '2026-03-02T09:00' } }, '/rule/rrule'],
    [{ rule: { rrule: 'FREQ=DAILY', dtstart: '2026-02-30T09:00' } }, '/rule/dtstart'],
    [{ rule: { rrule: 'FREQ=DAILY', dtstart: '2026-03-02T09:00', timeZone: 'Mars/Olympus' } }, '/rule/timeZone'],
    [{ rule: { rrule: 'FREQ=DAILY' } }, '/rule/dtstart'],
    [{ rule: { dtstart: '2026-03-02T09:00' } }, '/rule'],
    [{ rule: { rrule: 'FREQ=DAILY', afterDone: { days: 3 }, dtstart: '2026-03-02' } }, '/rule/afterDone'],
    [{ rule: { rrule: 'FREQ=DAILY', dtstart: '2026-03-02' }, shift: 'skip' }, '/calendarId'],
    [{ rule: { rrule: 'FREQ=DAILY', dtstart: '2026-03-02' }, count: 1001 }, '/count'],
    [{ rule: 'FREQ=DAILY' }, '/rule'],
  ])('T-17: a faulty rule is refused by its place: %j', async (input, pointer) => {
    const { body } = await api.as(lead).post('/planned-tickets/preview').send(input).expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it('T-17: a plan of every second is refused, an impossible one says so', async () => {
    const { errors } = (await plan(
      { rule: { rrule: 'FREQ=SECONDLY', dtstart: '2026-03-02T09:00', timeZone: 'UTC' } },
      422,
    )) as never as { errors: { pointer: string }[] };
    expect(errors).toMatchObject([{ pointer: '/rule/rrule', code: 'planning.tooOften' }]);
    const { body } = await api
      .as(lead)
      .post('/planned-tickets/preview')
      .send({ rule: { rrule: 'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31', dtstart: '2026-03-02T09:00' } });
    expect(body).toMatchObject({ dates: [], problems: [{ code: 'planning.neverComes' }] });
  });

  it('T-17, T-25: a ticket for each object at its moment, with cause, source, checklist and person', async () => {
    const company = await aCompany(api);
    const ids = await objects(2, company.id);
    const team = await aTeam(api);
    const assignee = await anEmployee(api, { teamIds: [team.id] });
    const { body: checklist } = await api
      .as(lead)
      .post('/checklist-templates')
      .send({ name: 'Осмотр', items: [{ title: 'Чисто' }] })
      .expect(201);
    const made = await plan({
      ticket: {
        subject: 'Обход: {{object.name}}',
        description: '<p>{{object.name}} {{date}}</p>',
        teamId: team.id,
        assigneeId: assignee.id,
        deadlineSeconds: 3600,
      },
      objects: { mode: 'list', ids },
      checklistTemplateId: checklist.id,
      leadSeconds: 7200,
    });
    expect(made).toMatchObject({ nextAt: '2026-03-02T06:00:00.000Z', nextCount: 2, objects: { count: 2 } });
    // Two hours ahead of the first date, which is an hour away.
    expect(await passPlanned(api, {})).toBe(2);
    expect(await passPlanned(api, {})).toBe(0);
    const first = (await ticketsOf(made.id)).find(({ objectId }) => objectId === ids[0]);
    expect(first).toMatchObject({
      subject: 'Обход: Магазин 000',
      objectId: ids[0],
      source: 'schedule',
      scheduledFor: new Date('2026-03-02T06:00:00Z'),
    });
    const { body: card } = await api.as(lead).get(`/tickets/${first!.id}`);
    expect(card).toMatchObject({
      assignee: { id: assignee.id },
      team: { id: team.id },
      deadlineAt: '2026-03-02T07:00:00.000Z',
      description: '<p>Магазин 000 02.03.2026</p>',
      company: { id: company.id },
    });
    const { body: lists } = await api.as(lead).get(`/tickets/${first!.id}/checklists`);
    expect(lists.data.map(({ name }: { name: string }) => name)).toEqual(['Осмотр']);
    const { body: history } = await api.as(lead).get(`/tickets/${first!.id}/history`);
    expect(history.data[0].cause).toMatchObject({ kind: 'schedule', name: 'Обход' });
    await end(made.id);
    expect((await rowsOf(made.id)).map(({ state }) => state)).toEqual(['created', 'created']);
  });

  it.each([
    ['all', 20, 60],
    ['last', 6, 6],
    ['skip', 6, 0],
  ])(
    'T-17: three days of downtime, %s, over %i objects: no gap and no double, with two workers',
    async (catchUp, count, expected) => {
      const company = await aCompany(api);
      await objects(count, company.id);
      const made = await plan({ objects: { mode: 'filter', companyIds: [company.id] }, catchUp });
      Clock.set(new Date('2026-03-04T21:00:00Z'));
      const worker = async (most: number) => {
        let made = 0;
        while (made < most && (await api.get(PlanMaking).makeNext(Clock.now()))) made++;
        return made;
      };
      // One of them is killed on the way: what it had begun is rolled back.
      await worker(5);
      await api.db.tx(api.system, async (ctx) => {
        await api.db.query(ctx, `SELECT 1 FROM planned_occurrence WHERE "nextAt" <= $1 LIMIT 1 FOR UPDATE`, [
          Clock.now(),
        ]);
        await Promise.all([worker(5), worker(5)]);
      });
      await Promise.all([worker(1000), worker(1000), api.get(PlanMoments).makeDue()]);
      const past = (await rowsOf(made.id)).filter(({ plannedAt }) => plannedAt <= Clock.now());
      expect(past).toHaveLength(count * 3);
      expect(past.filter(({ state }) => state === 'created')).toHaveLength(expected);
      expect(past.filter(({ state, skipKind }) => state === 'skipped' && skipKind === 'missed')).toHaveLength(
        count * 3 - expected,
      );
      const tickets = await ticketsOf(made.id);
      expect(
        new Set(tickets.map(({ objectId, scheduledFor }) => `${objectId} ${scheduledFor.toISOString()}`)).size,
      ).toBe(expected);
      expect(tickets).toHaveLength(expected);
      if (catchUp === 'last')
        expect(new Set(tickets.map(({ scheduledFor }) => scheduledFor.toISOString()))).toEqual(
          new Set(['2026-03-04T06:00:00.000Z']),
        );
      await end(made.id);
    },
  );

  it('T-17: a standstill longer than what is laid out leaves no gap either', async () => {
    const made = await plan({
      rule: { rrule: 'FREQ=WEEKLY', dtstart: '2026-03-02T09:00:00', timeZone: 'Europe/Moscow' },
    });
    expect((await rowsOf(made.id)).length).toBe(9);
    Clock.set(new Date('2026-05-21T05:00:00Z'));
    await passPlanned(api, {});
    const tickets = await ticketsOf(made.id);
    expect(tickets.map(({ scheduledFor }) => scheduledFor.getTime())).toEqual(
      Array.from({ length: 12 }, (_, week) => Date.parse('2026-03-02T06:00:00Z') + week * 7 * 86_400_000),
    );
    await end(made.id);
  });

  it('T-17: objects added later join, archived ones leave', async () => {
    const company = await aCompany(api);
    const [first, second] = await objects(2, company.id);
    const made = await plan({ objects: { mode: 'filter', companyIds: [company.id] } });
    await passPlanned(api, days(1));
    const third = await anObject(api, { companyId: company.id });
    await passPlanned(api, {});
    await api
      .as(lead)
      .post(`/service-objects/${first}/archive`)
      .send({})
      .expect((answer) => expect(answer.status).toBeLessThan(300));
    await passPlanned(api, days(1));
    const byDay = (day: string) =>
      ticketsOf(made.id).then((all) =>
        all
          .filter(({ scheduledFor }) => scheduledFor.toISOString().startsWith(day))
          .map(({ objectId }) => objectId)
          .sort(),
      );
    expect(await byDay('2026-03-02')).toEqual([first, second].sort());
    expect(await byDay('2026-03-03')).toEqual([second, third.id].sort());
    const left = (await rowsOf(made.id)).filter(({ objectId, state }) => objectId === first && state === 'planned');
    expect(left).toEqual([]);
    await end(made.id);
  });

  it('T-17: one parent with a child for each object', async () => {
    const company = await aCompany(api);
    const ids = await objects(3, company.id);
    const made = await plan({
      objects: { mode: 'list', ids },
      fanOut: 'one_group',
      ticket: { subject: 'Обход {{object.name}}' },
    });
    await passPlanned(api, { hours: 2 });
    const tickets = await ticketsOf(made.id);
    const parent = tickets.find(({ parentId }) => !parentId)!;
    expect(tickets).toHaveLength(4);
    expect(parent).toMatchObject({ subject: 'Обход', objectId: null });
    expect(
      tickets
        .filter(({ parentId }) => parentId === parent.id)
        .map(({ objectId }) => objectId)
        .sort(),
    ).toEqual([...ids].sort());
    await end(made.id);
  });

  it('T-17: n days after the last done, by each object', async () => {
    const company = await aCompany(api);
    const ids = await objects(2, company.id);
    const made = await plan({
      objects: { mode: 'list', ids },
      rule: { afterDone: { days: 10 }, dtstart: '2026-03-02T09:00:00', timeZone: 'Europe/Moscow' },
    });
    await passPlanned(api, { hours: 2 });
    const [one, other] = await ticketsOf(made.id);
    expect(await rowsOf(made.id)).toHaveLength(2);
    await passPlanned(api, days(4));
    expect((await close(one!.id, 'done')).status).toBeLessThan(300);
    await api.drain();
    const next = () => rowsOf(made.id).then((rows) => rows.filter(({ state }) => state === 'planned'));
    expect(await next()).toMatchObject([{ objectId: one!.objectId, plannedAt: new Date('2026-03-16T06:00:00Z') }]);
    // Reopened: it was not done after all.
    expect((await close(one!.id, 'in_work')).status).toBeLessThan(300);
    await api.drain();
    expect(await next()).toEqual([]);
    await passPlanned(api, days(2));
    await close(one!.id, 'done');
    await close(other!.id, 'done');
    await api.drain();
    expect((await next()).map(({ plannedAt }) => plannedAt.toISOString())).toEqual([
      '2026-03-18T06:00:00.000Z',
      '2026-03-18T06:00:00.000Z',
    ]);
    await passPlanned(api, days(11));
    expect(await ticketsOf(made.id)).toHaveLength(4);
    await end(made.id);
  });

  it('T-17: a new rule lays out what is to come anew; what was made and decided stays', async () => {
    const made = await plan({
      rule: { rrule: 'FREQ=WEEKLY;BYDAY=MO,TH', dtstart: '2026-03-02T09:00:00', timeZone: 'Europe/Moscow' },
    });
    await passPlanned(api, { hours: 2 });
    const rows = await rowsOf(made.id);
    const id = (index: number) => (rows[index] as unknown as { id: string }).id;
    await api
      .as(lead)
      .post(`/planned-occurrences/${id(1)}/skip`)
      .send({ reason: 'Праздник у клиента' })
      .expect(200);
    await api
      .as(lead)
      .post(`/planned-occurrences/${id(2)}/move`)
      .send({ to: '2026-03-10T06:00:00Z', reason: 'Просьба клиента' })
      .expect(200);
    await api
      .as(lead)
      .post(`/planned-occurrences/${id(0)}/skip`)
      .send({ reason: 'Поздно' })
      .expect(409);
    const rule = { rrule: 'FREQ=WEEKLY;BYDAY=MO,TH,FR', dtstart: '2026-03-02T09:00:00', timeZone: 'Europe/Moscow' };
    const { body: check } = await api.as(lead).post('/planned-tickets/check').send({ id: made.id, rule }).expect(200);
    expect(check.changes).toMatchObject({ added: 9, removed: 0, made: 1 });
    await api.as(lead).patch(`/planned-tickets/${made.id}`).set('if-match', '"7"').send({ rule }).expect(412);
    await api.as(lead).patch(`/planned-tickets/${made.id}`).set('if-match', '"1"').send({ rule }).expect(200);
    const after = await rowsOf(made.id);
    expect(after.slice(0, 5).map(({ state, plannedAt }) => `${state} ${plannedAt.toISOString().slice(0, 10)}`)).toEqual(
      ['created 2026-03-02', 'skipped 2026-03-05', 'planned 2026-03-06', 'planned 2026-03-10', 'planned 2026-03-12'],
    );
    expect(after).toHaveLength(rows.length + 9);
    // Another time of day makes no second ticket today.
    const later = { ...rule, dtstart: '2026-03-02T18:00:00' };
    await api.as(lead).patch(`/planned-tickets/${made.id}`).set('if-match', '"2"').send({ rule: later }).expect(200);
    const today = (await rowsOf(made.id)).filter(({ plannedAt }) => plannedAt.toISOString().startsWith('2026-03-02'));
    expect(today.map(({ state }) => state)).toEqual(['created']);
    await end(made.id);
  });

  it('T-17: nothing is made while a plan is paused, nor made up for afterwards', async () => {
    const made = await plan();
    await api.as(lead).post(`/planned-tickets/${made.id}/pause`).expect(200);
    expect(await passPlanned(api, days(3))).toBe(0);
    await api.as(lead).post(`/planned-tickets/${made.id}/resume`).expect(200);
    expect(await passPlanned(api, days(1))).toBe(1);
    expect((await rowsOf(made.id)).slice(0, 4).map(({ state, skipKind }) => skipKind ?? state)).toEqual([
      'paused',
      'paused',
      'paused',
      'created',
    ]);
    await end(made.id);
  });

  it('T-17: a person who has left does not stop the work; what cannot be made is told and tried again', async () => {
    const assignee = await anEmployee(api);
    const company = await aCompany(api);
    const made = await plan({ ticket: { subject: 'Обход', assigneeId: assignee.id, companyId: company.id } });
    await api.db.query(api.system, 'UPDATE employee SET "isActive" = false WHERE id = $1', [assignee.id]);
    expect(await passPlanned(api, { hours: 2 })).toBe(1);
    expect(await ticketsOf(made.id)).toMatchObject([{ assigneeId: null }]);
    await api.db.query(api.system, 'UPDATE company SET "archivedAt" = now() WHERE id = $1', [company.id]);
    await passPlanned(api, days(1));
    for (const hours of [1, 1, 2]) await passPlanned(api, { hours });
    const { body } = await api
      .as(lead)
      .get(`/planned-occurrences?from=2026-03-01T00:00:00Z&to=2026-03-04T00:00:00Z&plannedId=${made.id}`)
      .expect(200);
    expect(body.data.map(({ state, reason }: { state: string; reason: string }) => `${state}: ${reason}`)).toEqual([
      'overdue: Создана без полей: Ответственный',
      'failed: Компания в архиве; Нет такого сотрудника',
    ]);
    await api.db.query(api.system, 'UPDATE company SET "archivedAt" = NULL WHERE id = $1', [company.id]);
    await api.as(lead).post(`/planned-occurrences/${body.data[1].id}/retry`).expect(200);
    await passPlanned(api, {});
    expect((await ticketsOf(made.id)).map(({ scheduledFor }) => scheduledFor.toISOString().slice(0, 10))).toEqual(
      expect.arrayContaining(['2026-03-02', '2026-03-03']),
    );
    await end(made.id);
  });

  it('T-17: the calendar shows dates of a plan at one moment as one', async () => {
    const company = await aCompany(api);
    const ids = await objects(3, company.id);
    const made = await plan({ objects: { mode: 'list', ids } });
    await passPlanned(api, { hours: 2 });
    const ask = (path: string) =>
      api
        .as(lead)
        .get(`${path}from=2026-03-02T00:00:00Z&to=2026-03-05T00:00:00Z&plannedId=${made.id}`)
        .expect(200)
        .then(({ body }) => body);
    const { data } = await ask('/planned-occurrences/calendar?');
    expect(data).toMatchObject([
      { total: 3, countOverdue: 3, state: 'overdue', planned: { name: 'Обход' } },
      { total: 3, countPlanned: 3, state: 'planned' },
      { total: 3, countPlanned: 3, state: 'planned' },
    ]);
    await api
      .as(lead)
      .post(`/planned-occurrences/${data[1].occurrenceId}/move`)
      .send({ to: '2026-03-04T08:00:00Z', reason: 'Вместе', withGroup: true })
      .expect(200, { count: 3 });
    expect((await ask('/planned-occurrences/calendar?')).data.map(({ at }: { at: string }) => at)).toEqual([
      '2026-03-02T06:00:00.000Z',
      '2026-03-04T06:00:00.000Z',
      '2026-03-04T08:00:00.000Z',
    ]);
    const firstPage = await ask('/planned-occurrences?limit=2&');
    const secondPage = await ask(`/planned-occurrences?limit=200&cursor=${firstPage.page.next}&`);
    expect([...firstPage.data, ...secondPage.data].map(({ id }: { id: string }) => id)).toHaveLength(9);
    expect((await ask(`/planned-occurrences?objectId=${ids[0]}&states=overdue&`)).data).toMatchObject([
      { object: { id: ids[0] }, ticket: { number: expect.any(Number) } },
    ]);
    await end(made.id);
  });

  it('T-17: who may not manage plans changes none', async () => {
    const made = await plan();
    const engineer = await anEmployee(api);
    await api.as(engineer).get(`/planned-tickets/${made.id}`).expect(200);
    await api.as(engineer).delete(`/planned-tickets/${made.id}`).expect(403);
    await api.as(engineer).post('/planned-tickets').send({}).expect(403);
    const accountant = await anEmployee(api, { role: 'accountant' });
    await api.as(accountant).get('/planned-tickets').expect(403);
    await api.anonymous.get('/planned-tickets').expect(401);
    await end(made.id);
    await api.as(lead).delete(`/planned-tickets/${made.id}`).expect(409);
    const { body } = await api.as(lead).get('/planned-tickets?state=archived&q=Обход&limit=1').expect(200);
    expect(body.data).toHaveLength(1);
    expect(body.page.next).toEqual(expect.any(String));
  });
});
