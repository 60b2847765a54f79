import { aTicket } from '@opora/testing/tickets';
import { aTeam, anEmployee } from '@opora/testing/people';
import { aCompany } from '@opora/testing/clients';
import { Clock } from '@opora/platform/context';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import type { StatusCategory } from '@opora/modules/tickets';
import { aMetric, aPolicy, pass } from './testing';
import type { ExcuseView } from './sla-excuses.dto';
import type { ReportRowView, ReportTicketView, ReportView, StuckTicketView } from './sla-report.dto';
import { SlaModule } from './sla.module';

describe('how promises are kept', () => {
  let api: TestApi;
  let lead: TestPerson;
  let asker: TestPerson;
  let engineer: Awaited<ReturnType<typeof anEmployee>>;
  let company: { id: string };
  const made: string[] = [];
  const period = 'from=2026-03-01&to=2026-03-31';

  const close = async (id: string, category: StatusCategory = 'done') => {
    const [status] = await api.db.query<{ id: string }>(
      api.system,
      `SELECT id FROM ticket_status WHERE category = $1 LIMIT 1`,
      [category],
    );
    await api.as(lead).post(`/tickets/${id}/transition`).send({ statusId: status!.id }).expect(200);
    await api.drain();
  };
  const upload = async (person: TestPerson) => {
    const answer = await api.as(person).post('/files').attach('file', Buffer.from('proof'), 'proof.txt');
    return (answer.body as { id: string }).id;
  };
  const reportBy = async (by: string, more = '') => {
    const answer = await api.as(lead).get(`/sla/report?${period}&by=${by}${more}`);
    expect(answer.status).toBe(200);
    return answer.body as ReportView;
  };

  beforeAll(async () => {
    api = await startApi(SlaModule);
    // In the middle of a month: all of it belongs to one.
    Clock.set(new Date('2026-03-10T09:00:00Z'));
    lead = await anEmployee(api, { role: 'admin' });
    asker = await anEmployee(api, { role: 'admin' });
    const team = await aTeam(api, { line: 2 });
    engineer = await anEmployee(api, { role: 'engineer', teamIds: [team.id] });
    company = await aCompany(api);
    await aPolicy(api, {
      when: { field: 'companyId', op: 'is', value: company.id },
      metrics: [aMetric('resolution', 60), aMetric('dwell', 30, { statusIds: [] })],
    });
    for (let index = 0; index < 5; index++) {
      const { id } = await aTicket(api, { companyId: company.id, assigneeId: engineer.id, teamId: team.id });
      made.push(id);
    }
    await api.drain();
    // Three in time, one late, one still open and late.
    for (const id of made.slice(0, 3)) await close(id);
    await pass(api, { minutes: 90 });
    await close(made[3]!);
  });
  afterAll(() => api.close());

  it('SLA-11: counts met and missed by line, company, employee, type and month, the same in all', async () => {
    for (const by of ['line', 'company', 'employee', 'type', 'month']) {
      const { data, total } = await reportBy(by);
      expect(data).toHaveLength(1);
      expect(total).toMatchObject({ met: 3, breached: 2, excused: 0, total: 5, share: 0.6 });
      expect(data[0]).toMatchObject({ met: 3, breached: 2, total: 5 });
    }
    expect((await reportBy('employee')).data[0]).toMatchObject({ key: engineer.id, name: engineer.name });
    expect((await reportBy('line')).data[0]).toMatchObject({ key: '2', name: 'Линия 2' });
  });

  it('SLA-11: every figure opens into exactly its tickets, page by page', async () => {
    const [row] = (await reportBy('employee')).data as [ReportRowView];
    for (const outcome of ['met', 'breached', 'excused'] as const) {
      const found: ReportTicketView[] = [];
      let cursor = '';
      do {
        const answer = await api
          .as(lead)
          .get(`/sla/report/tickets?${period}&by=employee&key=${row.key}&outcome=${outcome}&limit=2${cursor}`);
        expect(answer.status).toBe(200);
        const { data, page } = answer.body as { data: ReportTicketView[]; page: { next: string | null } };
        found.push(...data);
        cursor = page.next ? `&cursor=${page.next}` : '';
      } while (cursor);
      expect(found).toHaveLength(row[outcome]);
      expect(found.every((ticket) => ticket.outcome === outcome)).toBe(true);
      expect(new Set(found.map(({ ticket }) => ticket.id)).size).toBe(found.length);
    }
  });

  it('SLA-11: a filter narrows it, a period outside is empty, nonsense is refused', async () => {
    expect((await reportBy('type', `&q=${encodeURIComponent('is:open')}`)).total).toMatchObject({
      met: 0,
      breached: 1,
    });
    const past = await api.as(lead).get('/sla/report?from=2020-01-01&to=2020-12-31&by=month').expect(200);
    expect((past.body as ReportView).total).toMatchObject({ total: 0, share: null });
    for (const wrong of [
      'from=2026-13-01&to=2026-12-31&by=month',
      `${period}&by=moon`,
      'from=2026-02-30&to=2026-03-01&by=month',
      'from=2026-02-02&to=2026-02-01&by=month',
      `${period}&by=type&q=nonsense%3Ax`,
    ])
      await api.as(lead).get(`/sla/report?${wrong}`).expect(422);
  });

  it('SLA-11: counts only what the asker may see', async () => {
    const stranger = await anEmployee(api, { role: 'line_lead' });
    const answer = await api.as(stranger).get(`/sla/report?${period}&by=line`).expect(200);
    expect((answer.body as ReportView).total.total).toBe(0);
    const tickets = await api.as(stranger).get(`/sla/report/tickets?${period}&by=line`).expect(200);
    expect((tickets.body as { data: unknown[] }).data).toEqual([]);
    expect(((await api.as(stranger).get('/sla/stuck').expect(200)).body as { data: unknown[] }).data).toEqual([]);
  });

  it('SLA-05: what stays too long in a status is listed with its age, its mover and its limit', async () => {
    const answer = await api.as(lead).get('/sla/stuck').expect(200);
    const [row, ...rest] = (answer.body as { data: StuckTicketView[] }).data;
    expect(rest).toEqual([]);
    expect(row).toMatchObject({
      ticket: { id: made[4] },
      limitSeconds: 1800,
      company: { id: company.id },
      assignee: { id: engineer.id },
    });
    expect(row!.workingSeconds).toBeGreaterThanOrEqual(5400);
  });

  it('SLA-12: an excuse needs a reason, evidence and somebody else to approve it; then it counts apart', async () => {
    const [reason] = (await api.as(asker).get('/sla/excuse-reasons')).body.data as { id: string }[];
    const ask = (id: string, body: object) => api.as(asker).post(`/tickets/${id}/sla/excuses`).send(body);
    const whole = {
      metric: 'resolution',
      reasonId: reason!.id,
      note: 'Не предъявили технику',
      fileIds: [await upload(asker)],
    };
    await ask(made[3]!, { ...whole, fileIds: [] }).expect(422);
    await ask(made[3]!, { ...whole, note: ' ' }).expect(422);
    await ask(made[3]!, { ...whole, reasonId: made[0] }).expect(422);
    await ask(made[0]!, whole).expect(409);
    const asked = (await ask(made[3]!, whole).expect(201)).body as ExcuseView;
    expect(asked).toMatchObject({ state: 'asked', askedBy: { id: asker.id }, files: [{ name: 'proof.txt' }] });
    await ask(made[3]!, { ...whole, fileIds: [await upload(asker)] }).expect(409);
    expect((await reportBy('line')).total).toMatchObject({ breached: 2, excused: 0 });
    await api.as(asker).post(`/sla/excuses/${asked.id}/approve`).send({}).expect(403);
    await api.as(engineer).post(`/sla/excuses/${asked.id}/approve`).send({}).expect(403);
    await api.as(lead).post(`/sla/excuses/${asked.id}/approve`).send({ note: 'Верно' }).expect(200);
    await api.as(lead).post(`/sla/excuses/${asked.id}/decline`).send({}).expect(409);
    expect((await reportBy('line')).total).toMatchObject({ met: 3, breached: 1, excused: 1, total: 5, share: 0.75 });
    const list = (await api.as(lead).get('/sla/excuses?state=approved').expect(200)).body as { data: ExcuseView[] };
    expect(list.data).toMatchObject([{ id: asked.id, decidedBy: { id: lead.id }, decisionNote: 'Верно' }]);
    const stranger = await anEmployee(api, { role: 'engineer' });
    await api
      .as(stranger)
      .post(`/tickets/${made[4]}/sla/excuses`)
      .send({ ...whole, fileIds: [await upload(stranger)] })
      .expect(404);
  });
});
