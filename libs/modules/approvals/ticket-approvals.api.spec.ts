import { TicketActions } from '@opora/modules/macros';
import { Db } from '@opora/platform/db';
import { Files } from '@opora/platform/files';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { aCompany, aContact, type TestContact } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { ApprovalsModule } from './approvals.module';
import { passApprovals, shippedId } from './testing';

jest.setTimeout(120_000);

type Body = Record<string, unknown> & { id: string; number: number; state: string; version: number };
type Sla = { owners: { owner: string; name: string | null; seconds: number }[]; totalSeconds: number };

describe('AP-09: approvals of tickets', () => {
  let api: TestApi;
  let team: { id: string };
  let lead: TestEmployee;
  let engineer: TestEmployee;
  let company: { id: string };
  let client: TestContact;
  let kindId: string;

  beforeAll(async () => {
    api = await startApi(ApprovalsModule);
    lead = await anEmployee(api, { name: 'Лебедев', role: 'line_lead' });
    team = await aTeam(api, { leadId: lead.id });
    engineer = await anEmployee(api, { name: 'Инженер', teamIds: [team.id] });
    await api.db.query(api.system, `INSERT INTO team_member ("teamId", "employeeId") VALUES ($1, $2)`, [
      team.id,
      lead.id,
    ]);
    company = await aCompany(api);
    client = await aContact(api, {
      companyId: company.id,
      rights: { isAdmin: true, seesCompany: true },
      name: 'Клиентов',
    });
    kindId = await shippedId(api, 'item', 'extra_work');
    await api.db.query(
      api.system,
      `UPDATE status_transition tr SET guards = $1 FROM ticket_status s WHERE s.id = tr."toId" AND s.code = 'done'`,
      [JSON.stringify([{ name: 'approval', params: { kind: kindId, maxAgeDays: 10 } }])],
    );
  });
  afterAll(() => api.close());

  const ticket = () =>
    aTicket(api, {
      companyId: company.id,
      contactId: client.id,
      teamId: team.id,
      assigneeId: engineer.id,
      status: 'in_work',
    });
  const upload = async (who: TestPerson, name: string) => ({
    fileId: (await api.get(Files).store(await api.ctx(who), { name, content: Buffer.from(name) })).id,
  });
  const begin = async (ticketId: string, more: object = {}): Promise<Body> => {
    const input = {
      kindId,
      title: 'Замена кабеля',
      text: 'Вне договора',
      amount: '15000.00',
      currency: 'RUB',
      ticketId,
      ...more,
    };
    return (await api.as(engineer).post('/approvals').send(input).expect(201)).body as Body;
  };
  const finish = async (id: string) => {
    const { body } = await api.as(engineer).get(`/tickets/${id}`).expect(200);
    const { transitions } = body as { transitions: { id: string; to: { code: string } }[] };
    const transitionId = transitions.find(({ to }) => to.code === 'done')!.id;
    return api.as(engineer).post(`/tickets/${id}/transition`).send({ transitionId });
  };

  it('a transition asks for the approval, and says where it hangs; the client decides on the portal', async () => {
    const { id } = await ticket();
    const none = await finish(id);
    expect(none.status).toBe(409);
    expect(JSON.stringify(none.body)).toContain('Нужно согласование «Работы вне договора»: его ещё не начали');
    const request = await begin(id, { documents: [await upload(engineer, 'Смета.pdf')] });
    expect(JSON.stringify((await finish(id)).body)).toContain(`№ ${request.number} ещё идёт, ждём: Лебедев`);
    await api.as(client).get(`/portal/approvals/${request.id}`).expect(404);
    const early = await api.as(client).post(`/portal/approvals/${request.id}/decision`).send({ decision: 'approve' });
    expect([early.status, (early.body as { reason: string }).reason]).toEqual([409, 'not_yet']);
    const paper = {
      decision: 'approve',
      comment: 'Между нами: скидки не давать',
      documents: [await upload(lead, 'Наша маржа.xlsx')],
    };
    await api.as(lead).post(`/approvals/${request.id}/decision`).send(paper).expect(200);
    const list = await api.as(client).get('/portal/approvals').expect(200);
    expect(list.body).toMatchObject({ data: [{ id: request.id, amount: '15000.00', state: 'asked', ticket: { id } }] });
    expect((await api.as(client).get('/portal/approvals/counts').expect(200)).body).toEqual({ open: 1 });
    const { body } = await api.as(client).get(`/portal/approvals/${request.id}`).expect(200);
    expect(body).toMatchObject({
      text: 'Вне договора',
      initiator: 'Инженер',
      decisions: ['approve', 'decline', 'return'],
    });
    expect((body as { documents: { file: { name: string } }[] }).documents.map(({ file }) => file.name)).toEqual([
      'Смета.pdf',
    ]);
    expect(JSON.stringify(body)).not.toMatch(/Между нами|маржа|Лебедев/);
    const stranger = await aContact(api, { companyId: company.id, rights: { seesCompany: true } });
    await api.as(stranger).get(`/portal/approvals/${request.id}`).expect(404);
    await api.as(stranger).post(`/portal/approvals/${request.id}/decision`).send({ decision: 'approve' }).expect(404);
    const yes = await api
      .as(client)
      .post(`/portal/approvals/${request.id}/decision`)
      .send({ decision: 'approve' })
      .expect(200);
    expect(yes.body).toMatchObject({ state: 'approved', decisions: null });
    await api
      .as(client)
      .post(`/portal/approvals/${request.id}/decision`)
      .send({ decision: 'decline', comment: 'Нет' })
      .expect(409);
    await api.drain();
    const files = await api.as(engineer).get(`/tickets/${id}/attachments`).expect(200);
    expect((files.body as { data: { name: string }[] }).data.map(({ name }) => name)).toEqual([
      `Лист согласования № ${request.number}.pdf`,
    ]);
    const [line] = await api.db.query<{ after: string }>(
      api.system,
      `SELECT after FROM ticket_change WHERE "ticketId" = $1 AND field = 'approval' ORDER BY version DESC LIMIT 1`,
      [id],
    );
    expect(line!.after).toBe(`№ ${request.number} «Замена кабеля»: согласовано`);
    await api.advance({ days: 11 });
    expect(JSON.stringify((await finish(id)).body)).toContain('старше 10 дн.');
    await api.advance({ days: -2 });
    expect((await finish(id)).status).toBe(200);
  });

  it('the link of his mail shows a client no more than the portal does', async () => {
    const { id } = await ticket();
    const request = await begin(id, { documents: [await upload(engineer, 'Смета.pdf')] });
    const paper = { decision: 'approve', documents: [await upload(lead, 'Наша маржа.xlsx')] };
    await api.as(lead).post(`/approvals/${request.id}/decision`).send(paper).expect(200);
    await api.drain();
    const [mail] = await api.db.query<{ html: string; kind: string }>(
      api.system,
      `SELECT html, kind FROM outgoing_mail WHERE "to"[1] = $1 ORDER BY id DESC LIMIT 1`,
      [client.email],
    );
    expect(mail!.html).toContain('15');
    const token = /#t=([\w-]+)/.exec(mail!.html)![1]!;
    const { body } = await api.http.get(`/api/v1/approvals/link/${token}`).expect(200);
    expect(JSON.stringify(body)).not.toMatch(/маржа|Лебедев/);
    const { confirmation } = body as { confirmation: string };
    const no = { decision: 'decline', comment: 'Дорого', confirmation };
    const answer = await api.http.post(`/api/v1/approvals/link/${token}/decision`).send(no).expect(200);
    expect(answer.body).toEqual({ decision: 'decline', state: 'declined' });
    expect(JSON.stringify((await finish(id)).body)).toContain(`№ ${request.number} отклонено`);
  });

  it('SLA-09: while somebody decides the time of the ticket is his, and the shares add up to the whole', async () => {
    const { id } = await ticket();
    await api.advance({ minutes: 10 });
    const request = await begin(id);
    await passApprovals(api, { minutes: 30 });
    await api.as(lead).post(`/approvals/${request.id}/decision`).send({ decision: 'approve' }).expect(200);
    await passApprovals(api, { minutes: 20 });
    await api.as(client).post(`/portal/approvals/${request.id}/decision`).send({ decision: 'approve' }).expect(200);
    await passApprovals(api, { minutes: 5 });
    const { owners, totalSeconds } = (await api.as(engineer).get(`/tickets/${id}/sla`).expect(200)).body as Sla;
    const minutes = owners.map(({ owner, name, seconds }) => [owner, name, Math.round(seconds / 60)]);
    expect(minutes).toEqual(
      expect.arrayContaining([
        ['person', 'Инженер', 15],
        ['approver', 'Лебедев', 30],
        ['approver', 'Клиентов', 20],
      ]),
    );
    expect(owners.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(totalSeconds);
  });

  it('whoever sees the ticket sees the state, the amount only who takes part', async () => {
    const { id } = await ticket();
    const request = await begin(id);
    const colleague = await anEmployee(api, { teamIds: [team.id] });
    const { body } = await api.as(colleague).get(`/tickets/${id}/approvals`).expect(200);
    expect(body).toMatchObject({
      data: [
        { id: request.id, state: 'waiting', canOpen: false, amount: null, waitsFor: [{ person: { name: 'Лебедев' } }] },
      ],
    });
    await api.as(colleague).get(`/approvals/${request.id}`).expect(404);
    const own = await api.as(engineer).get(`/tickets/${id}/approvals`).expect(200);
    expect(own.body).toMatchObject({ data: [{ canOpen: true, amount: '15000.00' }] });
    const foreigner = await anEmployee(api, { teamIds: [(await aTeam(api)).id] });
    await api.as(foreigner).get(`/tickets/${id}/approvals`).expect(404);
    const blind = { kindId, title: 'Чужое', ticketId: id };
    const refused = await api.as(foreigner).post('/approvals').send(blind).expect(422);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/ticketId', code: 'approvals.ticketUnknown' }] });
  });

  it('R-06: macros and rules begin one; undone before the first decision it is recalled', async () => {
    const { id, number } = await ticket();
    const actions = api.get(TicketActions);
    const list = [{ action: 'start_approval', params: { kind: kindId, title: 'По заявке {number}', amount: '10.00' } }];
    expect(await actions.problems(api.system, list, { place: 'rule' })).toEqual([]);
    const ctx = await api.ctx(engineer);
    expect((await actions.preview(ctx, id, list)).problems).toEqual([]);
    const count = async () =>
      ((await api.as(engineer).get(`/tickets/${id}/approvals`).expect(200)).body as { data: Body[] }).data;
    expect(await count()).toEqual([]);
    const db = api.get(Db);
    const traces = await db.tx(ctx, (ctx) => actions.run(ctx, id, list));
    expect(await count()).toMatchObject([{ title: `По заявке ${number}`, state: 'waiting' }]);
    expect(await db.tx(ctx, (ctx) => actions.undo(ctx, id, traces))).toEqual([]);
    expect(await count()).toMatchObject([{ state: 'recalled' }]);
    // A rule has no person: whoever has the ticket asks.
    await db.tx(api.system, (ctx) => actions.run(ctx, id, list));
    const [newest] = await count();
    expect((await api.as(engineer).get(`/approvals/${newest!.id}`).expect(200)).body).toMatchObject({
      initiator: { name: 'Инженер' },
    });
    const wrong = [{ action: 'start_approval', params: { kind: engineer.id, title: 'Х', amount: 'много' } }];
    expect((await actions.problems(api.system, wrong, { place: 'macro' })).map(({ pointer }) => pointer)).toEqual([
      '/actions/0/params/kind',
    ]);
  });

  it('T-18: an approval goes with its ticket into another, and comes back', async () => {
    const [from, to] = [await ticket(), await ticket()];
    const request = await begin(from.id);
    const merged = await api
      .as(lead)
      .post(`/tickets/${to.id}/merge`)
      .send({ ticketIds: [from.id] });
    expect(merged.status).toBeLessThan(300);
    const at = async (): Promise<unknown> =>
      ((await api.as(engineer).get(`/approvals/${request.id}`).expect(200)).body as { ticket: Body }).ticket.id;
    expect(await at()).toBe(to.id);
    const { body } = await api.as(lead).get(`/tickets/${to.id}/merges`).expect(200);
    const merge = (body as { data: { id: string }[] }).data[0]!;
    const undone = await api.as(lead).post(`/ticket-merges/${merge.id}/undo`).send({});
    expect(undone.status).toBeLessThan(300);
    expect(await at()).toBe(from.id);
  });
});
