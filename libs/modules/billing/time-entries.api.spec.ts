import { aTimeEntry } from './testing';
import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { BillingModule } from './billing.module';
import { dayOf } from './time-rules';

describe('worked time', () => {
  let api: TestApi;
  let admin: TestEmployee;
  let engineer: TestEmployee;
  let teamId: string;
  beforeAll(async () => {
    api = await startApi(BillingModule);
    teamId = (await aTeam(api)).id;
    admin = await anEmployee(api, { role: 'admin' });
    engineer = await anEmployee(api, { role: 'engineer', teamIds: [teamId] });
  });
  afterAll(() => api.close());

  const entriesOf = async (ticketId: string, by = admin) =>
    (await api.as(by).get(`/tickets/${ticketId}/time-entries`).expect(200)).body.data as {
      id: string;
      seconds: number;
      employee: { id: string };
      can: { edit: boolean };
    }[];
  const post = (ticketId: string | number, body: object, by: TestEmployee = engineer) =>
    api.as(by).post(`/tickets/${ticketId}/time-entries`).send(body);
  const today = () => dayOf(api.system.now(), 'Europe/Moscow');

  it.each([
    ['2 ч. 30 мин.', 9000],
    ['2:30', 9000],
    ['2,5 часа', 9000],
    ['2.5h', 9000],
    [5400, 5400],
  ])('B-01: an entry of %j', async (spent, seconds) => {
    const ticket = await aTicket(api, { teamId });
    const { body } = await post(ticket.number, { spent, comment: ' Заменил блок питания ' }).expect(201);
    expect(body).toMatchObject({
      seconds,
      workedOn: today(),
      comment: 'Заменил блок питания',
      employee: { id: engineer.id },
      createdBy: { id: engineer.id },
      ticket: { id: ticket.id, number: ticket.number },
      source: 'hand',
      can: { edit: true },
      warnings: [],
    });
    expect(await entriesOf(ticket.id)).toMatchObject([{ id: body.id, seconds }]);
  });

  it('B-01: time and comment in one line', async () => {
    const ticket = await aTicket(api, { teamId });
    const { body } = await post(ticket.id, { line: '30м удалённо перезапустил кассу' }).expect(201);
    expect(body).toMatchObject({ seconds: 1800, spent: '30 мин.', comment: 'удалённо перезапустил кассу' });
  });

  it('B-01: a refusal says in words what is wrong, in the language asked', async () => {
    const ticket = await aTicket(api, { teamId });
    const answer = await post(ticket.id, { spent: '30' }).expect(422);
    expect(answer.body.errors).toEqual([
      { pointer: '/spent', code: 'billing.spentWithoutUnit', message: expect.stringContaining('часы это или минуты') },
    ]);
    const english = await post(ticket.id, { line: 'fixed it' }).set('accept-language', 'en').expect(422);
    expect(english.body.errors[0]).toMatchObject({ pointer: '/line', message: expect.stringContaining('not clear') });
  });

  it.each([
    [{}, '/spent'],
    [{ spent: null }, '/spent'],
    [{ spent: ['1ч'] }, '/spent'],
    [{ spent: { hours: 1 } }, '/spent'],
    [{ spent: 0 }, '/spent'],
    [{ spent: -60 }, '/spent'],
    [{ spent: 1.5 }, '/spent'],
    [{ spent: 86_401 }, '/spent'],
    [{ spent: 'x'.repeat(100_000) }, '/spent'],
    [{ spent: '1ч', line: '1ч' }, '/line'],
    [{ spent: '1ч', workedOn: '2026-02-30' }, '/workedOn'],
    [{ spent: '1ч', workedOn: '2999-01-01' }, '/workedOn'],
    [{ spent: '1ч', startedAt: 'вчера' }, '/startedAt'],
    [{ spent: '1ч', startedAt: '2999-01-01T00:00:00Z' }, '/startedAt'],
    [{ spent: '1ч', startedAt: '2026-01-05T10:00:00Z', workedOn: '2026-01-06' }, '/workedOn'],
    [{ spent: '1ч', comment: 'а\u0000б' }, '/comment'],
    [{ spent: '1ч', comment: 'x'.repeat(2001) }, '/comment'],
    [{ spent: '1ч', seconds: 60 }, '/seconds'],
    [{ spent: '1ч', employeeId: 'me' }, '/employeeId'],
  ])('B-01: refuses %.60j and writes nothing', async (body, pointer) => {
    const ticket = await aTicket(api, { teamId });
    const answer = await post(ticket.id, body).expect(422);
    expect(answer.body.errors[0].pointer).toBe(pointer);
    expect(await entriesOf(ticket.id)).toEqual([]);
  });

  it('B-01: the day of work is the organisation’s, not the server’s', async () => {
    const ticket = await aTicket(api, { teamId });
    const { body } = await post(ticket.id, { spent: '1ч', startedAt: '2026-01-04T22:30:00Z' }).expect(201);
    expect(body).toMatchObject({ workedOn: '2026-01-05', endedAt: '2026-01-04T23:30:00.000Z' });
  });

  it('B-01: several engineers on one ticket; the sums say who how much', async () => {
    const ticket = await aTicket(api, { teamId });
    const second = await anEmployee(api, { role: 'engineer', teamIds: [teamId] });
    await post(ticket.id, { spent: '1ч' }).expect(201);
    await post(ticket.id, { spent: '20м' }).expect(201);
    await post(ticket.id, { spent: '30м' }, second).expect(201);
    const { body } = await api.as(engineer).get(`/tickets/${ticket.number}/time-summary`).expect(200);
    expect(body).toEqual({
      spentSeconds: 6600,
      withChildrenSeconds: 6600,
      people: [
        { id: engineer.id, name: engineer.name, seconds: 4800, entries: 2 },
        { id: second.id, name: second.name, seconds: 1800, entries: 1 },
      ],
    });
    const card = await api.as(engineer).get(`/tickets/${ticket.id}`).expect(200);
    expect(card.body.time).toEqual({ spentSeconds: 6600, withChildrenSeconds: 6600 });
  });

  it('B-01: for a colleague only with the right to do so', async () => {
    const ticket = await aTicket(api, { teamId });
    await post(ticket.id, { spent: '1ч', employeeId: admin.id }).expect(403);
    const dispatcher = await anEmployee(api, { role: 'dispatcher' });
    const { body } = await post(ticket.id, { spent: '1ч', employeeId: engineer.id }, dispatcher).expect(201);
    expect(body).toMatchObject({ employee: { id: engineer.id }, createdBy: { id: dispatcher.id } });
    const unknown = await post(ticket.id, { spent: '1ч', employeeId: newId() }, dispatcher).expect(422);
    expect(unknown.body.errors[0]).toMatchObject({ pointer: '/employeeId', code: 'billing.employeeUnknown' });
  });

  it('B-01: hours that meet another entry are kept and told; those that only touch are not', async () => {
    const person = await anEmployee(api, { role: 'engineer', teamIds: [teamId] });
    const [first, second] = [await aTicket(api, { teamId }), await aTicket(api, { teamId })];
    const { body: present } = await post(first.id, { spent: '1ч', startedAt: '2026-01-05T09:00:00Z' }, person).expect(
      201,
    );
    const met = await post(second.id, { spent: '1ч', startedAt: '2026-01-05T09:30:00Z' }, person).expect(201);
    expect(met.body.warnings).toEqual([
      { code: 'overlap', entryId: present.id, message: expect.stringContaining(String(first.number)) },
    ]);
    const touching = await post(second.id, { spent: '30м', startedAt: '2026-01-05T10:30:00Z' }, person).expect(201);
    expect(touching.body.warnings).toEqual([]);
    const other = await post(second.id, { spent: '1ч', startedAt: '2026-01-05T09:30:00Z' }).expect(201);
    expect(other.body.warnings).toEqual([]);
    await post(first.id, { spent: '23ч', workedOn: '2026-01-05' }, person)
      .expect(201)
      .then(({ body }) => expect(body.warnings).toMatchObject([{ code: 'dayTooLong', entryId: null }]));
  });

  it('B-01: the author changes his entry within the window, later only whoever may change any', async () => {
    const ticket = await aTicket(api, { teamId });
    const { id } = await aTimeEntry(api, engineer, ticket.id);
    const patch = (by: TestEmployee, version: number, body: object) =>
      api.as(by).patch(`/time-entries/${id}`).set('if-match', `"${version}"`).send(body);
    const changed = await patch(engineer, 1, { spent: '45м', comment: 'дольше' }).expect(200);
    expect(changed.body).toMatchObject({ seconds: 2700, comment: 'дольше', version: 2 });
    await patch(engineer, 1, { spent: '1ч' }).expect(412);
    const colleague = await anEmployee(api, { role: 'engineer', teamIds: [teamId] });
    await patch(colleague, 2, { spent: '1ч' }).expect(403);
    await api.as(colleague).delete(`/time-entries/${id}`).expect(403);
    await api.advance({ hours: 73 });
    const late = await patch(engineer, 2, { spent: '1ч' }).expect(409);
    expect(late.body.code).toBe('billing.editWindowOver');
    expect((await entriesOf(ticket.id, engineer))[0]?.can).toEqual({ edit: false });
    await api.as(engineer).delete(`/time-entries/${id}`).expect(409);
    await patch(admin, 2, { spent: '1ч' }).expect(200);
    await api.as(admin).delete(`/time-entries/${id}`).expect(204);
    await api.as(admin).get(`/time-entries/${id}`).expect(404);
    const { body } = await api.as(engineer).get(`/tickets/${ticket.id}/time-summary`).expect(200);
    expect(body).toMatchObject({ spentSeconds: 0, people: [] });
  });

  it('B-01: nobody changes a closed period, whatever he may', async () => {
    const ticket = await aTicket(api, { teamId });
    const accountant = await anEmployee(api, { role: 'accountant' });
    const { id } = await aTimeEntry(api, engineer, ticket.id, { workedOn: '2026-01-10' });
    await api.as(engineer).put('/time-settings').send({ lockedUntil: '2026-01-31' }).expect(403);
    const locked = await api.as(accountant).put('/time-settings').send({ lockedUntil: '2026-01-31' }).expect(200);
    expect(locked.body).toMatchObject({ lockedUntil: '2026-01-31', editWindowHours: 72 });
    const late = await post(ticket.id, { spent: '1ч', workedOn: '2026-01-31' }).expect(409);
    expect(late.body).toMatchObject({ code: 'billing.periodLocked', title: expect.stringContaining('2026-01-31') });
    await post(ticket.id, { spent: '1ч', workedOn: '2026-02-01' }).expect(201);
    await api.as(admin).delete(`/time-entries/${id}`).expect(409);
    await api
      .as(admin)
      .patch(`/time-entries/${id}`)
      .set('if-match', '"1"')
      .send({ workedOn: '2026-02-02' })
      .expect(409);
    const free = await aTimeEntry(api, engineer, ticket.id);
    await api
      .as(engineer)
      .patch(`/time-entries/${free.id}`)
      .set('if-match', '"1"')
      .send({ workedOn: '2026-01-31' })
      .expect(409);
    await api.as(accountant).put('/time-settings').send({ lockedUntil: null }).expect(200);
    await api.as(admin).delete(`/time-entries/${id}`).expect(204);
  });

  it('B-01: days to come cannot be closed, today by the organisation’s calendar can', async () => {
    const accountant = await anEmployee(api, { role: 'accountant' });
    const lock = (lockedUntil: string | null) => api.as(accountant).put('/time-settings').send({ lockedUntil });
    const tomorrow = new Date(Date.parse(today()) + 86_400_000).toISOString().slice(0, 10);
    for (const day of [tomorrow, '8999-12-31']) {
      const { body } = await lock(day).expect(422);
      expect(body.errors).toEqual([
        {
          pointer: '/lockedUntil',
          code: 'billing.lockedUntilInFuture',
          message: expect.stringContaining(today()) as string,
        },
      ]);
    }
    await lock(today()).expect(200);
    const ticket = await aTicket(api, { teamId });
    await post(ticket.id, { spent: '1ч' }).expect(409);
    await lock(null).expect(200);
  });

  it('B-01: the ticket’s history tells of every entry', async () => {
    const ticket = await aTicket(api, { teamId });
    const { id } = await aTimeEntry(api, engineer, ticket.id, { comment: 'выезд' });
    await api.as(engineer).patch(`/time-entries/${id}`).set('if-match', '"1"').send({ spent: '1:30' }).expect(200);
    await api.as(engineer).delete(`/time-entries/${id}`).expect(204);
    const { body } = await api.as(admin).get(`/tickets/${ticket.id}/history`).expect(200);
    const lines = body.data
      .filter(({ field }: { field: string }) => field === 'timeEntries')
      .map(({ before, after }: { before: string; after: string }) => [before, after]);
    const [half, more] = ['0:30', '1:30'].map((spent) => `${spent} · ${engineer.name} · ${today()} · выезд`);
    expect(lines).toEqual([
      [more, null],
      [half, more],
      [null, half],
    ]);
  });

  it('T-13: time of the tickets below is summed up, and follows a ticket to another parent', async () => {
    const [top, other] = [await aTicket(api, { teamId }), await aTicket(api, { teamId })];
    const middle = await aTicket(api, { teamId, parentId: top.id });
    const low = await aTicket(api, { teamId, parentId: middle.id });
    await aTimeEntry(api, engineer, low.id, { spent: '1ч' });
    await aTimeEntry(api, engineer, middle.id, { spent: '10м' });
    const sums = async (id: string) => (await api.as(admin).get(`/tickets/${id}/time-summary`).expect(200)).body;
    expect(await sums(top.id)).toMatchObject({ spentSeconds: 0, withChildrenSeconds: 4200 });
    const { body } = await api.as(admin).get(`/tickets/${middle.id}`).expect(200);
    await api
      .as(admin)
      .patch(`/tickets/${middle.id}`)
      .set('if-match', `"${body.version}"`)
      .send({ parentId: other.id })
      .expect(200);
    await api.drain();
    expect(await sums(top.id)).toMatchObject({ withChildrenSeconds: 0 });
    expect(await sums(other.id)).toMatchObject({ spentSeconds: 0, withChildrenSeconds: 4200 });
    expect(await sums(low.id)).toMatchObject({ spentSeconds: 3600, withChildrenSeconds: 3600 });
  });

  it('B-01: entries at the same time on two children of one parent both count', async () => {
    const top = await aTicket(api, { teamId });
    const children = [
      await aTicket(api, { teamId, parentId: top.id }),
      await aTicket(api, { teamId, parentId: top.id }),
    ];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => post(children[index % 2]!.id, { spent: '6м' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    const { body } = await api.as(admin).get(`/tickets/${top.id}/time-summary`).expect(200);
    expect(body.withChildrenSeconds).toBe(3600);
  });

  it('B-01: lists of one’s own and of all, by period and words, in pages, with sums', async () => {
    const person = await anEmployee(api, { role: 'engineer', teamIds: [teamId], name: 'Учётов' });
    const ticket = await aTicket(api, { teamId, subject: 'Кассовый узел' });
    for (const day of ['2026-02-02', '2026-02-03', '2026-02-04'])
      await aTimeEntry(api, person, ticket.id, { spent: '1ч', workedOn: day, comment: `работа ${day}` });
    const at = `/time-entries?employeeId=${person.id}&from=2026-02-02&to=2026-02-04`;
    const first = await api.as(person).get(`${at}&limit=2`).expect(200);
    expect(first.body.data.map(({ workedOn }: { workedOn: string }) => workedOn)).toEqual(['2026-02-04', '2026-02-03']);
    const rest = await api.as(person).get(`${at}&limit=2&cursor=${first.body.page.next}`).expect(200);
    expect(rest.body).toMatchObject({ data: [{ workedOn: '2026-02-02' }], page: { next: null } });
    const totals = await api.as(person).get(at.replace('?', '/totals?')).expect(200);
    expect(totals.body).toMatchObject({
      seconds: 10_800,
      entries: 3,
      people: [{ id: person.id, name: 'Учётов', seconds: 10_800, entries: 3 }],
      days: [{ day: '2026-02-04', seconds: 3600 }, { day: '2026-02-03' }, { day: '2026-02-02' }],
    });
    const found = await api.as(admin).get('/time-entries').query({ q: 'кассовый', employeeId: person.id }).expect(200);
    expect(found.body.data).toHaveLength(3);
    const none = await api.as(admin).get('/time-entries').query({ q: '100%_', employeeId: person.id }).expect(200);
    expect(none.body.data).toEqual([]);
    await api.as(admin).get('/time-entries?cursor=WyJ4IiwiMDE5Il0').expect(400);
    await api.as(admin).get('/time-entries?from=2026-13-01').expect(422);
  });

  it('B-01: nobody sees time on tickets he may not see, and everybody his own', async () => {
    const ticket = await aTicket(api, { teamId, subject: 'Тайная заявка' });
    const { id } = await aTimeEntry(api, engineer, ticket.id);
    const outsider = await anEmployee(api, { role: 'field_engineer' });
    await api.as(outsider).get(`/tickets/${ticket.id}/time-entries`).expect(404);
    await api.as(outsider).get(`/time-entries/${id}`).expect(404);
    await api.as(outsider).patch(`/time-entries/${id}`).set('if-match', '"1"').send({ spent: '2ч' }).expect(404);
    await api.as(outsider).delete(`/time-entries/${id}`).expect(404);
    await post(ticket.id, { spent: '1ч' }, outsider).expect(404);
    const listed = await api.as(outsider).get('/time-entries?q=тайная').expect(200);
    expect(listed.body.data).toEqual([]);
    await api.db.query(api.system, 'UPDATE ticket SET "teamId" = $2 WHERE id = $1', [ticket.id, (await aTeam(api)).id]);
    const own = await api.as(engineer).get(`/time-entries/${id}`).expect(200);
    expect(own.body).toMatchObject({ ticket: null, can: { edit: false } });
  });

  it('B-01: contacts and strangers have no way in', async () => {
    const contact = await aContact(api, { companyId: (await aCompany(api)).id });
    const ticket = await aTicket(api, { contactId: contact.id });
    await api.anonymous.get(`/tickets/${ticket.id}/time-entries`).expect(401);
    await api.as(contact).get(`/tickets/${ticket.id}/time-entries`).expect(403);
    await api.as(contact).post(`/tickets/${ticket.id}/time-entries`).send({ spent: '1ч' }).expect(403);
    await api.as(contact).get('/time-entries').expect(403);
  });

  it('B-01: the list of tickets filters and sorts by worked time', async () => {
    const [none, little, much] = [
      await aTicket(api, { teamId }),
      await aTicket(api, { teamId }),
      await aTicket(api, { teamId }),
    ];
    await aTimeEntry(api, engineer, little.id, { spent: '10м' });
    await aTimeEntry(api, engineer, much.id, { spent: '23ч' });
    const of = [none, little, much].map(({ number }) => number);
    const find = async (q: string) => {
      const { body } = await api
        .as(admin)
        .get('/tickets')
        .query({ q: `number:${of[0]}..${of[2]} ${q}` })
        .expect(200);
      return body.data.map(({ number, time }: { number: number; time: { spentSeconds: number } | null }) => [
        number,
        time?.spentSeconds ?? null,
      ]);
    };
    expect(await find('spent:>60')).toEqual([[of[2], 82_800]]);
    expect(await find('spent:none')).toEqual([[of[0], null]]);
    expect(await find('spent:1..60')).toEqual([[of[1], 600]]);
    expect((await find('sort:-spent')).map(([number]: [number]) => number)).toEqual([of[2], of[1], of[0]]);
    const refused = await api.as(admin).get('/tickets').query({ q: 'spent:много' }).expect(422);
    expect(refused.body.code).toBe('tickets.filterInvalid');
  });
});
