import { aCompany } from '@opora/testing/clients';
import { anEmployee, aTeam } from '@opora/testing/people';
import { aMetric, aPolicy, pass } from '@opora/testing/sla';
import { aTicket } from '@opora/testing/tickets';
import { startApi, type TestApi } from '@opora/platform/testing';
import { NotificationsModule } from './notifications.module';

type Employee = Awaited<ReturnType<typeof anEmployee>>;
type Line = { kind: string; text: string; reason: string; ticket: { id: string } };

describe('what clocks tell people', () => {
  let api: TestApi;
  let engineer: Employee;
  let lead: Employee;
  let chief: Employee;
  let teamId: string;
  beforeAll(async () => {
    api = await startApi(NotificationsModule);
    lead = await anEmployee(api, { role: 'admin' });
    chief = await anEmployee(api, { role: 'admin' });
    teamId = (await aTeam(api, { leadId: lead.id })).id;
    engineer = await anEmployee(api, { teamIds: [teamId] });
  });
  afterAll(() => api.close());

  const promised = async (warnings: { percent: number }[], count = 1) => {
    const company = await aCompany(api);
    const escalateTo = [{ kind: 'employee' as const, id: chief.id }];
    await aPolicy(api, {
      when: { field: 'companyId', op: 'is', value: company.id },
      metrics: [aMetric('resolution', 60, { warnings, escalateTo })],
    });
    const made = [];
    for (let index = 0; index < count; index++)
      made.push(await aTicket(api, { companyId: company.id, assigneeId: engineer.id, teamId }));
    await api.drain();
    return made;
  };
  const about = async (person: Employee, ticketId: string) =>
    ((await api.as(person).get('/notifications').expect(200)).body as { data: Line[] }).data.filter(
      ({ ticket, kind }) => ticket.id === ticketId && kind.startsWith('sla_'),
    );
  const mailsTo = async ({ email }: Employee) =>
    (
      await api.db.query<{ subject: string }>(
        api.system,
        `SELECT subject FROM outgoing_mail WHERE $1 = ANY("to") ORDER BY id`,
        [email],
      )
    ).map(({ subject }) => subject);

  it('SLA-06: a warning reaches the assignee and whom the policy names, in the app and by mail, once', async () => {
    const [ticket] = await promised([{ percent: 75 }]);
    await pass(api, { minutes: 46 });
    await pass(api, { minutes: 1 });
    expect(await about(engineer, ticket!.id)).toMatchObject([{ kind: 'sla_warned', reason: 'вы ответственный' }]);
    expect((await about(engineer, ticket!.id))[0]!.text).toBe(
      `Заявка №${ticket!.number}: решение — прошло 75 % времени`,
    );
    expect(await about(chief, ticket!.id)).toHaveLength(1);
    expect(await about(lead, ticket!.id)).toEqual([]);
    const subjects = await mailsTo(engineer);
    expect(subjects.filter((subject) => subject.startsWith(`[№${ticket!.number}] решение`))).toHaveLength(1);
  });

  it('SLA-06: what is late also reaches the lead; many at once are one mail', async () => {
    await pass(api, { hours: 3 });
    await pass(api, { minutes: 2 });
    const tickets = await promised([], 4);
    const before = (await mailsTo(lead)).length;
    await pass(api, { minutes: 61 });
    await pass(api, { minutes: 2 });
    for (const { id } of tickets)
      expect(await about(lead, id)).toMatchObject([{ kind: 'sla_breached', reason: 'вы куратор линии' }]);
    expect((await mailsTo(lead)).slice(before)).toEqual(['Заявки: событий 4']);
  });

  it('SLA-05: of several limits of statuses only the one that watches the status tells its people', async () => {
    const company = await aCompany(api);
    const statuses = await api.db.query<{ id: string; category: string }>(
      api.system,
      `SELECT DISTINCT ON (category) id, category FROM ticket_status ORDER BY category, id`,
    );
    const idsOf = (wanted: string) => statuses.filter(({ category }) => category === wanted).map(({ id }) => id);
    const tells = (person: Employee) => [{ kind: 'employee' as const, id: person.id }];
    const others = await anEmployee(api, { role: 'admin' });
    await aPolicy(api, {
      when: { field: 'companyId', op: 'is', value: company.id },
      metrics: [
        aMetric('dwell', 30, { statusIds: idsOf('new'), escalateTo: tells(chief) }),
        aMetric('dwell', 30, { statusIds: idsOf('in_work'), escalateTo: tells(others) }),
      ],
    });
    const ticket = await aTicket(api, { companyId: company.id, assigneeId: engineer.id, teamId });
    await api.drain();
    await pass(api, { minutes: 31 });
    await pass(api, { minutes: 1 });
    expect(await about(chief, ticket.id)).toMatchObject([{ kind: 'sla_breached' }]);
    expect(await about(others, ticket.id)).toEqual([]);
  });

  it('R-08: who wants no such notices gets none', async () => {
    const settings = ['sla_warned', 'sla_breached'].map((kind) => ({ kind, app: 'off', mail: 'off' }));
    await api.as(engineer).put('/notification-settings').send({ settings }).expect(200);
    const [ticket] = await promised([{ percent: 50 }]);
    await pass(api, { minutes: 61 });
    expect(await about(engineer, ticket!.id)).toEqual([]);
  });
});
