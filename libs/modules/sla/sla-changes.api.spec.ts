import { aTicket } from '@opora/testing/tickets';
import { anEmployee } from '@opora/testing/people';
import { aCompany } from '@opora/testing/clients';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { declaredCommands } from '@opora/platform/cli';
import { SlaClocks } from './sla-clocks.service';
import { SlaCommands } from './sla.command';
import type { ImpactView, RecountView } from './sla-recounts.dto';
import { aMetric, aPolicy, everyDay, pass } from './testing';
import { SlaModule } from './sla.module';
import type { TicketSlaView } from './ticket-sla.dto';

describe('rules that change under running clocks', () => {
  let api: TestApi;
  let admin: TestPerson;
  beforeAll(async () => {
    api = await startApi(SlaModule);
    admin = await anEmployee(api, { role: 'admin' });
  });
  afterAll(() => api.close());

  const HOUR = 3_600_000;
  const resolutionOf = async (id: string) =>
    ((await api.as(admin).get(`/tickets/${id}/sla`)).body as TicketSlaView).clocks.find(
      ({ metric }) => metric === 'resolution',
    )!;
  const clocksOf = async (id: string) => ((await api.as(admin).get(`/tickets/${id}/sla`)).body as TicketSlaView).clocks;
  const priorityOf = async (code: string): Promise<string> => {
    const rows = await api.db.query<{ id: string }>(api.system, 'SELECT id FROM priority WHERE code = $1', [code]);
    return rows[0]!.id;
  };
  const promised = async (more: Partial<Parameters<typeof aPolicy>[1]> = {}) => {
    const company = await aCompany(api);
    const policy = await aPolicy(api, {
      when: { field: 'companyId', op: 'is', value: company.id },
      metrics: [aMetric('resolution', 240)],
      ...more,
    });
    const ticket = await aTicket(api, { companyId: company.id });
    await api.drain();
    return { company, policy, ticket, before: await resolutionOf(ticket.id) };
  };
  const patchPolicy = async (id: string, body: object) => {
    const { version } = (await api.as(admin).get(`/sla/policies/${id}`)).body as { version: number };
    await api.as(admin).patch(`/sla/policies/${id}`).set('If-Match', `"${version}"`).send(body).expect(200);
    await api.drain();
  };
  const onChange = {
    type: 'recount',
    priority: 'recount',
    client: 'recount',
    policy: 'keep',
    calendar: 'from_now_on',
  } as const;

  it.each([
    ['keep', 4],
    ['recount', 1],
    ['from_change', 1.5],
  ] as const)('SLA-07: an edited policy: %s', async (mode, hours) => {
    const { policy, ticket, before } = await promised({ onChange: { ...onChange, policy: mode } });
    await api.advance({ minutes: 30 });
    await patchPolicy(policy.id, { metrics: [{ metric: 'resolution', seconds: 3600 }] });
    const after = await resolutionOf(ticket.id);
    const length = Date.parse(after.dueAt!) - Date.parse(before.startAt);
    expect(Math.round(length / HOUR / 0.1) / 10).toBe(hours);
  });

  it.each([
    ['from_now_on', false],
    ['recalculate', true],
  ] as const)('SLA-07: a calendar that changes on the way: %s', async (calendar, isWhole) => {
    const { policy, ticket, before } = await promised({ onChange: { ...onChange, calendar } });
    await api.advance({ minutes: 60 });
    const { version } = (await api.as(admin).get(`/sla/calendars/${policy.calendarId}`)).body as { version: number };
    // Open from an hour after now on: from then on three hours are left of four, or all four.
    const open = new Date(api.system.now().getTime() + HOUR);
    open.setUTCSeconds(0, 0);
    const date = (days: number) => new Date(open.getTime() + days * 24 * HOUR).toISOString().slice(0, 10);
    const dated = {
      [date(-1)]: [],
      [date(0)]:
        open.toISOString().slice(11, 16) < '12:00' ? [{ from: open.toISOString().slice(11, 16), to: '24:00' }] : [],
      [date(1)]: [{ from: '12:00', to: '24:00' }],
    };
    await api
      .as(admin)
      .patch(`/sla/calendars/${policy.calendarId}`)
      .set('If-Match', `"${version}"`)
      .send({ week: everyDay(), dated })
      .expect(200);
    await api.drain();
    const after = await resolutionOf(ticket.id);
    const opening = open.toISOString().slice(11, 16) < '12:00' ? open.getTime() : Date.parse(`${date(1)}T12:00:00Z`);
    const left = (Date.parse(after.dueAt!) - opening) / HOUR;
    expect(before.state).toBe('running');
    if (isWhole) expect(left).toBeCloseTo(4, 2);
    else expect(left).toBeCloseTo(3, 2);
  });

  it('SLA-07: other hours move the tickets that count by them, and no others are looked at', async () => {
    const [byPolicy, byMetric, stranger] = [await promised(), await promised(), await promised()];
    const { calendarId } = byPolicy.policy;
    const metrics = [{ metric: 'resolution', seconds: 14_400, calendarId }];
    await patchPolicy(byMetric.policy.id, { metrics, onChange: { ...onChange, policy: 'recount' } });
    const computedAt = async ({ ticket }: typeof stranger) =>
      (
        await api.db.query<{ at: Date }>(
          api.system,
          `SELECT "computedAt" AS at FROM ticket_sla WHERE "ticketId" = $1`,
          [ticket.id],
        )
      )[0]!.at.getTime();
    const before = await Promise.all([byPolicy, byMetric, stranger].map(computedAt));
    await api.advance({ minutes: 5 });
    const date = (days: number) => new Date(api.system.now().getTime() + days * 24 * HOUR).toISOString().slice(0, 10);
    await api
      .as(admin)
      .patch(`/sla/calendars/${calendarId}`)
      .set('If-Match', '"1"')
      .send({ dated: { [date(0)]: [], [date(1)]: [] } })
      .expect(200);
    await api.drain();
    const after = await Promise.all([byPolicy, byMetric, stranger].map(computedAt));
    expect(after.map((moment, index) => moment > before[index]!)).toEqual([true, true, false]);
    expect((await resolutionOf(byMetric.ticket.id)).dueAt).not.toBe(byMetric.before.dueAt);
  });

  it.each([
    ['from_now_on', 3],
    ['recalculate', 4],
  ] as const)(
    'SLA-07: hours that change while the ticket is done count once it is reopened: %s',
    async (calendar, rest) => {
      const { policy, ticket } = await promised({ onChange: { ...onChange, calendar } });
      const move = async (category: string) => {
        const [status] = await api.db.query<{ id: string }>(
          api.system,
          'SELECT id FROM ticket_status WHERE category = $1 LIMIT 1',
          [category],
        );
        await api.as(admin).post(`/tickets/${ticket.id}/transition`).send({ statusId: status!.id }).expect(200);
        await api.drain();
      };
      await api.advance({ minutes: 60 });
      await move('done');
      const { version } = (await api.as(admin).get(`/sla/calendars/${policy.calendarId}`)).body as { version: number };
      const day = (days: number) => new Date(api.system.now().getTime() + days * 24 * HOUR).toISOString().slice(0, 10);
      const closed = Object.fromEntries([-1, 0, 1].map((days) => [day(days), []]));
      await api
        .as(admin)
        .patch(`/sla/calendars/${policy.calendarId}`)
        .set('If-Match', `"${version}"`)
        .send({ dated: closed })
        .expect(200);
      await api.drain();
      await move('in_work');
      const left = (Date.parse((await resolutionOf(ticket.id)).dueAt!) - Date.parse(`${day(2)}T00:00:00Z`)) / HOUR;
      expect(left).toBeCloseTo(rest, 2);
    },
  );

  it('SLA-07: the preview tells what would move and writes nothing; the recount moves it, once at a time, and is listed', async () => {
    const { policy, ticket, company, before } = await promised();
    await aTicket(api, { companyId: company.id });
    await pass(api, { minutes: 90 });
    const draft = { metrics: [{ metric: 'resolution', seconds: 3600 }] };
    const impact = (await api.as(admin).post(`/sla/policies/${policy.id}/impact`).send(draft).expect(200))
      .body as ImpactView;
    expect(impact).toMatchObject({ onChange: 'keep', moved: 0, breached: 0, rescued: 0, sample: [] });
    expect(impact.recount).toMatchObject({ moved: 2, breached: 2, rescued: 0 });
    expect(impact.recount.sample.find((row) => row.ticket.id === ticket.id)).toMatchObject({
      metric: 'resolution',
      before: before.dueAt,
    });
    expect((await resolutionOf(ticket.id)).dueAt).toBe(before.dueAt);
    await patchPolicy(policy.id, draft);
    expect((await resolutionOf(ticket.id)).dueAt).toBe(before.dueAt);
    await api.as(admin).post(`/sla/policies/${policy.id}/recount`).send({}).expect(202);
    await api.as(admin).post(`/sla/policies/${policy.id}/recount`).send({}).expect(409);
    await api.drain();
    expect(await resolutionOf(ticket.id)).toMatchObject({ state: 'breached', targetSeconds: 3600 });
    const [run] = ((await api.as(admin).get('/sla/recounts').expect(200)).body as { data: RecountView[] }).data;
    expect(run).toMatchObject({
      policy: { id: policy.id },
      state: 'done',
      moved: 2,
      startedBy: { id: admin.id },
      withClosed: false,
    });
    expect(run!.done).toBe(run!.total);
    // What had passed before the recount is told to nobody.
    const told = await api.db.query(
      api.system,
      `SELECT 1 FROM outbox WHERE name = 'sla.breached' AND payload::text LIKE '%' || $1 || '%'`,
      [ticket.id],
    );
    expect(told).toEqual([]);
  });

  it.each(['keep', 'recount', 'from_change'] as const)(
    'SLA-07: the preview tells to a ticket what saving does with %s',
    async (mode) => {
      const setting = { ...onChange, policy: mode };
      const { policy, ticket, company } = await promised({ onChange: setting });
      const others = await Promise.all([1, 2, 3].map(() => aTicket(api, { companyId: company.id })));
      const away = await aTicket(api, { companyId: company.id, priorityId: await priorityOf('critical') });
      await api.drain();
      const [done] = await api.db.query<{ id: string }>(
        api.system,
        `SELECT id FROM ticket_status WHERE category = 'done' LIMIT 1`,
      );
      await api.as(admin).post(`/tickets/${others[0]!.id}/transition`).send({ statusId: done!.id }).expect(200);
      await api.drain();
      await pass(api, { minutes: 40 });
      const ids = [ticket.id, away.id, ...others.map(({ id }) => id)];
      const dues = async () =>
        Promise.all(
          ids.map(async (id) => (await clocksOf(id)).map(({ metric, cycle, dueAt }) => [metric, cycle, dueAt])),
        );
      const drafts = [
        { metrics: [{ metric: 'resolution', seconds: 3600 }] },
        // Now the urgent one is no longer within it.
        {
          when: {
            all: [
              { field: 'companyId', op: 'is', value: company.id },
              { field: 'priorityCode', op: 'is_not', value: 'critical' },
            ],
          },
        },
        { name: 'Только имя' },
        {
          metrics: [
            { metric: 'resolution', seconds: 1800 },
            { metric: 'reaction', seconds: 600 },
          ],
        },
        { isActive: false },
      ];
      for (const draft of drafts) {
        const { body } = await api.as(admin).post(`/sla/policies/${policy.id}/impact`).send(draft).expect(200);
        const before = await dues();
        await patchPolicy(policy.id, draft);
        await api.drain();
        const after = await dues();
        const moved = ids.filter((_, at) => JSON.stringify(before[at]) !== JSON.stringify(after[at])).length;
        expect([JSON.stringify(draft), (body as ImpactView).onChange, (body as ImpactView).moved]).toEqual([
          JSON.stringify(draft),
          mode,
          moved,
        ]);
        if (mode === 'keep') expect(moved).toBe(0);
        await api.advance({ minutes: 7 });
      }
    },
  );

  it('SLA-07: what is over is judged anew only by a recount with closed tickets', async () => {
    const { policy, ticket } = await promised();
    await api.advance({ minutes: 90 });
    const [done] = await api.db.query<{ id: string }>(
      api.system,
      `SELECT id FROM ticket_status WHERE category = 'done' LIMIT 1`,
    );
    await api.as(admin).post(`/tickets/${ticket.id}/transition`).send({ statusId: done!.id }).expect(200);
    await patchPolicy(policy.id, { metrics: [{ metric: 'resolution', seconds: 3600 }] });
    await api.as(admin).post(`/sla/policies/${policy.id}/recount`).send({}).expect(202);
    await api.drain();
    expect((await resolutionOf(ticket.id)).state).toBe('met');
    await api.as(admin).post(`/sla/policies/${policy.id}/recount`).send({ withClosed: true }).expect(202);
    await api.drain();
    expect((await resolutionOf(ticket.id)).state).toBe('breached');
  });

  it('SLA-07: only who manages policies previews and recounts; an unknown policy does not exist', async () => {
    const { policy } = await promised();
    const engineer = await anEmployee(api, { role: 'engineer' });
    await api.as(engineer).post(`/sla/policies/${policy.id}/impact`).send({}).expect(403);
    await api.as(engineer).post(`/sla/policies/${policy.id}/recount`).send({}).expect(403);
    await api.as(admin).post(`/sla/policies/${engineer.id}/impact`).send({}).expect(404);
    await api.as(admin).post(`/sla/policies/${engineer.id}/recount`).send({}).expect(404);
  });

  it('tickets that were there before their policy get their clocks by `sla rebuild`, quietly, the same however often', async () => {
    const company = await aCompany(api);
    const { id } = await aTicket(api, { companyId: company.id });
    await api.advance({ hours: 5 });
    await aPolicy(api, {
      when: { field: 'companyId', op: 'is', value: company.id },
      metrics: [aMetric('resolution', 60)],
    });
    expect(declaredCommands().map(({ spec }) => spec.name)).toContain('sla rebuild');
    const run = () => api.get(SlaCommands).rebuild({ ctx: api.system, args: [], options: {} });
    await run();
    const first = await resolutionOf(id);
    expect(first.state).toBe('breached');
    expect(first.moments).toMatchObject([{ threshold: 'breach', toldAt: expect.any(String) }]);
    await run();
    expect((await resolutionOf(id)).breachedAt).toBe(first.breachedAt);
  });

  it('SLA-06: events that come twice, late and all at once leave the same clocks', async () => {
    const { ticket } = await promised();
    const clocks = api.get(SlaClocks);
    const before = await api.db.query(api.system, `SELECT * FROM sla_clock WHERE "ticketId" = $1`, [ticket.id]);
    await Promise.all(Array.from({ length: 8 }, () => clocks.recompute(api.system, [ticket.id], { rebinds: true })));
    expect(await api.db.query(api.system, `SELECT * FROM sla_clock WHERE "ticketId" = $1`, [ticket.id])).toEqual(
      before,
    );
    expect(await api.db.query(api.system, `SELECT * FROM sla_fact WHERE "ticketId" = $1`, [ticket.id])).toHaveLength(1);
  });
});
