import { aComment, aTicket } from '@opora/testing/tickets';
import { aTeam, anEmployee } from '@opora/testing/people';
import { aCompany } from '@opora/testing/clients';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import type { StatusCategory } from '@opora/modules/tickets';
import { aCalendar, aMetric, aPolicy, everyDay } from './testing';
import { SlaModule } from './sla.module';
import type { ExplanationView } from './sla-explanation';
import type { TicketSlaView } from './ticket-sla.dto';

describe('the promises of a ticket', () => {
  let api: TestApi;
  let agent: TestPerson;
  beforeAll(async () => {
    api = await startApi(SlaModule);
    agent = await anEmployee(api, { role: 'admin' });
  });
  afterAll(() => api.close());

  const promised = async (metrics: Parameters<typeof aPolicy>[1]['metrics'], calendarId?: string) => {
    const company = await aCompany(api);
    await aPolicy(api, {
      name: `For ${company.id}`,
      when: { field: 'companyId', op: 'is', value: company.id },
      metrics,
      ...(calendarId && { calendarId }),
    });
    const ticket = await aTicket(api, { companyId: company.id });
    await api.drain();
    return { ...ticket, companyId: company.id };
  };
  const slaOf = async (id: string): Promise<TicketSlaView> => {
    const answer = await api.as(agent).get(`/tickets/${id}/sla`);
    expect(answer.status).toBe(200);
    return answer.body as TicketSlaView;
  };
  const clockOf = async (id: string, metric: string) =>
    (await slaOf(id)).clocks.find((clock) => clock.metric === metric)!;
  const move = async (id: string, category: StatusCategory) => {
    const [status] = await api.db.query<{ id: string }>(
      api.system,
      `SELECT id FROM ticket_status WHERE category = $1 LIMIT 1`,
      [category],
    );
    await api.as(agent).post(`/tickets/${id}/transition`).send({ statusId: status!.id }).expect(200);
    await api.drain();
  };
  const sum = (rows: { seconds: number }[]) => rows.reduce((all, { seconds }) => all + seconds, 0);

  it('SLA-01: names the policy that counts and says why the others do not', async () => {
    const other = await aCompany(api);
    await aPolicy(api, {
      name: 'Somebody else',
      when: { field: 'companyId', op: 'is', value: other.id },
      metrics: [aMetric('resolution', 5)],
    });
    const { id, companyId } = await promised([aMetric('resolution', 60)]);
    const { policy, candidates } = await slaOf(id);
    expect(policy!.name).toBe(`For ${companyId}`);
    expect(candidates.filter(({ matched }) => matched).map(({ name }) => name)).toEqual([`For ${companyId}`]);
    const [because] = candidates.find(({ name }) => name === 'Somebody else')!.because;
    expect(because).toContain('нужно');
    expect(because).not.toContain(other.id);
  });

  it('SLA-03: an answer to the client ends the reaction; taken back, it does not', async () => {
    const { id } = await promised([aMetric('reaction', 60), aMetric('next_update', 30)]);
    await api.advance({ minutes: 10 });
    const { id: commentId } = await aComment(api, id, { by: agent, audience: ['client'] });
    await api.drain();
    expect((await clockOf(id, 'reaction')).state).toBe('met');
    expect((await slaOf(id)).clocks.filter(({ metric }) => metric === 'next_update')).toHaveLength(2);
    await api.as(agent).post(`/comments/${commentId}/undo`).expect(200);
    await api.drain();
    expect((await clockOf(id, 'reaction')).state).toBe('running');
  });

  it('SLA-03: the arrival is told by hand, once, neither before the ticket nor in the future', async () => {
    const { id } = await promised([aMetric('arrival', 60)]);
    await api.advance({ minutes: 20 });
    await api.as(agent).put(`/tickets/${id}/sla/arrival`).send({ at: '2020-01-01T00:00:00Z' }).expect(422);
    await api.as(agent).put(`/tickets/${id}/sla/arrival`).send({ at: '2099-01-01T00:00:00Z' }).expect(422);
    const answer = await api.as(agent).put(`/tickets/${id}/sla/arrival`).send({}).expect(200);
    expect((answer.body as TicketSlaView).clocks[0]).toMatchObject({ metric: 'arrival', state: 'met' });
    expect((answer.body as TicketSlaView).clocks[0]!.elapsedSeconds).toBeGreaterThanOrEqual(1200);
    await api.as(agent).put(`/tickets/${id}/sla/arrival`).send({}).expect(200);
  });

  it('SLA-09, SLA-13: every second has an owner and a status; the sums equal the total', async () => {
    const team = await aTeam(api);
    const { id } = await promised([aMetric('resolution', 600)]);
    await api.as(agent).post(`/tickets/${id}/assign`).send({ teamId: team.id }).expect(200);
    await api.advance({ minutes: 7, seconds: 13 });
    await api.as(agent).post(`/tickets/${id}/take`).expect(200);
    await api.advance({ minutes: 31, seconds: 1 });
    await move(id, 'waiting_client');
    await api.advance({ hours: 2 });
    await move(id, 'in_work');
    await api.advance({ minutes: 3 });
    await move(id, 'waiting_partner');
    await api.advance({ minutes: 9 });
    const { owners, statuses, totalSeconds } = await slaOf(id);
    expect(sum(owners)).toBe(totalSeconds);
    expect(sum(statuses)).toBe(totalSeconds);
    expect(Object.fromEntries(owners.map(({ owner, seconds }) => [owner, Math.round(seconds / 60)]))).toMatchObject({
      queue: 7,
      person: 34,
      client: 120,
      partner: 9,
    });
    expect(owners.every(({ seconds, workingSeconds }) => Number.isInteger(seconds) && workingSeconds <= seconds)).toBe(
      true,
    );
    expect(statuses.map(({ status }) => status.category)).toEqual([
      'new',
      'in_work',
      'waiting_client',
      'waiting_partner',
    ]);
  });

  it('SLA-08: the explanation adds up to the second, through closed hours and pauses, also as a table', async () => {
    const calendarId = await aCalendar(api, {
      timeZone: 'Europe/Moscow',
      week: everyDay([{ from: '09:00', to: '18:00' }]),
    });
    const { id } = await promised([aMetric('resolution', 1200)], calendarId);
    await api.advance({ minutes: 90 });
    await move(id, 'waiting_client');
    await api.advance({ hours: 30 });
    await move(id, 'in_work');
    const answer = await api.as(agent).get(`/tickets/${id}/sla/explanation?metric=resolution`).expect(200);
    const { segments, totalSeconds, countedSeconds, startAt, dueAt, targetSeconds } = answer.body as ExplanationView;
    expect(countedSeconds).toBe(targetSeconds);
    expect(totalSeconds).toBe(Math.floor((Date.parse(dueAt!) - Date.parse(startAt)) / 1000));
    expect(segments[0]!.from).toBe(startAt);
    expect(segments.at(-1)!.to).toBe(dueAt);
    segments.slice(1).forEach(({ from }, index) => expect(from).toBe(segments[index]!.to));
    expect(segments.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['working', 'closed', 'pause']));
    expect(segments.find(({ kind }) => kind === 'pause')!.label).toContain('Ожидаем клиента');
    expect(dueAt).toBe((await clockOf(id, 'resolution')).dueAt);
    const table = await api.as(agent).get(`/tickets/${id}/sla/explanation?metric=resolution&format=csv`).expect(200);
    expect(table.headers['content-type']).toContain('text/csv');
    expect(table.text.trim().split('\r\n')).toHaveLength(segments.length + 1);
  });

  it('T-27: a manual deadline needs a reason and keeps the computed one beside it', async () => {
    const { id } = await promised([aMetric('resolution', 60)]);
    const { dueAt } = await clockOf(id, 'resolution');
    const manual = new Date(api.system.now().getTime() + 86_400_000).toISOString();
    await api.as(agent).put(`/tickets/${id}/sla/deadline`).send({ dueAt: manual }).expect(422);
    await api
      .as(agent)
      .put(`/tickets/${id}/sla/deadline`)
      .send({ dueAt: '2020-01-01T00:00:00Z', reason: 'x' })
      .expect(422);
    const answer = await api
      .as(agent)
      .put(`/tickets/${id}/sla/deadline`)
      .send({ dueAt: manual, reason: 'Agreed' })
      .expect(200);
    expect((answer.body as TicketSlaView).manual).toMatchObject({
      dueAt: manual,
      reason: 'Agreed',
      by: { id: agent.id },
    });
    expect(await clockOf(id, 'resolution')).toMatchObject({ dueAt, manualDueAt: manual });
    await api.as(agent).delete(`/tickets/${id}/sla/deadline`).expect(200);
    expect((await slaOf(id)).manual).toBeNull();
  });

  it('a foreign ticket does not exist, and who may not set deadlines is refused', async () => {
    const { id } = await promised([aMetric('resolution', 60)]);
    const engineer = await anEmployee(api, { role: 'engineer' });
    await api.as(engineer).get(`/tickets/${id}/sla`).expect(404);
    await api.as(engineer).get(`/tickets/${id}/sla/explanation?metric=resolution`).expect(404);
    await api.as(engineer).put(`/tickets/${id}/sla/arrival`).send({}).expect(404);
    const accountant = await anEmployee(api, { role: 'accountant' });
    await api
      .as(accountant)
      .put(`/tickets/${id}/sla/deadline`)
      .send({ dueAt: '2099-01-01T00:00:00Z', reason: 'x' })
      .expect(403);
    await api.as(agent).get(`/tickets/${id}/sla/explanation?metric=nonsense`).expect(422);
    await api.as(agent).get(`/tickets/${id}/sla/explanation?metric=dwell`).expect(404);
  });
});
