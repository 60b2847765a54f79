import { startApi, type TestApi } from '@opora/platform/testing';
import { aCompany, anObject } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { DispatchModule } from './dispatch.module';
import { anEngineerProfile, aSkill, aZone } from './testing';

type Ticket = { id: string; number: number };
type Block = { from: string; to: string; ticket: Ticket | null; travel: { minutes: number; isTight: boolean } | null };
type Person = {
  id: string;
  openCount: number;
  overdueCount: number;
  load: { plannedSeconds: number; capacitySeconds: number }[];
  blocks: Block[];
  absences: object[];
} & Record<string, unknown>;
type BoardBody = { people: Person[]; days: { date: string; from: string }[] };
type Suggested = {
  id: string;
  isFit: boolean;
  travelMinutes: number | null;
  reasons: { code: string; message: string }[];
} & Record<string, unknown>;

const HOUR = 3600;
/** A Tuesday; the organisation lives in Moscow. */
const DAY = '2031-03-04';
const at = (time: string, day = DAY): string => `${day}T${time}:00.000Z`;

describe('R-03: the board', () => {
  let api: TestApi;
  let team: { id: string };
  let lead: TestEmployee;
  let near: TestEmployee;
  let far: TestEmployee;
  let dispatcher: TestEmployee;
  let company: { id: string };
  let object: { id: string };

  beforeAll(async () => {
    api = await startApi(DispatchModule);
    team = await aTeam(api);
    lead = await anEmployee(api, { role: 'line_lead', teamIds: [team.id], name: 'Лебедев' });
    near = await anEmployee(api, { role: 'field_engineer', teamIds: [team.id], name: 'Ближний' });
    far = await anEmployee(api, { role: 'field_engineer', teamIds: [team.id], name: 'Дальний' });
    dispatcher = await anEmployee(api, { role: 'dispatcher' });
    company = await aCompany(api);
    object = await anObject(api, { companyId: company.id, latitude: 54.2, longitude: 37.6, address: 'Тула' });
    await anEngineerProfile(api, near.id, { base: { latitude: 54.1, longitude: 37.6 } });
    await anEngineerProfile(api, far.id, { base: { latitude: 55.7, longitude: 37.6 } });
  });
  afterAll(() => api.close());

  const board = async (who = lead, query = `teamId=${team.id}&date=${DAY}`): Promise<BoardBody> =>
    (await api.as(who).get(`/dispatch/board?${query}`).expect(200)).body as BoardBody;
  const personOf = ({ people }: BoardBody, { id }: { id: string }): Person =>
    people.find((person) => person.id === id)!;
  const make = (facts: object = {}): Promise<Ticket & { version: number }> =>
    aTicket(api, { companyId: company.id, objectId: object.id, teamId: team.id, ...facts });
  const assign = (who: TestEmployee, body: object) => api.as(who).post('/dispatch/assignments').send(body);
  const FREE = { assigneeId: null, scheduledFor: null };

  it('R-03: shows hours planned, what is overdue, skills and zones of people', async () => {
    const skill = await aSkill(api);
    const zone = await aZone(api);
    await anEngineerProfile(api, near.id, { skills: [{ skillId: skill.id, level: 2 }], zoneIds: [zone.id] });
    await make({ assigneeId: near.id, scheduledFor: at('07:00'), plannedSeconds: 2 * HOUR });
    const second = await make({ assigneeId: near.id, scheduledFor: at('09:05') });
    await make({
      assigneeId: near.id,
      plannedSeconds: 3 * HOUR,
      deadlineAt: new Date(Date.now() - 60_000).toISOString(),
    });
    await make({ assigneeId: near.id });
    await make({ assigneeId: near.id, scheduledFor: at('07:00', '2031-03-05'), plannedSeconds: HOUR });
    await make({ assigneeId: near.id, scheduledFor: at('12:00'), plannedSeconds: HOUR, status: 'closed' });
    const body = await board();
    expect(body.days).toMatchObject([{ date: DAY, from: at('21:00', '2031-03-03') }]);
    const person = personOf(body, near);
    expect(person).toMatchObject({
      openCount: 5,
      overdueCount: 1,
      backlogSeconds: 3 * HOUR,
      backlogCount: 2,
      unplannedCount: 1,
      skills: [{ skillId: skill.id, level: 2 }],
      zoneIds: [zone.id],
      load: [{ plannedSeconds: 4 * HOUR, capacitySeconds: 8 * HOUR }],
    });
    expect(person.blocks).toMatchObject([
      { from: at('07:00'), to: at('09:00'), ticket: { zoneIds: [zone.id], isDone: false }, travel: { isTight: false } },
      { from: at('09:05'), to: at('10:05'), ticket: { id: second.id }, travel: { minutes: 0, isTight: false } },
      { from: at('12:00'), ticket: { isDone: true } },
    ]);
    // The way from the base point: 11.1 km as the crow flies, roads × 1.4, 40 km/h.
    expect(person.blocks[0]!.travel).toMatchObject({ km: 15.6, minutes: 24 });
    const week = await board(lead, `teamId=${team.id}&date=${DAY}&days=7`);
    expect(personOf(week, near).load.map(({ capacitySeconds }) => capacitySeconds / HOUR)).toEqual([
      8, 8, 8, 8, 0, 0, 8,
    ]);
    expect(personOf(week, near).blocks).toHaveLength(4);
  });

  it('R-03: absences take hours from the day', async () => {
    const away = await anEmployee(api, { role: 'field_engineer', teamIds: [team.id], name: 'Отпускник' });
    await absent(away.id, at('06:00'), at('10:00'));
    expect(personOf(await board(), away)).toMatchObject({
      load: [{ plannedSeconds: 0, capacitySeconds: 4 * HOUR }],
      absences: [{ from: at('06:00'), to: at('10:00') }],
    });
  });
  const absent = (employeeId: string, from: string, to: string): Promise<unknown> =>
    api.db.query(
      api.system,
      `INSERT INTO absence (id, "employeeId", "startsAt", "endsAt", reason, "createdAt", "updatedAt") VALUES (gen_random_uuid(), $1, $2, $3, 'other', now(), now())`,
      [employeeId, from, to],
    );

  it('S-02: a lead sees his people; what he may not see is only busy time', async () => {
    const other = await aTeam(api);
    const stranger = await anEmployee(api, { role: 'field_engineer', teamIds: [other.id] });
    const both = await anEmployee(api, { role: 'field_engineer', teamIds: [team.id, other.id], name: 'Общий' });
    await aTicket(api, { assigneeId: both.id, teamId: other.id, scheduledFor: at('08:00'), subject: 'Чужая тайна' });
    const body = await board();
    expect(body.people.map(({ id }) => id)).not.toContain(stranger.id);
    expect(personOf(body, both)).toMatchObject({
      openCount: 1,
      blocks: [{ from: at('08:00'), ticket: null, travel: null }],
    });
    expect(JSON.stringify(body)).not.toContain('Чужая тайна');
    expect((await board(lead, `date=${DAY}`)).people.map(({ id }) => id)).not.toContain(stranger.id);
    await api.as(lead).get(`/dispatch/board?teamId=${other.id}`).expect(404);
    expect(personOf(await board(dispatcher), both).blocks).toMatchObject([{ ticket: { subject: 'Чужая тайна' } }]);
    await api.as(dispatcher).get('/dispatch/board?date=2031-02-30').expect(422);
    await api.as(dispatcher).get('/dispatch/board?days=8').expect(422);
  });

  it('R-03: unassigned tickets, the most urgent first, page by page, by zone and filter', async () => {
    await api.db.query(api.system, 'UPDATE ticket SET "deletedAt" = now() WHERE "assigneeId" IS NULL');
    const zone = await aZone(api, { districts: ['Тула'] });
    const later = await make({ deadlineAt: at('12:00') });
    const never = await make();
    const sooner = await make({ deadlineAt: at('10:00'), subject: 'Весы врут' });
    const elsewhere = await aTicket(api, { teamId: team.id, deadlineAt: at('11:00') });
    await make({ assigneeId: near.id });
    const list = async (query = ''): Promise<{ data: Ticket[]; page: { next: string | null } }> =>
      (await api.as(lead).get(`/dispatch/unassigned?${query}`).expect(200)).body as never;
    const numbers = async (query = ''): Promise<string[]> => (await list(query)).data.map(({ id }) => id);
    expect(await numbers()).toEqual([sooner.id, elsewhere.id, later.id, never.id]);
    const found: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = await list(`limit=1&cursor=${next}`);
      found.push(...page.data.map(({ id }) => id));
      next = page.page.next;
    }
    expect(found).toEqual([sooner.id, elsewhere.id, later.id, never.id]);
    expect(await numbers(`zoneId=${zone.id}`)).toEqual([sooner.id, later.id, never.id]);
    expect(await numbers('zoneId=none')).toEqual([elsewhere.id]);
    expect(await numbers(`q=${encodeURIComponent('весы')}`)).toEqual([sooner.id]);
    expect(await numbers('teamId=none')).toEqual([]);
    await api.as(lead).get('/dispatch/unassigned?q=nonsense:1').expect(422);
    await api.as(lead).get('/dispatch/unassigned?cursor=WzEsMl0').expect(400);
  });

  it('R-03: one drag sets who, when and the team, in one step; undone by the same door', async () => {
    const ticket = await aTicket(api, { companyId: company.id });
    const saved = await assign(dispatcher, {
      ticketId: ticket.id,
      assigneeId: near.id,
      scheduledFor: at('13:00'),
      teamId: team.id,
      seen: FREE,
    }).expect(200);
    expect(saved.body).toMatchObject({ assignee: { id: near.id }, scheduledFor: at('13:00') });
    const card = await api.as(dispatcher).get(`/tickets/${ticket.id}`);
    expect(card.body).toMatchObject({ assignee: { id: near.id }, team: { id: team.id }, scheduledFor: at('13:00') });
    await assign(dispatcher, {
      ticketId: ticket.id,
      ...FREE,
      seen: { assigneeId: near.id, scheduledFor: at('13:00') },
    }).expect(200);
    expect((await api.as(dispatcher).get(`/tickets/${ticket.id}`)).body).toMatchObject({
      assignee: null,
      scheduledFor: null,
    });
  });

  it('R-03: of twenty who drag one ticket at once exactly one has his way, the others learn who', async () => {
    const ticket = await make();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        assign(index % 2 ? lead : dispatcher, {
          ticketId: ticket.id,
          assigneeId: index % 2 ? near.id : far.id,
          seen: FREE,
        }),
      ),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const { assignee } = won[0]!.body as { assignee: { id: string; name: string } };
    for (const { status, body } of answers.filter(({ status }) => status !== 200)) {
      expect(status).toBe(409);
      expect(body).toMatchObject({
        code: 'dispatch.taken',
        detail: `Заявку уже взял ${assignee.name}`,
        current: { assignee: { id: assignee.id } },
      });
    }
    const stale = { assigneeId: assignee.id, scheduledFor: at('10:00') };
    const moved = await assign(lead, { ticketId: ticket.id, assigneeId: null, scheduledFor: null, seen: stale }).expect(
      409,
    );
    expect(moved.body).toMatchObject({ current: { scheduledFor: null }, by: expect.any(String) as string });
  });

  it('S-02: what one may not see or hand over stays as it is', async () => {
    const hidden = await aTicket(api, { teamId: (await aTeam(api)).id });
    await assign(lead, { ticketId: hidden.id, assigneeId: near.id, seen: FREE }).expect(404);
    const ticket = await make();
    await assign(near, { ticketId: ticket.id, assigneeId: near.id, seen: FREE }).expect(403);
    const unknown = await assign(lead, {
      ticketId: ticket.id,
      assigneeId: ticket.id,
      scheduledFor: at('10:00'),
      seen: FREE,
    }).expect(422);
    expect((unknown.body as { errors: object[] }).errors).toMatchObject([{ pointer: '/assigneeId' }]);
    await assign(lead, { ticketId: ticket.id, assigneeId: near.id }).expect(422);
    // All or nothing: the time was not kept either.
    expect((await api.as(lead).get(`/tickets/${ticket.id}`)).body).toMatchObject({
      assignee: null,
      scheduledFor: null,
      version: 1,
    });
    await api.as(lead).get(`/dispatch/suggestions?ticketId=${hidden.id}`).expect(404);
  });

  it('R-04: suggests the nearest engineer who can, with the way, and says why not the others', async () => {
    const skill = await aSkill(api, 'Кассы');
    const zone = await aZone(api, { name: 'Тула', districts: ['Тула'] });
    const ural = await aZone(api, { name: 'Урал', districts: ['Пермь'] });
    const type = ((await api.as(dispatcher).get('/type-skills')).body as { data: { typeId: string }[] }).data[0]!;
    await api
      .as(dispatcher)
      .put(`/type-skills/${type.typeId}`)
      .send({ skills: [{ skillId: skill.id, level: 2 }] })
      .expect(200);
    const can = { skills: [{ skillId: skill.id, level: 2 }], zoneIds: [zone.id] };
    await anEngineerProfile(api, near.id, can);
    await anEngineerProfile(api, far.id, can);
    const weak = await anEmployee(api, { role: 'field_engineer', teamIds: [team.id], name: 'Новичок' });
    await anEngineerProfile(api, weak.id, { skills: [{ skillId: skill.id, level: 1 }], zoneIds: [ural.id] });
    await absent(weak.id, at('00:00', '2031-03-10'), at('00:00', '2031-03-20'));
    const ticket = await make({ typeId: type.typeId, scheduledFor: at('08:00', '2031-03-11') });
    const ask = async (query = ''): Promise<Suggested[]> =>
      (
        (await api.as(lead).get(`/dispatch/suggestions?ticketId=${ticket.number}${query}`).expect(200)).body as {
          data: Suggested[];
        }
      ).data;
    const [first, second, ...rest] = await ask();
    expect(first).toMatchObject({
      id: near.id,
      isFit: true,
      travelMinutes: 24,
      distanceKm: 15.6,
      servesZone: true,
      reasons: [],
      isFromVisit: false,
    });
    expect(first!.skills).toMatchObject([{ skillId: skill.id, name: 'Кассы', level: 2, own: 2, isMet: true }]);
    expect(second).toMatchObject({ id: far.id, isFit: true });
    expect(second!.travelMinutes).toBeGreaterThan(300);
    const last = rest.find(({ id }) => id === weak.id)!;
    expect(last.reasons.map(({ code }) => code)).toEqual(['absent', 'skill', 'zone']);
    expect(last.reasons.map(({ message }) => message)).toEqual([
      expect.stringContaining('Отсутствует до 20 мар'),
      'Не хватает навыков: Кассы (2)',
      'Другая зона: Урал',
    ]);
    // A visit beside the place makes the far one the nearest, and the near one busy.
    await make({ assigneeId: far.id, scheduledFor: at('06:00', '2031-03-11'), plannedSeconds: HOUR });
    await make({ assigneeId: near.id, scheduledFor: at('08:30', '2031-03-11'), plannedSeconds: HOUR });
    const [now, then] = await ask();
    expect(now).toMatchObject({ id: far.id, travelMinutes: 0, isFromVisit: true, plannedSeconds: HOUR });
    expect(then).toMatchObject({ id: near.id, reasons: [{ code: 'busy' }] });
    expect((await ask(`&at=${at('12:00', '2031-03-11')}`))[0]!.reasons).toEqual([]);
  });
});
