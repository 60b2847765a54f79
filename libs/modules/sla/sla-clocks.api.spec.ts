import { aTicket } from '@opora/testing/tickets';
import { anEmployee } from '@opora/testing/people';
import { aCompany } from '@opora/testing/clients';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { Clock } from '@opora/platform/context';
import type { StatusCategory } from '@opora/modules/tickets';
import { aCalendar, aMetric, aPolicy, everyDay, pass } from './testing';
import type { TicketSlaView } from './ticket-sla.dto';
import { SlaMoments } from './sla-moments.service';
import { SlaModule } from './sla.module';

type View = {
  metric: string;
  state: string;
  dueAt: string | null;
  warnAt: string | null;
  pauseReason: string | null;
  remainingSeconds: number | null;
};
type Facet = {
  reaction: View | null;
  resolution: View | null;
  policy: { id: string } | null;
  isBreached: boolean;
  next: View | null;
};
type Card = { id: string; createdAt: string; version: number; sla: Facet };

describe('clocks of tickets', () => {
  let api: TestApi;
  let agent: TestPerson;
  beforeAll(async () => {
    api = await startApi(SlaModule);
    agent = await anEmployee(api, { role: 'admin' });
  });
  afterAll(() => api.close());

  /** A ticket of a company of its own, with a policy that only fits that company. */
  const promised = async (
    metrics: Parameters<typeof aPolicy>[1]['metrics'],
    more: Partial<Parameters<typeof aPolicy>[1]> = {},
  ) => {
    const company = await aCompany(api);
    const policy = await aPolicy(api, { when: { field: 'companyId', op: 'is', value: company.id }, ...more, metrics });
    const ticket = await aTicket(api, { companyId: company.id });
    await api.drain();
    return { company, policy, ticket, card: await cardOf(ticket.id) };
  };
  const cardOf = async (id: string): Promise<Card> => (await api.as(agent).get(`/tickets/${id}`)).body as Card;
  const move = async (id: string, category: StatusCategory) => {
    const [status] = await api.db.query<{ id: string }>(
      api.system,
      `SELECT id FROM ticket_status WHERE category = $1 LIMIT 1`,
      [category],
    );
    const answer = await api.as(agent).post(`/tickets/${id}/transition`).send({ statusId: status!.id });
    expect(answer.status).toBe(200);
    await api.drain();
  };
  const after = (card: Card, seconds: number) => new Date(Date.parse(card.createdAt) + seconds * 1000).toISOString();

  it('SLA-03: a new ticket shows both clocks at once, to the millisecond', async () => {
    const { card, policy } = await promised([
      aMetric('reaction', 60),
      aMetric('resolution', 240, { warnings: [{ percent: 75 }, { beforeSeconds: 900 }] }),
    ]);
    expect(card.sla).toMatchObject({
      policy: { id: policy.id },
      isBreached: false,
      reaction: { state: 'running', dueAt: after(card, 3600) },
      resolution: { state: 'running', dueAt: after(card, 14_400), warnAt: after(card, 10_800) },
      next: null,
    });
  });

  it('SLA-03: a row bears a third clock only where its end comes before those of the two', async () => {
    const late = await promised([aMetric('resolution', 240), aMetric('next_update', 30)]);
    expect(late.card.sla).toMatchObject({
      reaction: null,
      next: { metric: 'next_update', dueAt: after(late.card, 1800) },
    });
    const early = await promised([aMetric('reaction', 10), aMetric('next_update', 30)]);
    expect(early.card.sla).toMatchObject({ reaction: { state: 'running' }, next: null });
  });

  it('SLA-04: it stands while the client is waited for, says why, and its end moves by the pause', async () => {
    const { ticket, card } = await promised([aMetric('resolution', 240)]);
    await api.advance({ minutes: 30 });
    await move(ticket.id, 'waiting_client');
    const paused = (await cardOf(ticket.id)).sla.resolution!;
    expect(paused).toMatchObject({ state: 'paused', dueAt: null, pauseReason: 'Ожидаем клиента' });
    expect(paused.remainingSeconds).toBeGreaterThan(12_590);
    expect(paused.remainingSeconds).toBeLessThanOrEqual(12_600);
    await api.advance({ hours: 2 });
    await move(ticket.id, 'in_work');
    const [times] = await api.db.query<{ length: number }>(
      api.system,
      `SELECT (extract(epoch FROM max(at) - min(at)) * 1000)::int AS length FROM ticket_change WHERE "ticketId" = $1 AND field = 'statusId'`,
      [ticket.id],
    );
    expect((await cardOf(ticket.id)).sla.resolution).toMatchObject({
      state: 'running',
      dueAt: new Date(Date.parse(card.createdAt) + 14_400_000 + times!.length).toISOString(),
    });
  });

  it('SLA-04: put aside it stands where the policy says so, and goes on by itself', async () => {
    const { ticket, card } = await promised([aMetric('resolution', 240, { pausesWhenPutAside: true })]);
    await api.advance({ minutes: 10 });
    const until = new Date(api.system.now().getTime() + 3_600_000).toISOString();
    await api.as(agent).post(`/tickets/${ticket.id}/put-aside`).send({ until, reason: 'Ждём поставку' }).expect(200);
    await api.drain();
    expect((await cardOf(ticket.id)).sla.resolution).toMatchObject({ state: 'paused', pauseReason: 'отложена' });
    await api.as(agent).post(`/tickets/${ticket.id}/resume`).send({}).expect(200);
    await api.drain();
    const { state, dueAt } = (await cardOf(ticket.id)).sla.resolution!;
    expect(state).toBe('running');
    expect(Date.parse(dueAt!) - Date.parse(card.createdAt)).toBeGreaterThan(14_400_000);
  });

  it('filters and the order of lists know the clocks', async () => {
    const { ticket, company } = await promised([aMetric('resolution', 90), aMetric('assignment', 10)]);
    const later = await promised([aMetric('resolution', 900)]);
    const listed = async (q: string) =>
      (
        (
          await api
            .as(agent)
            .get(`/tickets?q=${encodeURIComponent(q)}&limit=200`)
            .expect(200)
        ).body as { data: { id: string }[] }
      ).data.map(({ id }) => id);
    expect(await listed('due:<+2h')).toContain(ticket.id);
    expect(await listed('due:<+2h')).not.toContain(later.ticket.id);
    expect(await listed('sla:running')).toEqual(expect.arrayContaining([ticket.id, later.ticket.id]));
    const order = await listed('sort:due');
    expect(order.indexOf(ticket.id)).toBeLessThan(order.indexOf(later.ticket.id));
    expect(await listed('sla:unowned')).not.toContain(ticket.id);
    await pass(api, { minutes: 11 });
    expect(await listed(`sla:unowned company:${company.id}`)).toEqual([ticket.id]);
    await api.as(agent).get('/tickets?q=sla%3Anonsense').expect(422);
  });

  it('SLA-06: each threshold is told once, and rows know what is late', async () => {
    const { ticket } = await promised([aMetric('resolution', 100, { warnings: [{ percent: 50 }, { percent: 90 }] })]);
    const told = async () =>
      (
        await api.db.query<{ threshold: string }>(
          api.system,
          `SELECT threshold FROM sla_moment WHERE "ticketId" = $1 ORDER BY at`,
          [ticket.id],
        )
      ).map(({ threshold }) => threshold);
    await pass(api, { minutes: 49 });
    expect(await told()).toEqual([]);
    await pass(api, { minutes: 2 });
    expect(await told()).toEqual(['50%']);
    await pass(api, { minutes: 50 });
    expect(await told()).toEqual(['50%', '90%', 'breach']);
    await pass(api, { hours: 5 });
    expect(await told()).toHaveLength(3);
    expect((await cardOf(ticket.id)).sla).toMatchObject({ isBreached: true, resolution: { state: 'breached' } });
    const found = await api.as(agent).get(`/tickets?q=${encodeURIComponent('sla:breached')}`);
    expect((found.body as { data: { id: string }[] }).data.map(({ id }) => id)).toContain(ticket.id);
  });

  it('SLA-06: three workers at once tell every moment once', async () => {
    const { company } = await promised([aMetric('resolution', 50, { warnings: [{ percent: 50 }] })]);
    for (let index = 0; index < 40; index++) await aTicket(api, { companyId: company.id });
    await api.drain();
    await api.advance({ minutes: 60 });
    const moments = api.get(SlaMoments);
    const counts = await Promise.all([1, 2, 3].map(() => moments.tellDue(api.system)));
    const [told] = await api.db.query<{ all: number; distinct: number }>(
      api.system,
      `SELECT count(*)::int AS all, count(DISTINCT (m."clockId", m.threshold))::int AS distinct FROM sla_moment m JOIN ticket t ON t.id = m."ticketId" WHERE t."companyId" = $1`,
      [company.id],
    );
    expect(told).toEqual({ all: 82, distinct: 82 });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(82);
  });

  it('SLA-01: the first policy that fits counts, and only where it fits', async () => {
    const { company } = await promised([aMetric('resolution', 60)]);
    const other = await aTicket(api, {});
    await api.drain();
    expect((await cardOf(other.id)).sla).toBeNull();
    const nearer = await aPolicy(api, {
      when: { field: 'companyId', op: 'is', value: company.id },
      metrics: [aMetric('resolution', 30)],
    });
    const ticket = await aTicket(api, { companyId: company.id });
    await api.drain();
    expect((await cardOf(ticket.id)).sla.policy!.id).toBe(nearer.id);
  });

  it.each([
    ['keep', 0, 240],
    ['recount', 0, 60],
    ['from_change', 30, 90],
  ] as const)('SLA-07: another priority on the way: %s', async (mode, least, expected) => {
    const onChange = { type: mode, priority: mode, client: mode, policy: 'keep', calendar: 'from_now_on' } as const;
    const { ticket, company, card } = await promised([aMetric('resolution', 240)], { onChange });
    const when = {
      all: [
        { field: 'companyId', op: 'is', value: company.id },
        { field: 'priorityCode', op: 'is', value: 'critical' },
      ],
    } as const;
    await aPolicy(api, { when: when as never, metrics: [aMetric('resolution', 60)] });
    await api.advance({ minutes: 30 });
    const [critical] = await api.db.query<{ id: string }>(
      api.system,
      `SELECT id FROM priority WHERE code = 'critical'`,
    );
    await api
      .as(agent)
      .patch(`/tickets/${ticket.id}`)
      .set('If-Match', `"${card.version}"`)
      .send({ priorityId: critical!.id })
      .expect(200);
    await api.drain();
    const due = Date.parse((await cardOf(ticket.id)).sla.resolution!.dueAt!) - Date.parse(card.createdAt);
    expect(Math.floor(due / 60_000)).toBe(expected);
    expect(due / 60_000).toBeGreaterThanOrEqual(least);
  });

  it('SLA-03: workers may be an hour behind, a ticket still shows what it was promised, and only then', async () => {
    const company = await aCompany(api);
    const early = await aTicket(api, { companyId: company.id });
    await api.drain();
    const policy = await aPolicy(api, {
      when: { field: 'companyId', op: 'is', value: company.id },
      metrics: [aMetric('resolution', 240)],
    });
    const ticket = await aTicket(api, { companyId: company.id });
    Clock.set(new Date(Clock.now().getTime() + 3_600_000));
    const slaOf = async (id: string) =>
      (await api.as(agent).get(`/tickets/${id}/sla`).expect(200)).body as TicketSlaView;
    const seen = await slaOf(ticket.id);
    expect(seen).toMatchObject({ policy: { id: policy.id }, clocks: [{ metric: 'resolution', state: 'running' }] });
    expect(seen.clocks[0]!.elapsedSeconds).toBeGreaterThanOrEqual(3600);
    expect(await slaOf(early.id)).toMatchObject({ policy: null, clocks: [] });
  });

  it('SLA-07: what is read at once is what will be noted; the policy that was kept decides about the next change', async () => {
    const company = await aCompany(api);
    const of = (code: string) =>
      ({
        all: [
          { field: 'companyId', op: 'is', value: company.id },
          { field: 'priorityCode', op: 'is', value: code },
        ],
      }) as never;
    const onChange = {
      type: 'keep',
      priority: 'keep',
      client: 'keep',
      policy: 'keep',
      calendar: 'from_now_on',
    } as const;
    const again = { ...onChange, priority: 'recount' } as const;
    const kept = await aPolicy(api, { when: of('normal'), metrics: [aMetric('resolution', 240)], onChange });
    await aPolicy(api, { when: of('critical'), metrics: [aMetric('resolution', 60)], onChange: again });
    await aPolicy(api, { when: of('high'), metrics: [aMetric('resolution', 120)], onChange: again });
    const slaOf = async (id: string) =>
      (await api.as(agent).get(`/tickets/${id}/sla`).expect(200)).body as TicketSlaView;
    const ticket = await aTicket(api, { companyId: company.id });
    const { createdAt } = await cardOf(ticket.id);
    const expected = {
      policy: { id: kept.id },
      clocks: [{ metric: 'resolution', dueAt: after({ createdAt } as Card, 14_400) }],
    };
    expect(await slaOf(ticket.id)).toMatchObject(expected);
    await api.drain();
    for (const code of ['critical', 'high']) {
      const [priority] = await api.db.query<{ id: string }>(api.system, `SELECT id FROM priority WHERE code = $1`, [
        code,
      ]);
      const { version } = await cardOf(ticket.id);
      await api.advance({ minutes: 5 });
      await api
        .as(agent)
        .patch(`/tickets/${ticket.id}`)
        .set('If-Match', `"${version}"`)
        .send({ priorityId: priority!.id })
        .expect(200);
      expect(await slaOf(ticket.id)).toMatchObject(expected);
      await api.drain();
      expect(await slaOf(ticket.id)).toMatchObject(expected);
    }
  });

  it('SLA-07, SLA-08: another policy counts at once, and the explanation says so', async () => {
    const { ticket, company, card } = await promised([aMetric('resolution', 240)]);
    const when = {
      all: [
        { field: 'companyId', op: 'is', value: company.id },
        { field: 'priorityCode', op: 'is', value: 'critical' },
      ],
    };
    const urgent = await aPolicy(api, { when: when as never, metrics: [aMetric('resolution', 60)] });
    await api.advance({ minutes: 30 });
    const [critical] = await api.db.query<{ id: string }>(
      api.system,
      `SELECT id FROM priority WHERE code = 'critical'`,
    );
    await api
      .as(agent)
      .patch(`/tickets/${ticket.id}`)
      .set('If-Match', `"${card.version}"`)
      .send({ priorityId: critical!.id })
      .expect(200);
    const read = async () => [
      (await api.as(agent).get(`/tickets/${ticket.id}/sla`).expect(200)).body as TicketSlaView,
      (await api.as(agent).get(`/tickets/${ticket.id}/sla/explanation?metric=resolution`).expect(200)).body as unknown,
    ];
    const expected = [
      { policy: { id: urgent.id }, clocks: [{ dueAt: after(card, 3600), targetSeconds: 3600 }] },
      {
        segments: [
          { kind: 'working' },
          { kind: 'change', reason: 'rules', label: 'Смена правил', seconds: 0 },
          { kind: 'working' },
        ],
        countedSeconds: 3600,
      },
    ];
    expect(await read()).toMatchObject(expected);
    await api.drain();
    expect(await read()).toMatchObject(expected);
  });

  it('SLA-02: closed hours do not count', async () => {
    const calendarId = await aCalendar(api, { week: everyDay([{ from: '00:00', to: '00:01' }]) });
    const { card } = await promised([aMetric('resolution', 3)], { calendarId });
    const due = new Date(card.sla.resolution!.dueAt!);
    expect([due.getUTCHours(), due.getUTCMinutes()]).toEqual([0, expect.any(Number)]);
    expect(due.getTime() - Date.parse(card.createdAt)).toBeGreaterThan(2 * 86_400_000);
  });
});
