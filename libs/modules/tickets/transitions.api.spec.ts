import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';
import { TransitionGuards } from './transition-guards';

let api: TestApi;
let dispatcher: Awaited<ReturnType<typeof anEmployee>>;
let ids: Record<string, string>;
/** What the guards of this file find unmet, by the ticket's subject. */
const isUnmet = (subject: string, what: string): boolean => subject.includes(what);

beforeAll(async () => {
  api = await startApi(TicketsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher', name: 'Дина Диспетчер' });
  const rows = await api.db.query<{ code: string; id: string }>(api.system, 'SELECT code, id FROM ticket_status');
  ids = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
  const guards = api.get(TransitionGuards);
  guards.register({
    name: 'effort',
    label: ({ locale }) => (locale === 'ru' ? 'Трудозатраты' : 'Effort'),
    params: [{ name: 'minutes', type: 'minutes', label: () => 'Минут', min: 1, max: 600, default: 15 }],
    check: (_, { subject }, __, { minutes }) => (isUnmet(subject, 'effort') ? `Нужно ${String(minutes)} мин` : null),
  });
  guards.register({
    name: 'act',
    isOptional: true,
    check: (_, { subject }) => (isUnmet(subject, 'act') ? 'Нужен акт' : null),
  });
  guards.register({
    name: 'always',
    check: (_, { subject }, { toCategory }) =>
      isUnmet(subject, 'always') && toCategory === 'closed' ? 'Всегда мешает' : null,
  });
});
afterAll(() => api.close());

const setGuards = (from: string, to: string, guards: object[]) =>
  api.db.query(api.system, 'UPDATE status_transition SET guards = $3::jsonb WHERE "fromId" = $1 AND "toId" = $2', [
    ids[from],
    ids[to],
    JSON.stringify(guards),
  ]);
const transitionOf = async (from: string, to: string): Promise<string> =>
  (
    await api.db.query<{ id: string }>(
      api.system,
      'SELECT id FROM status_transition WHERE "fromId" = $1 AND "toId" = $2',
      [ids[from], ids[to]],
    )
  )[0]!.id;
const move = (id: string, body: object) => api.as(dispatcher).post(`/tickets/${id}/transition`).send(body);

describe('guards', () => {
  beforeAll(() =>
    setGuards('in_work', 'closed', [
      { name: 'effort', params: { minutes: 30 } },
      { name: 'act', params: {} },
    ]),
  );
  afterAll(() => setGuards('in_work', 'closed', []));

  it('T-06: one refusal lists every unmet guard, for staff and on the portal', async () => {
    const company = await aCompany(api);
    const client = await aContact(api, { companyId: company.id });
    const { id } = await aTicket(api, {
      subject: 'effort act always',
      status: 'in_work',
      companyId: company.id,
      contactId: client.id,
    });
    const { body } = await move(id, { statusId: ids.closed }).expect(409);
    const unmet = [
      { guard: 'effort', message: 'Нужно 30 мин' },
      { guard: 'act', message: 'Нужен акт' },
      { guard: 'always', message: 'Всегда мешает' },
    ];
    expect(body).toMatchObject({ code: 'tickets.transitionRefused', unmet });
    const refused = await api.as(client).post(`/portal/tickets/${id}/close`).send({}).expect(409);
    expect(refused.body).toMatchObject({ code: 'tickets.transitionRefused', unmet });
    const card = (await api.as(dispatcher).get(`/tickets/${id}`)).body;
    expect(card.status.code).toBe('in_work');
    const closing = card.transitions.find(({ to }: { to: { code: string } }) => to.code === 'closed');
    expect(closing.blockedBy).toEqual(unmet.map(({ message }) => message));
  });

  it('T-06: a guard of a transition holds nowhere else, and what is done no longer stands in the way', async () => {
    const { id } = await aTicket(api, { subject: 'effort act', status: 'in_work' });
    await move(id, { statusId: ids.done }).expect(200);
    const other = await aTicket(api, { subject: 'act', status: 'in_work' });
    const { body } = await move(other.id, { statusId: ids.closed }).expect(409);
    expect(body.unmet).toEqual([{ guard: 'act', message: 'Нужен акт' }]);
    const free = await aTicket(api, { subject: 'nothing', status: 'in_work' });
    await move(free.id, { statusId: ids.closed }).expect(200);
  });

  it('T-06: the editor is offered the guards a transition may carry', async () => {
    const { body } = await api.as(dispatcher).get('/transition-guards').expect(200);
    const offered = body.data.filter(({ name }: { name: string }) => ['effort', 'act', 'always'].includes(name));
    expect(offered).toEqual([
      {
        name: 'effort',
        label: 'Трудозатраты',
        params: [{ name: 'minutes', type: 'minutes', label: 'Минут', min: 1, max: 600, default: 15, options: [] }],
      },
      { name: 'act', label: 'act', params: [] },
    ]);
  });
});

describe('several at once', () => {
  it('T-05: of 50 parallel transitions one wins, the rest see both versions', async () => {
    const { id } = await aTicket(api, { subject: 'Гонка' });
    const targets = ['in_work', 'waiting_client', 'waiting_partner', 'done'];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => move(id, { statusId: ids[targets[n % 4]!], ifStatusId: ids.new })),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const now = won[0]!.body.status;
    for (const { status, body } of answers.filter((answer) => answer !== won[0])) {
      expect(status).toBe(409);
      expect(body).toMatchObject({
        code: 'tickets.statusMoved',
        current: { id, version: 2, status: { id: now.id, code: now.code } },
        seen: { version: 1, status: { id: ids.new, code: 'new' } },
        by: 'Дина Диспетчер',
      });
    }
    const changes = (await api.as(dispatcher).get(`/tickets/${id}/history`)).body.data;
    expect(changes.filter(({ field }: { field: string }) => field === 'statusId')).toHaveLength(1);
  });

  it.each<[string, () => Promise<{ body: object; tag?: string }>]>([
    ['the transition itself', async () => ({ body: { transitionId: await transitionOf('new', 'in_work') } })],
    ['the wanted status', async () => ({ body: { statusId: ids.in_work } })],
    ['the version', async () => ({ body: { statusId: ids.done }, tag: '"1"' })],
  ])('T-05: who comes too late is told so by %s', async (_, wanted) => {
    const { id } = await aTicket(api);
    await move(id, { statusId: ids.in_work }).expect(200);
    const { body: input, tag } = await wanted();
    const request = move(id, input);
    const { body } = await (tag ? request.set('if-match', tag) : request).expect(409);
    expect(body).toMatchObject({
      code: 'tickets.statusMoved',
      current: { version: 2, status: { code: 'in_work' } },
      seen: { version: 1, status: { code: 'new' } },
    });
  });

  it('T-05: a change of another field is no conflict of the status', async () => {
    const { id } = await aTicket(api);
    await api
      .as(dispatcher)
      .patch(`/tickets/${id}`)
      .set('if-match', '"1"')
      .send({ subject: 'Другая тема' })
      .expect(200);
    await move(id, { statusId: ids.in_work, ifStatusId: ids.new }).set('if-match', '"1"').expect(200);
  });

  it('T-05: a transition of elsewhere is refused by the process', async () => {
    const { id } = await aTicket(api);
    for (const transitionId of [newId(), await transitionOf('done', 'closed')]) {
      const { body } = await move(id, { transitionId }).expect(409);
      expect(body).toMatchObject({ code: 'tickets.transitionRefused', unmet: [{ guard: 'process' }] });
    }
  });
});
