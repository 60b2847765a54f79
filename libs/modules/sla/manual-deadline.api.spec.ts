import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, aTeam } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { SlaModule } from './sla.module';
import type { TicketSlaView } from './ticket-sla.dto';

type Problem = { errors: { pointer: string; code: string }[] };
const told = (body: unknown): string[] => (body as Problem).errors.map(({ pointer, code }) => `${pointer} ${code}`);

describe('T-27: a date promised by hand is asked the same through every door', () => {
  let api: TestApi;
  let lead: TestPerson & { id: string; name: string };
  let engineer: TestPerson;
  let teamId: string;
  const ahead = (hours: number): string => new Date(api.system.now().getTime() + hours * 3_600_000).toISOString();
  beforeAll(async () => {
    api = await startApi(SlaModule);
    lead = await anEmployee(api, { role: 'dispatcher' });
    teamId = (await aTeam(api)).id;
    engineer = await anEmployee(api, { role: 'engineer', teamIds: [teamId] });
  });
  afterAll(() => api.close());

  const manualOf = async (id: string): Promise<TicketSlaView['manual']> =>
    ((await api.as(lead).get(`/tickets/${id}/sla`).expect(200)).body as TicketSlaView).manual;
  const patch = async (who: TestPerson, id: string, fields: object) => {
    const { body } = await api.as(lead).get(`/tickets/${id}`).expect(200);
    return api
      .as(who)
      .patch(`/tickets/${id}`)
      .set('if-match', `"${(body as { version: number }).version}"`)
      .send(fields);
  };
  const moved = (body: object): object => ({ subject: 'Срок', ...body });

  it('T-27: a new ticket needs the right; history tells who, and why if it was said', async () => {
    const deadlineAt = ahead(5);
    const denied = await api
      .as(engineer)
      .post('/tickets')
      .send(moved({ deadlineAt, reason: 'Обещали' }))
      .expect(403);
    expect(told(denied.body)).toEqual(['/deadlineAt tickets.deadlineDenied']);
    const silent = await api.as(lead).post('/tickets').send(moved({ deadlineAt })).expect(201);
    expect(await manualOf((silent.body as { id: string }).id)).toMatchObject({
      dueAt: deadlineAt,
      reason: null,
      by: { id: lead.id },
    });
    const made = await api
      .as(lead)
      .post('/tickets')
      .send(moved({ deadlineAt, reason: 'Обещали' }))
      .expect(201);
    const { id } = made.body as { id: string };
    expect(await manualOf(id)).toMatchObject({ dueAt: deadlineAt, reason: 'Обещали', by: { id: lead.id } });
    await api.as(engineer).post('/tickets').send(moved({ teamId })).expect(201);
  });

  it('T-27: so does a change; to take the date back needs the right alone', async () => {
    const { id } = await aTicket(api, { teamId });
    const deadlineAt = ahead(7);
    const denied = await patch(engineer, id, { deadlineAt, reason: 'Надо' });
    expect([denied.status, told(denied.body)]).toEqual([403, ['/deadlineAt tickets.deadlineDenied']]);
    const silent = await patch(lead, id, { deadlineAt });
    expect([silent.status, told(silent.body)]).toEqual([422, ['/reason tickets.deadlineReason']]);
    const past = await patch(lead, id, { deadlineAt: ahead(-1), reason: 'Вчера' });
    expect([past.status, told(past.body)]).toEqual([422, ['/deadlineAt tickets.deadlinePast']]);
    expect(await manualOf(id)).toBeNull();
    expect((await patch(lead, id, { deadlineAt, reason: 'По звонку' })).status).toBe(200);
    expect(await manualOf(id)).toMatchObject({ dueAt: deadlineAt, reason: 'По звонку', by: { id: lead.id } });
    // The same date again is no change, whoever sends the whole form back.
    expect((await patch(engineer, id, { deadlineAt, subject: 'Иначе' })).status).toBe(200);
    expect((await patch(engineer, id, { deadlineAt: null })).status).toBe(403);
    expect((await patch(lead, id, { deadlineAt: null })).status).toBe(200);
    expect(await manualOf(id)).toBeNull();
  });

  it('T-27: fields sent along with a transition are no way around', async () => {
    const { id } = await aTicket(api, { teamId });
    const rows = await api.db.query<{ id: string }>(
      api.system,
      `SELECT id FROM ticket_status WHERE category = 'in_work' LIMIT 1`,
    );
    const send = (who: TestPerson, fields: object) =>
      api.as(who).post(`/tickets/${id}/transition`).send({ statusId: rows[0]!.id, fields });
    const deadlineAt = ahead(3);
    expect(told((await send(engineer, { deadlineAt, reason: 'x' }).expect(403)).body)).toEqual([
      '/fields/deadlineAt tickets.deadlineDenied',
    ]);
    expect(told((await send(lead, { deadlineAt }).expect(422)).body)).toEqual([
      '/fields/reason tickets.deadlineReason',
    ]);
    await send(lead, { deadlineAt, reason: 'Выезд' }).expect(200);
    expect(await manualOf(id)).toMatchObject({ reason: 'Выезд' });
  });

  it('T-27: the verdict of a form tells the same beforehand', async () => {
    const { id } = await aTicket(api, { teamId });
    const verdict = async (who: TestPerson, body: object): Promise<string[]> => {
      const answer = await api.as(who).post('/ticket-forms/verdict').send(body).expect(200);
      return (answer.body as { problems: { pointer: string }[] }).problems.map(({ pointer }) => pointer);
    };
    const deadlineAt = ahead(4);
    const values = { subject: 'Срок', deadlineAt };
    expect(await verdict(engineer, { values })).toContain('/deadlineAt');
    expect(await verdict(lead, { values })).not.toContain('/reason');
    expect(await verdict(lead, { ticketId: id, values: { deadlineAt } })).toContain('/reason');
    expect(await verdict(engineer, { ticketId: id, values: { deadlineAt } })).toContain('/deadlineAt');
  });

  it('T-27: a client on the portal neither sets it nor is asked for it', async () => {
    const admin = await anEmployee(api, { role: 'admin' });
    const company = await aCompany(api);
    const client = await aContact(api, { companyId: company.id });
    const field = (portal: boolean) => ({
      field: 'deadlineAt',
      isAsked: true,
      isRequired: false,
      portal: { isAsked: portal, isRequired: portal },
    });
    const type = { code: 'promise', name: { ru: 'Срок', en: 'Due' } };
    const refused = await api
      .as(admin)
      .post('/ticket-types')
      .send({ ...type, form: [field(true)] })
      .expect(422);
    expect(told(refused.body)).toEqual(['/form/0/portal tickets.staffFieldOnPortal']);
    const { body } = await api
      .as(admin)
      .post('/ticket-types')
      .send({ ...type, form: [field(false)] })
      .expect(201);
    const typeId = (body as { id: string }).id;
    // A form of older days still says so.
    await api.db.query(api.system, `UPDATE ticket_type SET form = $2 WHERE id = $1`, [
      typeId,
      JSON.stringify([field(true)]),
    ]);
    const file = (fields: object) =>
      api
        .as(client)
        .post('/portal/tickets')
        .send({ subject: 'Печать', typeId, ...fields });
    const answer = await file({ deadlineAt: ahead(2) }).expect(422);
    expect((answer.body as Problem).errors.map(({ pointer }) => pointer)).toEqual(['/deadlineAt']);
    const filed = await file({}).expect(201);
    expect(await manualOf((filed.body as { id: string }).id)).toBeNull();
  });
});
