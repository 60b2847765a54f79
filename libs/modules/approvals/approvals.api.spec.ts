import { createHash } from 'node:crypto';
import { Files } from '@opora/platform/files';
import { Clock } from '@opora/platform/context';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { canonical } from './approval-sheet';
import { ApprovalsModule } from './approvals.module';
import { passApprovals, shippedId } from './testing';

jest.setTimeout(120_000);

type Step = { person: { id: string; name: string }; state: string; note: string | null; via: string | null };
type Body = Record<string, unknown> & {
  id: string;
  number: number;
  version: number;
  state: string;
  stages: { state: string; steps: Step[]; earlier: Step[] }[];
  waitsFor: { person: { id: string; name: string } }[];
  history: { kind: string; text: string }[];
};

describe('approvals', () => {
  let api: TestApi;
  let admin: TestEmployee;
  let initiator: TestEmployee;
  let kindId: string;

  beforeAll(async () => {
    api = await startApi(ApprovalsModule);
    admin = await anEmployee(api, { role: 'admin', name: 'admin' });
    initiator = await anEmployee(api, { name: 'initiator' });
    const { body } = await api
      .as(admin)
      .post('/approval-kinds')
      .send({ name: { ru: 'Проба', en: 'Trial' } })
      .expect(201);
    kindId = (body as { id: string }).id;
  });
  afterAll(() => api.close());
  afterEach(() => Clock.reset());

  const person = (name: string, more: object = {}) => anEmployee(api, { name, ...more });
  const stage = (people: TestEmployee[], more: object = {}) => ({
    name: { ru: 'Этап', en: 'Stage' },
    mode: 'all',
    approvers: people.map(({ id }) => ({ by: 'employee', employeeId: id })),
    term: { seconds: 86_400, time: 'plain' },
    ...more,
  });
  const route = async (stages: object[], more: object = {}): Promise<{ id: string; version: number }> => {
    const input = { name: { ru: 'Маршрут', en: 'Route' }, kindId, definition: { stages, ...more } };
    const { body } = await api.as(admin).post('/approval-routes').send(input).expect(201);
    return body as { id: string; version: number };
  };
  const begin = async (
    stages: object[],
    { input = {}, ...more }: { input?: object } & Record<string, unknown> = {},
  ) => {
    const { id: routeId } = await route(stages, more);
    const request = { routeId, title: 'Новый сервер', ...input };
    return (await api.as(initiator).post('/approvals').send(request).expect(201)).body as Body;
  };
  const decide = (who: TestPerson, { id }: { id: string }, more: object = {}) =>
    api
      .as(who)
      .post(`/approvals/${id}/decision`)
      .send({ decision: 'approve', ...more });
  const get = async (who: TestPerson, { id }: { id: string }): Promise<Body> =>
    (await api.as(who).get(`/approvals/${id}`).expect(200)).body as Body;
  const waiting = (body: Body): string[] => body.waitsFor.map(({ person }) => person.name).sort();
  const linkOf = async (who: { email: string }): Promise<string> => {
    const [mail] = await api.db.query<{ html: string }>(
      api.system,
      `SELECT html FROM outgoing_mail WHERE "to"[1] = $1 ORDER BY id DESC LIMIT 1`,
      [who.email],
    );
    return /portal\/approve#t=([\w-]+)/.exec(mail!.html)![1]!;
  };
  const sums = async (id: string): Promise<unknown> =>
    api.db.query(
      api.system,
      `SELECT (SELECT md5(string_agg(s::text, '' ORDER BY s.id)) FROM approval_step s WHERE s."approvalId" = $1) AS steps,
        (SELECT count(*) FROM approval_fact WHERE "approvalId" = $1) AS facts, (SELECT md5(a::text) FROM approval a WHERE a.id = $1) AS approval`,
      [id],
    );

  it('AP-01: two at once in «any»: exactly one counts, the other is told why', async () => {
    const [one, two] = [await person('one'), await person('two')];
    const request = await begin([stage([one, two], { mode: 'any' })]);
    const answers = await Promise.all([decide(one, request), decide(two, request)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({ code: 'approvals.notAsked' });
    const view = await get(initiator, request);
    expect(view.stages[0]!.steps.map(({ state }) => state).sort()).toEqual(['approved', 'not_needed']);
    expect(view.history.filter(({ kind }) => kind === 'decided')).toHaveLength(1);
  });

  it('AP-01: the same decision twice, one too early, one by a stranger, one after a recall', async () => {
    const [one, two, stranger] = [await person('one'), await person('two'), await person('stranger')];
    const request = await begin([stage([one]), stage([two])]);
    const early = await decide(two, request).expect(409);
    expect(early.body).toMatchObject({ code: 'approvals.notAsked', reason: 'not_yet' });
    await api.as(two).get(`/approvals/${request.id}`).expect(404);
    await decide(stranger, request).expect(404);
    const twice = await Promise.all([decide(one, request), decide(one, request), decide(one, request)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(twice.find(({ status }) => status === 409)!.body).toMatchObject({ reason: 'decided' });
    await api.as(stranger).post(`/approvals/${request.id}/recall`).send({}).expect(404);
    await api.as(two).post(`/approvals/${request.id}/recall`).send({}).expect(403);
    await api.as(initiator).post(`/approvals/${request.id}/recall`).send({ reason: 'Не нужно' }).expect(200);
    expect((await decide(two, request).expect(409)).body).toMatchObject({ reason: 'recalled' });
    await api.as(initiator).post(`/approvals/${request.id}/recall`).send({}).expect(409);
  });

  it('AP-01: an approver who left gives way to his manager, else to whom delays are told, else it is said aloud', async () => {
    const [boss, gone, alone, rescuer] = [
      await person('boss'),
      await person('gone'),
      await person('alone'),
      await person('rescuer'),
    ];
    const moved = await api.as(admin).patch(`/employees/${gone.id}`).send({ managerId: boss.id, position: 'Инженер' });
    expect(moved.body).toMatchObject({ manager: { id: boss.id }, position: 'Инженер' });
    const circle = await api.as(admin).patch(`/employees/${boss.id}`).send({ managerId: gone.id }).expect(422);
    expect(circle.body).toMatchObject({ errors: [{ pointer: '/managerId', code: 'people.managerCircle' }] });
    const request = await begin([stage([gone]), stage([alone])]);
    await api.as(admin).post(`/employees/${gone.id}/archive`).expect(200);
    await api.drain();
    const view = await get(initiator, request);
    expect(waiting(view)).toEqual(['boss']);
    expect(view.stages[0]!.steps.at(-1)).toMatchObject({ note: 'Вместо уволенного: gone' });
    await api.as(admin).post(`/employees/${alone.id}/archive`).expect(200);
    await decide(boss, request).expect(200);
    await api.drain();
    expect((await get(initiator, request)).history.at(-1)).toMatchObject({ kind: 'stuck' });
    const [told] = await api.db.query<{ count: number }>(
      api.system,
      `SELECT count(*)::int FROM outgoing_mail WHERE "to"[1] = $1 AND subject LIKE '%некому решать%'`,
      [initiator.email],
    );
    expect(told).toEqual({ count: 1 });
    const stepId = (await get(admin, request)).stages[1]!.steps[0]! as unknown as { id: string };
    const over = { stepId: stepId.id, employeeId: rescuer.id };
    await api.as(initiator).post(`/approvals/${request.id}/hand-over`).send(over).expect(409);
    await api.as(admin).post(`/approvals/${request.id}/hand-over`).send(over).expect(200);
    expect((await decide(rescuer, request).expect(200)).body).toMatchObject({ state: 'approved' });
  });

  it('AP-02: somebody absent is not waited for; a late step goes over to the manager where the stage says so', async () => {
    const [away, deputy, boss] = [await person('away'), await person('deputy'), await person('boss')];
    await api.db.query(api.system, `UPDATE employee SET "managerId" = $2 WHERE id = $1`, [deputy.id, boss.id]);
    const now = api.system.now();
    await api
      .as(admin)
      .post('/absences')
      .send({
        employeeId: away.id,
        from: now.toISOString(),
        to: new Date(now.getTime() + 20 * 86_400_000).toISOString(),
        substituteId: deputy.id,
        reason: 'vacation',
      })
      .expect(201);
    const request = await begin([stage([away], { delegate: 'both' })]);
    expect(waiting(request)).toEqual(['deputy']);
    expect(request.stages[0]!.steps.at(-1)).toMatchObject({ note: 'Вместо отсутствующего: away' });
    await passApprovals(api, { hours: 24, minutes: -1 });
    expect(waiting(await get(initiator, request))).toEqual(['deputy']);
    await passApprovals(api, { minutes: 2 });
    const late = await get(initiator, request);
    expect([waiting(late), late.isOverdue]).toEqual([['boss'], false]);
    expect(late.stages[0]!.steps.find(({ state }) => state === 'replaced')).toBeDefined();
    expect((await decide(deputy, request).expect(409)).body).toMatchObject({ reason: 'replaced' });
    await decide(boss, request).expect(200);
  });

  it('AP-02: working time of a calendar: a day that begins on Friday at 17:00 ends on Monday at 17:00', async () => {
    const { body } = await api.as(admin).get('/sla/calendars').expect(200);
    const office = (body as { data: { id: string; code: string; timeZone: string }[] }).data.find(
      ({ code }) => code === 'office',
    )!;
    const one = await person('one');
    Clock.set(new Date('2026-12-04T14:00:00Z'));
    const term = { seconds: 9 * 3600, time: 'working', calendarId: office.id };
    const request = await begin([stage([one], { term })]);
    const dueAt = new Date((request.waitsFor[0] as unknown as { dueAt: string }).dueAt);
    const local = new Intl.DateTimeFormat('sv-SE', {
      timeZone: office.timeZone,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    expect(local.format(dueAt)).toBe('2026-12-07 17:00');
  });

  it('AP-04: sent back with a reason, another amount begins anew, earlier words stay to be read', async () => {
    const [one, two] = [await person('one'), await person('two')];
    const request = await begin([stage([one]), stage([two])], { input: { amount: '100.00', currency: 'RUB' } });
    await decide(one, request).expect(200);
    const wordless = await decide(two, request, { decision: 'return' }).expect(422);
    expect(wordless.body).toMatchObject({ errors: [{ pointer: '/comment', code: 'approvals.commentRequired' }] });
    const back = (await decide(two, request, { decision: 'return', comment: 'Много' }).expect(200)).body as Body;
    expect(back).toMatchObject({ state: 'returned', returned: { reason: 'Много', stageIndex: 1 } });
    const counts = await api.as(initiator).get('/approvals/counts').expect(200);
    expect(counts.body).toMatchObject({ returned: 1 });
    await api.as(one).post(`/approvals/${request.id}/resubmit`).send({}).expect(403);
    const again = await api
      .as(initiator)
      .post(`/approvals/${request.id}/resubmit`)
      .send({ amount: '90.00' })
      .expect(200);
    expect(again.body).toMatchObject({ state: 'waiting', round: 2, amount: '90.00' });
    expect(waiting(again.body as Body)).toEqual(['one']);
    expect((again.body as Body).stages[0]!.earlier).toMatchObject([{ state: 'approved' }]);
    await api.as(initiator).post(`/approvals/${request.id}/resubmit`).send({}).expect(409);
    await api.as(initiator).post(`/approvals/${request.id}/recall`).send({}).expect(200);
  });

  it('AP-07: the sheet prints names, decisions, times, comments and the hash of exactly this content', async () => {
    const one = await person('Ёлкина Ирина');
    await api.db.query(api.system, `UPDATE employee SET position = 'Главный бухгалтер' WHERE id = $1`, [one.id]);
    const content = Buffer.from('счёт');
    const file = await api.get(Files).store(await api.ctx(initiator), { name: 'Счёт.pdf', content });
    const bill = await shippedId(api, 'item', 'bill');
    const input = { amount: '1234.50', documents: [{ fileId: file.id, kindId: bill }] };
    const request = await begin([stage([one])], { input });
    await decide(one, request, { comment: 'Проверено' }).expect(200);
    await api.drain();
    const { body } = await api.as(one).get(`/approvals/${request.id}/sheet`).expect(200);
    const sheet = body as { hash: string; content: Record<string, unknown> };
    expect(createHash('sha256').update(canonical(sheet.content)).digest('hex')).toBe(sheet.hash);
    expect(sheet.content).toMatchObject({
      amount: '1234.50',
      state: 'approved',
      stages: [
        { steps: [{ name: 'Ёлкина Ирина', position: 'Главный бухгалтер', comment: 'Проверено', state: 'approved' }] },
      ],
      documents: [{ kind: 'Счёт', name: 'Счёт.pdf', sha256: createHash('sha256').update(content).digest('hex') }],
    });
    // A name that changes later changes neither the paper nor its hash.
    await api.db.query(api.system, `UPDATE employee SET name = 'Другая' WHERE id = $1`, [one.id]);
    expect((await api.as(initiator).get(`/approvals/${request.id}/sheet`).expect(200)).body).toEqual(sheet);
    expect((await get(initiator, request)).sheetHash).toBe(sheet.hash);
    const pdf = await api.as(initiator).get(`/approvals/${request.id}/sheet.pdf`).buffer(true).parse(raw).expect(200);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    expect((pdf.body as Buffer).length).toBeGreaterThan(5000);
    await api
      .as(await person('stranger'))
      .get(`/approvals/${request.id}/sheet.pdf`)
      .expect(404);
  });

  it('AP-08: a scanner that opens every link decides nothing; only the POST of its page does, once', async () => {
    const one = await person('one');
    const request = await begin([stage([one])], { input: { text: 'Текст' } });
    await api.drain();
    const token = await linkOf(one);
    const before = await sums(request.id);
    const path = `/api/v1/approvals/link/${token}`;
    for (let round = 0; round < 3; round++) {
      await api.http.get(path).expect(200);
      await api.http.head(path);
      await api.http.get(`${path}/decision`);
      await api.http.options(path);
    }
    await api.http.post(`${path}/decision`).send({ decision: 'approve' }).expect(422);
    await api.http.post(`${path}/decision`).send({ decision: 'approve', confirmation: 'x' }).expect(422);
    expect(await sums(request.id)).toEqual(before);
    const { body } = await api.http.get(path).expect(200);
    const page = body as { confirmation: string };
    expect(page).toMatchObject({ title: 'Новый сервер', text: 'Текст', person: 'one', initiator: 'initiator' });
    const decision = { decision: 'approve', confirmation: page.confirmation };
    const answers = await Promise.all([1, 2].map(() => api.http.post(`${path}/decision`).send(decision)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
    await api.http.get(path).expect(410);
    await api.http.get('/api/v1/approvals/link/unknown').expect(404);
    expect((await get(initiator, request)).stages[0]!.steps[0]).toMatchObject({ state: 'approved', via: 'mail' });
  });

  it('AP-08: the link ends with the step, whatever ended it', async () => {
    const [one, two] = [await person('one'), await person('two')];
    const request = await begin([stage([one, two], { mode: 'any' })]);
    await api.drain();
    const token = await linkOf(two);
    const page = (await api.http.get(`/api/v1/approvals/link/${token}`).expect(200)).body as { confirmation: string };
    await decide(one, request).expect(200);
    const late = { decision: 'decline', comment: 'Поздно', confirmation: page.confirmation };
    await api.http.post(`/api/v1/approvals/link/${token}/decision`).send(late).expect(410);
    expect((await get(initiator, request)).state).toBe('approved');
  });

  it('AP-01: routes are versions: what runs keeps its own; what a route names must be there', async () => {
    const [one, two] = [await person('one'), await person('two')];
    const { id, version } = await route([stage([one])]);
    const request = (await api.as(initiator).post('/approvals').send({ routeId: id, title: 'Старый путь' }).expect(201))
      .body as Body;
    const changed = { definition: { stages: [stage([two])] } };
    await api.as(admin).patch(`/approval-routes/${id}`).send(changed).expect(428);
    const saved = await api
      .as(admin)
      .patch(`/approval-routes/${id}`)
      .set('If-Match', `"${version}"`)
      .send(changed)
      .expect(200);
    expect((saved.body as Body).version).toBe(version + 1);
    await api.as(admin).patch(`/approval-routes/${id}`).set('If-Match', `"${version}"`).send(changed).expect(412);
    expect(waiting(await get(initiator, request))).toEqual(['one']);
    const versions = await api.as(admin).get(`/approval-routes/${id}/versions`).expect(200);
    expect((versions.body as { data: { version: number }[] }).data.map((row) => row.version)).toEqual([2, 1]);
    const wrong = stage([], {
      mode: 'k_of_n',
      approvers: [{ by: 'role', roleId: one.id }, { by: 'employee' }],
      remindBefore: [86_400],
    });
    const input = { name: { ru: 'Х', en: 'X' }, kindId, definition: { stages: [wrong] } };
    const refused = await api.as(admin).post('/approval-routes').send(input).expect(422);
    const found = (refused.body as { errors: { pointer: string; code: string }[] }).errors;
    expect(found.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/definition/stages/0/k approvals.kRequired',
      '/definition/stages/0/remindBefore/0 approvals.reminderTooEarly',
      '/definition/stages/0/approvers/1/employeeId validation.isUuid',
      '/definition/stages/0/approvers/0/roleId approvals.roleUnknown',
    ]);
    await api.as(initiator).post('/approval-routes').send(input).expect(403);
    const nobody = { kindId: await shippedId(api, 'item', 'discount'), title: 'Скидка' };
    const empty = await api.as(initiator).post('/approvals').send(nobody).expect(422);
    expect(empty.body).toMatchObject({ errors: [{ pointer: '/stages/1', code: 'approvals.nobodyInStage' }] });
  });

  it('AP-03: the preview says the route, the limits in money and the people before anything begins', async () => {
    const purchase = await shippedId(api, 'item', 'purchase');
    const wanted = { kindId: purchase, amount: '432500.01', date: '2026-05-05' };
    const { body } = await api.as(initiator).post('/approval-routes/choose').send(wanted).expect(200);
    const choice = body as {
      route: { label: string };
      routes: { matched: boolean; why: string; upTo: { money: string } | null }[];
    };
    expect(choice.route.label).toBe('Закупка от 100 до 500 МРП');
    expect(choice.routes.map(({ matched, upTo }) => [matched, upTo?.money])).toEqual([
      [false, '432500.00'],
      [true, '2162500.00'],
      [false, undefined],
    ]);
    expect(choice.routes[0]!.why.replace(/\s/g, ' ')).toBe(
      '432 500,01 ₸ больше 432 500,00 ₸: до 432 500,00 ₸ включительно (100 × 4 325,00 ₸ с 1 января 2026 г.)',
    );
    const index = await shippedId(api, 'index', 'mrp');
    const values = [{ from: '2026-01-01', value: '5000.00' }];
    await api.as(admin).patch(`/approval-indexes/${index}`).send({ values }).expect(200);
    const later = await api.as(initiator).post('/approval-routes/choose').send(wanted).expect(200);
    expect((later.body as typeof choice).route.label).toBe('Закупка до 100 МРП');
    const plan = await api.as(initiator).post('/approvals/preview').send(wanted).expect(200);
    expect(plan.body).toMatchObject({
      stages: [
        { skipped: true, note: 'Согласующих не нашлось: этап пропускается' },
        { name: 'Экономист и главный бухгалтер' },
        {},
      ],
      problems: [{ pointer: '/stages/1' }, { pointer: '/stages/2' }],
    });
  });

  it('lists: mine, what waits for me, copies; a page goes on where the last one ended', async () => {
    const [one, reader] = [await person('one'), await person('reader')];
    const all: Body[] = [];
    for (let count = 0; count < 5; count++)
      all.push(await begin([stage([one])], { copies: [{ by: 'employee', employeeId: reader.id }] }));
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await api.as(one).get(`/approvals?box=inbox&limit=2${cursor}`).expect(200);
      const page = body as { data: Body[]; page: { next: string | null } };
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.page.next ? `&cursor=${page.page.next}` : '';
    } while (cursor);
    expect(seen).toEqual(all.map(({ id }) => id));
    const copies = await api.as(reader).get('/approvals?box=copies&limit=200').expect(200);
    expect((copies.body as { data: Body[] }).data).toHaveLength(5);
    await decide(reader, all[0]!).expect(409);
    const none = await api
      .as(await person('stranger'))
      .get('/approvals')
      .expect(200);
    expect((none.body as { data: Body[] }).data).toEqual([]);
    await api.as(one).get('/approvals?cursor=bad').expect(400);
  });
});

const raw = (response: unknown, done: (error: Error | null, body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  const stream = response as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
};
