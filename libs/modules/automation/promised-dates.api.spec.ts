import { anEmployee, aTeam } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { AutomationModule } from './automation.module';
import { aRule } from './testing';

const told = (body: unknown): string[] =>
  (body as { errors: { pointer: string; code: string }[] }).errors.map(({ pointer, code }) => `${pointer} ${code}`);

describe('T-27: dates promised by macros, bulk runs and rules', () => {
  let api: TestApi;
  let lead: TestPerson & { id: string };
  let engineer: TestPerson & { id: string };
  let teamId: string;
  const LATER = [{ action: 'set_deadline', params: { seconds: 86_400 } }];

  beforeAll(async () => {
    api = await startApi(AutomationModule);
    teamId = (await aTeam(api)).id;
    lead = await anEmployee(api, { role: 'line_lead', teamIds: [teamId] });
    engineer = await anEmployee(api, { role: 'engineer', teamIds: [teamId] });
  });
  afterAll(() => api.close());

  const manualOf = async (id: string): Promise<object | null> =>
    ((await api.as(lead).get(`/tickets/${id}/sla`).expect(200)).body as { manual: object | null }).manual;

  it('T-27: a macro acts with the rights of whoever runs it, and its name is the reason', async () => {
    const { body } = await api.as(lead).post('/macros').send({ name: 'До завтра', scope: 'shared', actions: LATER });
    const macro = (body as { id: string }).id;
    const { id } = await aTicket(api, { teamId });
    const run = (who: TestPerson, what: string) => api.as(who).post(`/macros/${macro}/${what}`).send({ ticketId: id });
    const foreseen = await run(engineer, 'preview').expect(200);
    expect((foreseen.body as { problems: object[] }).problems).toHaveLength(1);
    expect(told((await run(engineer, 'run').expect(403)).body)[0]).toMatch(/tickets\.deadlineDenied$/);
    expect(await manualOf(id)).toBeNull();
    expect((await run(lead, 'preview').expect(200)).body).toMatchObject({ problems: [] });
    await run(lead, 'run').expect(200);
    expect(await manualOf(id)).toMatchObject({ reason: 'До завтра', by: { id: lead.id } });
  });

  it('T-27: a list of actions without a name needs a reason of its own', async () => {
    const { id } = await aTicket(api, { teamId });
    const dueAt = new Date(api.system.now().getTime() + 7_200_000).toISOString();
    const start = (actions: object[]) =>
      api
        .as(lead)
        .post('/bulk-runs')
        .send({ selection: { ticketIds: [id] }, actions });
    expect(told((await start(LATER).expect(422)).body)).toEqual(['/actions/0/params/reason tickets.deadlineReason']);
    const fields = { action: 'set_fields', params: { fields: { deadlineAt: dueAt } } };
    expect(told((await start([fields]).expect(422)).body)).toEqual([
      '/actions/0/params/fields/reason tickets.deadlineReason',
    ]);
    await start([{ action: 'set_deadline', params: { until: dueAt, reason: 'Завоз' } }]).expect(202);
    await api.drain();
    expect(await manualOf(id)).toMatchObject({ dueAt, reason: 'Завоз', by: { id: lead.id } });
    await start([{ action: 'set_deadline', params: { isCleared: true } }]).expect(202);
    await api.drain();
    expect(await manualOf(id)).toBeNull();
  });

  it('T-27: a rule acts as the house, and its name is the reason', async () => {
    const admin = await anEmployee(api, { role: 'admin' });
    await aRule(api, admin, {
      name: 'Сутки на ответ',
      trigger: { kind: 'event', event: 'ticket.created' } as never,
      actions: LATER,
    });
    const { id } = await aTicket(api, { by: engineer, teamId });
    await api.drain();
    expect(await manualOf(id)).toMatchObject({ reason: '№1 «Сутки на ответ»', by: { id: null } });
  });
});
