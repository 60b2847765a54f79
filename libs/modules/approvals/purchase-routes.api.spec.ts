import { Files } from '@opora/platform/files';
import { Clock } from '@opora/platform/context';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { ApprovalSchedules } from './approval-schedules.service';
import { ApprovalsModule } from './approvals.module';
import { giveRole, passApprovals, shippedId } from './testing';

jest.setTimeout(120_000);

type Body = Record<string, unknown> & {
  id: string;
  number: number;
  state: string;
  stage: { index: number; name: string };
  waitsFor: { person: { name: string }; dueAt: string; isOverdue: boolean }[];
  canDecide: { missing: { kind: { label: string } }[] } | null;
};

describe('AP-03, AP-05: the six purchase routes run from the request to the last task', () => {
  let api: TestApi;
  const who = {} as Record<string, TestEmployee>;
  const names = (body: Body): string[] => body.waitsFor.map(({ person }) => person.name).sort();

  beforeAll(async () => {
    api = await startApi(ApprovalsModule);
    const people = [
      'ivanov',
      'boss',
      'chief',
      'economist',
      'accountant',
      'payer',
      'buyer',
      'finance',
      'director',
      'hr',
    ];
    for (const name of [...people, 'judge1', 'judge2', 'judge3']) who[name] = await anEmployee(api, { name });
    const reports: [string, string][] = [
      ['ivanov', 'boss'],
      ['boss', 'chief'],
      ['chief', 'director'],
    ];
    for (const [below, above] of reports)
      await api.db.query(api.system, `UPDATE employee SET "managerId" = $2 WHERE id = $1`, [
        who[below]!.id,
        who[above]!.id,
      ]);
    await giveRole(api, 'economist', who.economist!);
    await giveRole(api, 'chief_accountant', who.accountant!);
    await giveRole(api, 'payment_accountant', who.payer!);
    await giveRole(api, 'buyer', who.buyer!);
    await giveRole(api, 'tender_commission', who.judge1!, who.judge2!, who.judge3!);
    await giveRole(api, 'personnel', who.hr!);
    await giveRole(api, 'finance_director', who.finance!);
    await giveRole(api, 'general_director', who.director!);
    Clock.set(new Date('2026-03-02T05:00:00Z'));
  });
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => api.close());

  const upload = async (person: TestPerson): Promise<string> =>
    (
      await api
        .get(Files)
        .store(await api.ctx(person), { name: 'Счёт.pdf', content: Buffer.from(`pdf ${Math.random()}`) })
    ).id;
  const paper = async (person: TestPerson, code: string) => ({
    fileId: await upload(person),
    kindId: await shippedId(api, 'item', code),
  });
  const begin = async (kind: string, more: object): Promise<Body> => {
    const kindId = await shippedId(api, 'item', kind);
    const input = { kindId, title: `Запрос ${kind}`, ...more };
    const { body } = await api.as(who.ivanov!).post('/approvals').send(input).expect(201);
    return body as Body;
  };
  const decide = async (name: string, { id }: Body, more: object = {}): Promise<Body> => {
    const request = api.as(who[name]!).post(`/approvals/${id}/decision`);
    const { body } = await request.send({ decision: 'approve', ...more }).expect(200);
    return body as Body;
  };
  const tasksOf = async (name: string, { id }: Body): Promise<string[]> => {
    const { body } = await api.as(who[name]!).get('/approval-tasks').expect(200);
    const rows = (body as { data: { text: string; approval: { id: string } }[] }).data;
    return rows.filter(({ approval }) => approval.id === id).map(({ text }) => text);
  };
  const routeOf = (body: Body): string => (body.route as { label: string }).label;

  it('up to 100 МРП: manager, economist with the accountant and the bill, finance director; then tasks and a copy', async () => {
    const small = await begin('purchase', { amount: '432500.00', documents: [await paper(who.ivanov!, 'bill')] });
    expect(routeOf(small)).toBe('Закупка до 100 МРП');
    expect(names(small)).toEqual(['boss']);
    expect(names(await decide('boss', small))).toEqual(['accountant', 'economist']);
    expect(names(await decide('economist', small))).toEqual(['accountant']);
    expect(names(await decide('accountant', small))).toEqual(['finance']);
    expect((await decide('finance', small)).state).toBe('approved');
    await api.drain();
    expect(await tasksOf('payer', small)).toEqual(['Оплатить']);
    expect(await tasksOf('accountant', small)).toEqual(['Провести по учёту']);
    await api.as(who.buyer!).get(`/approvals/${small.id}`).expect(200);
    await api.as(who.hr!).get(`/approvals/${small.id}`).expect(404);
  });

  it('100 to 500 МРП: two managers in turn, the bill sent for, the contract at the finance director, the general director', async () => {
    const middle = await begin('purchase', { amount: '432500.01' });
    expect(routeOf(middle)).toBe('Закупка от 100 до 500 МРП');
    expect(names(middle)).toEqual(['boss']);
    expect(names(await decide('boss', middle))).toEqual(['chief']);
    expect(names(await decide('chief', middle))).toEqual(['accountant', 'economist']);
    // Without the bill there is no yes: it goes back for it.
    const refused = await api.as(who.economist!).post(`/approvals/${middle.id}/decision`).send({ decision: 'approve' });
    expect(refused.status).toBe(422);
    expect((refused.body as { errors: unknown[] }).errors).toMatchObject([
      { pointer: '/documents', code: 'approvals.documentMissing', message: 'Нет документа: Счёт' },
    ]);
    const back = await decide('economist', middle, { decision: 'return', comment: 'Приложите счёт' });
    expect([back.state, names(back)]).toEqual(['returned', []]);
    const documents = [await paper(who.ivanov!, 'bill')];
    const { body } = await api.as(who.ivanov!).post(`/approvals/${middle.id}/resubmit`).send({ documents }).expect(200);
    expect(names(body as Body)).toEqual(['accountant', 'economist']);
    await decide('economist', middle);
    expect(names(await decide('accountant', middle))).toEqual(['finance']);
    await api.as(who.finance!).post(`/approvals/${middle.id}/decision`).send({ decision: 'approve' }).expect(422);
    const signed = await decide('finance', middle, { documents: [await paper(who.finance!, 'contract')] });
    expect(names(signed)).toEqual(['director']);
    expect((await decide('director', middle)).state).toBe('approved');
  });

  it('over 500 МРП: the commission decides by two of three, with its protocol', async () => {
    const documents = [await paper(who.ivanov!, 'contract')];
    const tender = await begin('purchase', { amount: '2162500.01', documents });
    expect(routeOf(tender)).toBe('Закупка свыше 500 МРП: тендер');
    await decide('boss', tender);
    expect(names(await decide('chief', tender))).toEqual(['judge1', 'judge2', 'judge3']);
    const protocol = [await paper(who.judge1!, 'tender_protocol')];
    const first = await decide('judge1', tender, { documents: protocol });
    expect(names(first)).toEqual(['judge2', 'judge3']);
    expect(names(await decide('judge2', tender, { decision: 'decline', comment: 'Дорого' }))).toEqual(['judge3']);
    expect(names(await decide('judge3', tender))).toEqual(['accountant', 'economist']);
    await decide('accountant', tender);
    await decide('economist', tender);
    await decide('finance', tender);
    expect((await decide('director', tender)).state).toBe('approved');
  });

  it('a single source: by the kind alone, with a justification; one no ends it', async () => {
    const documents = [await paper(who.ivanov!, 'justification'), await paper(who.ivanov!, 'contract')];
    const single = await begin('single_source', { documents });
    await decide('boss', single);
    await decide('chief', single);
    await decide('economist', single);
    const refused = await decide('accountant', single, { decision: 'decline', comment: 'Нет в плане' });
    expect([refused.state, names(refused)]).toEqual(['declined', []]);
    await api.drain();
    expect(await tasksOf('payer', single)).toEqual([]);
  });

  it('AP-06: monthly bills stand on an approved request and begin by themselves on their day', async () => {
    const trip = await begin('purchase', { amount: '1000.00', documents: [await paper(who.ivanov!, 'bill')] });
    const kindId = await shippedId(api, 'item', 'monthly_bill');
    const start = { kindId, title: 'Аренда' };
    const refused = await api.as(who.ivanov!).post('/approvals').send(start).expect(422);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/basedOnId', code: 'approvals.baseRequired' }] });
    await api
      .as(who.ivanov!)
      .post('/approvals')
      .send({ ...start, basedOnId: trip.id })
      .expect(422);
    for (const name of ['boss', 'economist', 'accountant', 'finance']) await decide(name, trip);
    const admin = await anEmployee(api, { role: 'admin' });
    const { body } = await api
      .as(admin)
      .post('/approval-schedules')
      .send({
        name: 'Аренда',
        rrule: 'FREQ=MONTHLY;BYMONTHDAY=5',
        startsOn: '2026-03-05',
        time: '09:00',
        timeZone: 'Asia/Almaty',
        initiatorId: who.ivanov!.id,
        request: { kindId, title: 'Аренда за {month} {year}', amount: '250000.00', basedOnId: trip.id },
      })
      .expect(201);
    expect(body).toMatchObject({ nextAt: '2026-03-05T04:00:00.000Z', lastAt: null });
    // Two months of standstill are made up, each as its own request.
    Clock.set(new Date('2026-04-06T00:00:00Z'));
    await api.get(ApprovalSchedules).beginDue(api.system);
    await api.get(ApprovalSchedules).beginDue(api.system);
    const mine = await api.as(who.ivanov!).get(`/approvals?box=mine&kindId=${kindId}`).expect(200);
    const begun = (mine.body as { data: (Body & { title: string })[] }).data;
    expect(begun.map(({ title }) => title)).toEqual(['Аренда за апрель 2026', 'Аренда за март 2026']);
    const [row] = await api.db.query(api.system, `SELECT "nextAt", "lastProblem" FROM approval_schedule`);
    expect(row).toMatchObject({ nextAt: new Date('2026-05-05T04:00:00Z'), lastProblem: null });
    const bill = begun[1]!;
    const view = (await api.as(who.ivanov!).get(`/approvals/${bill.id}`).expect(200)).body as Body;
    expect(view.basedOn).toMatchObject({ id: trip.id, state: 'approved' });
    const documents = await paper(who.ivanov!, 'bill');
    await api.as(who.ivanov!).post(`/approvals/${bill.id}/documents`).send(documents).expect(200);
    for (const name of ['boss', 'economist', 'accountant', 'finance']) await decide(name, bill);
    const done = await api.as(who.ivanov!).get(`/approvals/${bill.id}`).expect(200);
    expect((done.body as Body).state).toBe('approved');
  });

  it('a business trip: managers, personnel, finance, the general director; one of them is his own superior once', async () => {
    const { body } = await api
      .as(who.chief!)
      .post('/approvals')
      .send({ kindId: await shippedId(api, 'item', 'business_trip'), title: 'Астана' })
      .expect(201);
    const trip = body as Body;
    expect(names(trip)).toEqual(['director']);
    await decide('director', trip);
    await decide('hr', trip);
    // The general director said yes as the manager: he is not asked again, and the sheet tells why.
    const done = await decide('finance', trip);
    expect(done.state).toBe('approved');
    const last = (done.stages as { steps: { state: string; note: string }[] }[]).at(-1)!.steps[0]!;
    expect(last).toMatchObject({ state: 'merged', note: 'Уже согласовал на этапе «Руководители инициатора»' });
    await api.drain();
    expect(await tasksOf('payer', trip)).toEqual(['Выдать аванс']);
  });

  it('AP-02: 24 h 00 m 00 s is in time, 24 h 00 m 01 s is not; reminded and told once, the initiator sees it', async () => {
    // The clock stands still between the moments, however slow the machine is.
    jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    Clock.set(new Date('2026-05-04T05:00:00Z'));
    const request = await begin('single_source', {});
    const asked = (await api.as(who.boss!).get('/approvals?box=inbox').expect(200)).body as { data: Body[] };
    const mine = asked.data.find(({ id }) => id === request.id)!;
    const dueAt = Date.parse((mine.mine as { dueAt: string }).dueAt);
    const askedAt = Date.parse(mine.waitsFor[0]! && (mine.waitsFor[0] as unknown as { askedAt: string }).askedAt);
    expect(dueAt - askedAt).toBe(86_400_000);
    const facts = async (): Promise<string[]> =>
      (
        await api.db.query<{ kind: string }>(
          api.system,
          `SELECT kind FROM approval_fact WHERE "approvalId" = $1 AND kind IN ('reminded', 'overdue', 'escalated') ORDER BY seq`,
          [request.id],
        )
      ).map(({ kind }) => kind);
    const at = async (moment: number): Promise<Body> => {
      Clock.set(new Date(moment));
      await passApprovals(api, {});
      return (await api.as(who.ivanov!).get(`/approvals/${request.id}`).expect(200)).body as Body;
    };
    expect([(await at(dueAt - 7_201_000)).isOverdue, await facts()]).toEqual([false, []]);
    expect([(await at(dueAt - 7_199_000)).isOverdue, await facts()]).toEqual([false, ['reminded']]);
    expect([(await at(dueAt)).isOverdue, await facts()]).toEqual([false, ['reminded']]);
    expect([(await at(dueAt + 1000)).isOverdue, await facts()]).toEqual([true, ['reminded', 'overdue']]);
    await at(dueAt + 2000);
    expect(await facts()).toEqual(['reminded', 'overdue']);
    await at(dueAt + 4 * 3_600_000 + 1000);
    expect(await facts()).toEqual(['reminded', 'overdue', 'escalated']);
    const mails = await api.db.query<{ subject: string }>(
      api.system,
      `SELECT subject FROM outgoing_mail WHERE "to"[1] = $1 AND subject LIKE $2 ORDER BY id`,
      [who.boss!.email, `%№ ${request.number}%`],
    );
    expect(mails.map(({ subject }) => subject.split(/[ №]/)[0])).toEqual(['Согласуйте', 'Напоминание:', 'Срок']);
    const late = await decide('boss', request);
    const step = (late.stages as { steps: { isOverdue: boolean }[] }[])[0]!.steps[0]!;
    expect(step.isOverdue).toBe(true);
  });
});
