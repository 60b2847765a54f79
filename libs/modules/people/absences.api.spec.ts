import { startApi, type TestApi } from '@opora/platform/testing';
import { Absences } from './absences.service';
import { PeopleModule } from './people.module';
import { anEmployee, aTeam, type TestEmployee } from './testing';

const DAY = 86_400_000;

describe('R-02: absences', () => {
  let api: TestApi;
  let lead: TestEmployee;
  let engineer: TestEmployee;
  let colleague: TestEmployee;
  let stranger: TestEmployee;
  const inDays = (days: number): string => new Date(api.system.now().getTime() + days * DAY).toISOString();
  const post = (who: TestEmployee, body: object) => api.as(who).post('/absences').send(body);
  const away = async (who: TestEmployee, from: number, to: number, substitute?: TestEmployee) =>
    (
      await post(who, {
        employeeId: who.id,
        from: inDays(from),
        to: inDays(to),
        substituteId: substitute?.id,
        reason: 'vacation',
      }).expect(201)
    ).body as { id: string; version: number };

  beforeAll(async () => {
    api = await startApi(PeopleModule);
    const team = await aTeam(api);
    lead = await anEmployee(api, { role: 'line_lead', teamIds: [team.id] });
    engineer = await anEmployee(api, { teamIds: [team.id] });
    colleague = await anEmployee(api, { teamIds: [team.id] });
    stranger = await anEmployee(api, { teamIds: [(await aTeam(api)).id] });
  });
  afterAll(() => api.close());

  it('R-02: one tells of his own absence, a lead of those of his team, nobody of others', async () => {
    const body = { from: inDays(100), to: inDays(110), reason: 'sick', note: 'грипп' };
    const { body: own } = await post(engineer, { ...body, employeeId: engineer.id }).expect(201);
    expect(own).toMatchObject({ employee: { id: engineer.id }, reason: 'sick', note: 'грипп', canEdit: true });
    await post(lead, { ...body, employeeId: colleague.id }).expect(201);
    await post(colleague, { ...body, employeeId: engineer.id }).expect(403);
    await post(lead, { ...body, employeeId: stranger.id }).expect(403);
    await api.as(stranger).get(`/absences/${own.id}`).expect(404);
    const { body: seen } = await api.as(colleague).get(`/absences/${own.id}`).expect(200);
    expect(seen).toMatchObject({ reason: null, note: null, canEdit: false });
    await api.as(colleague).delete(`/absences/${own.id}`).expect(403);
    const { body: list } = await api.as(colleague).get('/absences').query({ employeeId: engineer.id }).expect(200);
    expect(list.data).toHaveLength(1);
    await api
      .as(stranger)
      .get('/absences')
      .query({ employeeId: engineer.id })
      .expect(200, {
        data: [],
        page: { next: null, limit: 50 },
      });
  });

  it.each([
    ['ends before it begins', { from: '2031-02-02', to: '2031-02-01' }, '/to'],
    ['ends as it begins', { from: '2031-02-02', to: '2031-02-02' }, '/to'],
    ['lasts too long', { from: '2031-02-02', to: '2036-02-02' }, '/to'],
    ['names no day', { from: '2031-02-30', to: '2031-03-01' }, '/from'],
    ['names a broken moment', { from: '2031-02-01T25:00:00Z', to: '2031-03-01' }, '/from'],
    ['has a strange reason', { reason: 'fun' }, '/reason'],
    ['has an unknown substitute', { substituteId: '019b0000-0000-7000-8000-000000000000' }, '/substituteId'],
  ])('R-02: what %s is refused', async (_, wrong, pointer) => {
    const body = { employeeId: engineer.id, from: '2031-03-01', to: '2031-03-05', reason: 'other', ...wrong };
    const answer = await post(engineer, body).expect(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('R-02: nobody stands in for himself, and days are those of the person', async () => {
    const body = { employeeId: engineer.id, from: '2031-03-01', to: '2031-03-05', reason: 'other' };
    const refused = await post(engineer, { ...body, substituteId: engineer.id }).expect(422);
    expect(refused.body.errors[0].pointer).toBe('/substituteId');
    const { body: made } = await post(engineer, body).expect(201);
    expect(made).toMatchObject({ from: '2031-02-28T21:00:00.000Z', firstDay: '2031-03-01', lastDay: '2031-03-04' });
    const patch = (version: number, change: object) =>
      api.as(engineer).patch(`/absences/${made.id}`).set('If-Match', `"${version}"`).send(change);
    await patch(1, { to: '2031-03-06' }).expect(200);
    await patch(1, { to: '2031-03-07' }).expect(412);
    await api.as(engineer).delete(`/absences/${made.id}`).expect(204);
    await api.as(engineer).get(`/absences/${made.id}`).expect(404);
  });

  it('R-02: of absences that overlap exactly one is kept, however many come at once', async () => {
    const body = { employeeId: engineer.id, from: '2032-01-01', to: '2032-01-10', reason: 'trip' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(engineer, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(422)]);
    // One that begins where another ends does not overlap.
    await post(engineer, { ...body, from: '2032-01-10', to: '2032-01-12' }).expect(201);
  });

  it('R-02: the chain of substitutes leads to whoever is there; a circle leads to nobody and is told', async () => {
    const [one, two, three] = await Promise.all([anEmployee(api), anEmployee(api), anEmployee(api)]);
    const absences = api.get(Absences);
    const at = new Date(inDays(1.5));
    expect(await absences.standInFor(api.system, one.id, at)).toBe(one.id);
    await away(one, 1, 3, two);
    expect(await absences.standInFor(api.system, one.id, at)).toBe(two.id);
    await away(two, 1, 2, three);
    expect(await absences.standIn(api.system, one.id, at)).toMatchObject({
      employeeId: three.id,
      isAway: true,
      isCircle: false,
      path: [{ id: one.id }, { id: two.id }, { id: three.id }],
    });
    // The second is back before the first.
    expect(await absences.standInFor(api.system, one.id, new Date(inDays(2.5)))).toBe(two.id);
    const last = await away(three, 1, 2, one);
    expect(await absences.standIn(api.system, one.id, at)).toMatchObject({ employeeId: null, isCircle: true });
    const { body: told } = await api.as(three).get(`/absences/${last.id}`).expect(200);
    expect(told.standIn).toEqual({ employee: null, isCircle: true });
    expect([...(await absences.at(api.system, [one.id, engineer.id], at)).keys()]).toEqual([one.id]);
  });

  it('R-02: whoever has left stands in for nobody', async () => {
    const [one, two] = await Promise.all([anEmployee(api), anEmployee(api)]);
    await away(one, 1, 3, two);
    const admin = await anEmployee(api, { role: 'admin' });
    await api.as(admin).post(`/employees/${two.id}/archive`).expect(200);
    expect(await api.get(Absences).standInFor(api.system, one.id, new Date(inDays(2)))).toBeNull();
  });
});
