import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { aComment, aTicket } from '@opora/testing/tickets';
import { startApi, type TestApi } from '@opora/platform/testing';
import { AutomationModule } from './automation.module';
import { aRule, settleRules } from './testing';

type Firing = { id: string; outcome: string; reason: string | null; depth: number; rule: { id: string } };

describe('R-06: rules', () => {
  let api: TestApi;
  let admin: TestEmployee;
  let engineer: TestEmployee;
  let priority: Record<string, string>;
  beforeAll(async () => {
    api = await startApi(AutomationModule, { OPORA_WEBHOOK_ALLOW: '127.0.0.1' });
    admin = await anEmployee(api, { role: 'admin' });
    engineer = await anEmployee(api, { role: 'dispatcher' });
    const rows = await api.db.query<{ code: string; id: string }>(api.system, 'SELECT code, id FROM priority');
    priority = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
  });
  afterAll(() => api.close());
  afterEach(async () => {
    const { body } = await api.as(admin).get('/rules').expect(200);
    for (const { id } of body.data as { id: string }[]) await api.as(admin).delete(`/rules/${id}`).expect(204);
  });

  const settle = () => settleRules(api);
  const setPriority = (code: string) => [{ action: 'set_priority', params: { priorityId: priority[code] } }];
  const say = (text: string) => [{ action: 'comment', params: { html: `<p>${text}</p>`, audience: 'internal' } }];
  const on = (event: string, fields?: string[]) => ({ kind: 'event', event, ...(fields && { fields }) });
  const card = async (id: string) => (await api.as(admin).get(`/tickets/${id}`).expect(200)).body;
  const firings = async (ticketId: string): Promise<Firing[]> =>
    (await api.as(admin).get(`/tickets/${ticketId}/rule-firings`).expect(200)).body.data;
  const outcomes = async (ticketId: string) => (await firings(ticketId)).map(({ outcome }) => outcome);
  const patch = async (id: string, fields: object) => {
    const { version } = await card(id);
    await api.as(admin).patch(`/tickets/${id}`).set('if-match', `"${version}"`).send(fields).expect(200);
    await settle();
  };
  const refused = async (rule: object) => {
    const { body } = await api
      .as(admin)
      .post('/rules')
      .send({
        name: 'Неверное',
        trigger: on('ticket.created'),
        when: { all: [] },
        actions: setPriority('high'),
        ...rule,
      })
      .expect(422);
    return (body.errors as { pointer: string; code: string; message: string }[]).map(
      ({ pointer, code }) => `${pointer} ${code}`,
    );
  };

  describe('event × condition × action', () => {
    const isHigh = { field: 'priorityCode', op: 'is', value: 'high' };
    it.each<[string, object, object, (id: string) => Promise<unknown>, boolean]>([
      [
        'created, condition holds',
        on('ticket.created'),
        { field: 'subject', op: 'contains', value: 'касса' },
        async () => undefined,
        true,
      ],
      [
        'created, condition does not',
        on('ticket.created'),
        { field: 'subject', op: 'contains', value: 'весы' },
        async () => undefined,
        false,
      ],
      [
        'changed: the field that is waited for',
        on('ticket.changed', ['priorityId']),
        isHigh,
        (id) => patch(id, { priorityId: priority.high }),
        true,
      ],
      [
        'changed: another field',
        on('ticket.changed', ['typeId']),
        isHigh,
        (id) => patch(id, { priorityId: priority.high }),
        false,
      ],
      ['changed: any field', on('ticket.changed'), { all: [] }, (id) => patch(id, { subject: 'Касса 2' }), true],
      [
        'commented by staff, waiting for a client',
        on('ticket.commented'),
        { field: 'event.by', op: 'is', value: 'client' },
        (id) => aComment(api, id, { by: engineer }),
        false,
      ],
      [
        'commented, by its text',
        on('ticket.commented'),
        { field: 'event.text', op: 'contains', value: 'срочно' },
        (id) => aComment(api, id, { text: 'Очень СРОЧНО' }),
        true,
      ],
      [
        'commented inside, waiting for a public one',
        on('ticket.commented'),
        { field: 'event.audience', op: 'is', value: 'client' },
        (id) => aComment(api, id),
        false,
      ],
      [
        'assigned from nobody',
        on('ticket.assigned'),
        { field: 'event.fromAssigneeId', op: 'empty' },
        (id) => api.as(engineer).post(`/tickets/${id}/take`).expect(200),
        true,
      ],
      [
        'status changed from new',
        on('ticket.statusChanged'),
        {
          all: [
            { field: 'event.fromCategory', op: 'is', value: 'new' },
            { field: 'event.by', op: 'is', value: 'staff' },
          ],
        },
        (id) => move(id),
        true,
      ],
    ])('%s', async (_, trigger, when, happen, fires) => {
      const observer = (await anEmployee(api)).id;
      await aRule(api, admin, {
        trigger: trigger as never,
        when: when as never,
        actions: [{ action: 'add_observers', params: { employeeIds: [observer] } }],
      });
      const ticket = await aTicket(api, { subject: 'Не работает касса' });
      await settle();
      await happen(ticket.id);
      await settle();
      expect((await card(ticket.id)).observers.map(({ id }: { id: string }) => id).includes(observer)).toBe(fires);
      expect(await outcomes(ticket.id)).toEqual(fires ? ['fired'] : []);
    });

    const move = async (id: string) => {
      const { transitions } = await card(id);
      await api.as(admin).post(`/tickets/${id}/transition`).send({ transitionId: transitions[0].id }).expect(200);
    };
  });

  it('R-06: each firing stands in the history by the name of the rule, also one that changed no field', async () => {
    const rule = await aRule(api, admin, { name: 'Касса срочная', actions: setPriority('high') });
    const silent = await aRule(api, admin, {
      name: 'Уже так',
      trigger: on('ticket.created'),
      actions: setPriority('high'),
    });
    const ticket = await aTicket(api);
    await settle();
    const { body } = await api.as(admin).get(`/tickets/${ticket.id}/history`).expect(200);
    const lines = (
      body.data as { field: string; cause: { kind: string; id: string; name: string }; actor: { kind: string } }[]
    ).filter(({ cause }) => cause.kind === 'rule');
    expect(lines.map(({ field, cause, actor }) => [field, cause.name, actor.kind])).toEqual([
      ['rule', `№${silent.number} «Уже так»`, 'system'],
      ['priorityId', `№${rule.number} «Касса срочная»`, 'system'],
    ]);
    const [, first] = await firings(ticket.id);
    const why = (await api.as(admin).get(`/rule-firings/${first!.id}`).expect(200)).body;
    expect(why.changes).toMatchObject([{ label: 'Приоритет', before: 'Обычный', after: 'Высокий' }]);
  });

  it('R-06: rules are asked in their order, each sees what those before it did; one may end the row', async () => {
    const first = await aRule(api, admin, { name: 'Первое', actions: setPriority('high') });
    const second = await aRule(api, admin, {
      name: 'Второе',
      when: { field: 'priorityCode', op: 'is', value: 'high' },
      actions: setPriority('low'),
      stopsOthers: true,
    });
    const third = await aRule(api, admin, { name: 'Третье', actions: setPriority('normal') });
    const ticket = await aTicket(api);
    await settle();
    expect((await card(ticket.id)).priority.code).toBe('low');
    expect((await firings(ticket.id)).map(({ rule }) => rule.id)).toEqual([second.id, first.id]);
    await api
      .as(admin)
      .put('/rules/order')
      .send({ ids: [third.id, second.id, first.id] })
      .expect(200);
    const other = await aTicket(api);
    await settle();
    expect((await firings(other.id)).map(({ rule }) => rule.id)).toEqual([first.id, third.id]);
    await api
      .as(admin)
      .put('/rules/order')
      .send({ ids: [third.id, second.id] })
      .expect(422);
  });

  it('R-06: a refused action takes back those before it; the reason is told, the other rules go on', async () => {
    const [closed] = await api.db.query<{ id: string }>(
      api.system,
      `SELECT id FROM ticket_status WHERE category = 'waiting_client' LIMIT 1`,
    );
    const gone = await aTeam(api);
    await aRule(api, admin, {
      name: 'Сломанное',
      actions: [...setPriority('high'), { action: 'assign', params: { teamId: gone.id } }],
    });
    await aRule(api, admin, { name: 'Целое', actions: say('дальше') });
    await api.as(admin).post(`/teams/${gone.id}/archive`).expect(200);
    const ticket = await aTicket(api);
    await settle();
    expect(closed).toBeDefined();
    expect((await card(ticket.id)).priority.code).toBe('normal');
    const [last, broken] = await firings(ticket.id);
    expect(last).toMatchObject({ outcome: 'fired' });
    expect(broken).toMatchObject({ outcome: 'failed' });
    expect(broken?.reason).toBeTruthy();
  });

  it('R-06: two rules that undo each other stop at depth 5 with an alarm; the ticket stays usable', async () => {
    const changed = on('ticket.changed', ['priorityId']);
    const up = await aRule(api, admin, {
      name: 'Вверх',
      trigger: changed as never,
      when: { field: 'priorityCode', op: 'is', value: 'low' },
      actions: setPriority('high'),
    });
    const down = await aRule(api, admin, {
      name: 'Вниз',
      trigger: changed as never,
      when: { field: 'priorityCode', op: 'is', value: 'high' },
      actions: setPriority('low'),
    });
    expect(down.findings.map(({ ruleId }) => ruleId)).toEqual([up.id]);
    const ticket = await aTicket(api);
    await settle();
    await patch(ticket.id, { priorityId: priority.low });
    const all = await firings(ticket.id);
    expect([...new Set(all.map(({ outcome, depth }) => `${depth} ${outcome}`))].sort()).toEqual([
      '0 fired',
      '1 fired',
      '2 fired',
      '3 fired',
      '4 fired',
      '5 stopped',
    ]);
    expect(all.length).toBeLessThan(12);
    const alarms = (await api.as(admin).get('/rule-alarms').expect(200)).body.data;
    expect(alarms).toMatchObject([{ kind: 'depth', ticket: { id: ticket.id }, count: 1 }]);
    expect(alarms[0].message).toContain('5');
    const told = (await api.as(admin).get('/notifications').expect(200)).body.data as {
      ticket: { id: string } | null;
    }[];
    expect(
      told.filter((line) => line.ticket?.id === ticket.id && JSON.stringify(line).includes('Остановлено')),
    ).toHaveLength(1);
    expect(alarms[0].chain).toHaveLength(5);
    // A person goes on working, other rules too, and the pair is stopped anew without a second alarm.
    const helper = await aRule(api, admin, {
      name: 'Соседнее',
      trigger: on('ticket.changed', ['subject']) as never,
      actions: say('тема'),
    });
    await patch(ticket.id, { subject: 'Тема другая', priorityId: priority.low });
    expect((await firings(ticket.id)).filter(({ rule }) => rule.id === helper.id)).toHaveLength(1);
    const open = (await api.as(admin).get('/rule-alarms').expect(200)).body.data as typeof alarms;
    expect(open.map(({ id }: { id: string }) => id)).toContain(alarms[0].id);
    expect(new Set(open.map((each: { rule: { id: string } }) => each.rule.id)).size).toBe(open.length);
    await api.as(engineer).post(`/rule-alarms/${alarms[0].id}/resolve`).expect(403);
    for (const { id } of open) await api.as(admin).post(`/rule-alarms/${id}/resolve`).expect(200);
    expect((await api.as(admin).get('/rule-alarms').expect(200)).body.data).toEqual([]);
  });

  it('R-06: a chain through comments keeps its depth; a rule is not started by its own change', async () => {
    await aRule(api, admin, { name: 'Эхо', trigger: on('ticket.commented') as never, actions: say('эхо') });
    const ticket = await aTicket(api);
    await aComment(api, ticket.id, { by: engineer });
    await settle();
    expect(await outcomes(ticket.id)).toEqual(['stopped', ...Array<string>(5).fill('fired')]);
    const own = await aRule(api, admin, {
      name: 'Своё',
      trigger: on('ticket.changed') as never,
      actions: setPriority('high'),
    });
    const other = await aTicket(api);
    await settle();
    await patch(other.id, { subject: 'Новая тема' });
    expect((await firings(other.id)).filter(({ rule }) => rule.id === own.id)).toHaveLength(1);
  });

  it('R-06: a rule fires on one ticket twenty times an hour and no oftener; the hour over, it goes on', async () => {
    await aRule(api, admin, {
      name: 'Частое',
      trigger: on('ticket.changed', ['subject']) as never,
      actions: setPriority('high'),
    });
    const ticket = await aTicket(api);
    await settle();
    for (let i = 0; i < 21; i++) await patch(ticket.id, { subject: `Тема ${i}` });
    const all = await outcomes(ticket.id);
    expect(all.filter((outcome) => outcome === 'fired')).toHaveLength(20);
    expect(all[0]).toBe('stopped');
    expect((await api.as(admin).get('/rule-alarms').expect(200)).body.data).toMatchObject([{ kind: 'rate' }]);
    await api.advance({ minutes: 61 });
    await patch(ticket.id, { subject: 'Через час' });
    expect((await outcomes(ticket.id))[0]).toBe('fired');
  });

  it('R-06: a storm of events told twice: each rule meets each event once, none is lost', async () => {
    const rule = await aRule(api, admin, {
      name: 'Буря',
      trigger: on('ticket.commented') as never,
      when: { field: 'event.by', op: 'is', value: 'staff' },
      actions: setPriority('high'),
    });
    const tickets = await Promise.all(Array.from({ length: 12 }, () => aTicket(api)));
    for (const { id } of tickets) for (let i = 0; i < 5; i++) await aComment(api, id, { by: engineer });
    const again = `UPDATE outbox SET state = 'pending', attempts = 0, "leasedUntil" = NULL WHERE handler = 'RuleEvents.commented'`;
    const work = [settle(), settle()];
    await api.db.query(api.system, again);
    await Promise.all(work);
    await api.db.query(api.system, again);
    await settle();
    const [count] = await api.db.query<{ all: number; events: number }>(
      api.system,
      `SELECT count(*)::int AS all, count(DISTINCT "eventId")::int AS events FROM rule_firing WHERE "ruleId" = $1 AND outcome = 'fired'`,
      [rule.id],
    );
    expect(count).toEqual({ all: 60, events: 60 });
  });

  it('R-06: versions are kept and cannot be changed; an old one can be restored; a lost update is refused', async () => {
    const rule = await aRule(api, admin, { name: 'Первая версия', actions: setPriority('high') });
    const send = (version: number, body: object) =>
      api.as(admin).patch(`/rules/${rule.id}`).set('if-match', `"${version}"`).send(body);
    await send(1, { name: 'Вторая версия', actions: setPriority('low'), note: 'тише' }).expect(200);
    await send(1, { name: 'Опоздал' }).expect(412);
    await api.as(admin).patch(`/rules/${rule.id}`).send({ name: 'Без версии' }).expect(428);
    const versions = (await api.as(admin).get(`/rules/${rule.id}/versions`).expect(200)).body.data;
    expect(versions).toMatchObject([
      { version: 2, note: 'тише', changedBy: { id: admin.id } },
      { version: 1, name: 'Первая версия' },
    ]);
    await api.as(admin).post(`/rules/${rule.id}/versions/7/restore`).expect(404);
    const restored = await api.as(admin).post(`/rules/${rule.id}/versions/1/restore`).expect(200);
    expect(restored.body).toMatchObject({ version: 3, name: 'Первая версия', actions: setPriority('high') });
    await expect(api.db.query(api.system, `UPDATE rule_version SET note = 'подделка'`)).rejects.toThrow('immutable');
  });

  it('R-06: a rule is tried on a real ticket: clause by clause, what it would do, and nothing is written', async () => {
    const ticket = await aTicket(api, { subject: 'Касса не печатает' });
    const before = await card(ticket.id);
    const test = async (rule: object, event?: object) =>
      (
        await api
          .as(admin)
          .post('/rules/test')
          .send({
            ticketId: String(ticket.number),
            rule: { trigger: on('ticket.commented'), actions: setPriority('high'), when: { all: [] }, ...rule },
            event,
          })
          .expect(200)
      ).body;
    const when = {
      all: [
        { field: 'subject', op: 'contains', value: 'касса' },
        { field: 'event.by', op: 'is', value: 'client' },
      ],
    };
    const open = await test({ when });
    expect(open.matched).toBeNull();
    expect(open.condition).toMatchObject([
      { joint: 'all', holds: null },
      { label: 'Тема', expected: 'касса', actual: 'Касса не печатает', holds: true },
      { expected: 'клиент', actual: null, holds: null },
    ]);
    expect((await test({ when }, { 'event.by': 'staff' })).matched).toBe(false);
    expect((await test({ when }, { 'event.by': 'client' })).matched).toBe(true);
    expect(open.lines).toMatchObject([{ label: 'Приоритет', before: 'Обычный', after: 'Высокий' }]);
    expect(await card(ticket.id)).toMatchObject({ version: before.version, priority: before.priority });
    expect(await outcomes(ticket.id)).toEqual([]);
    await api
      .as(admin)
      .post('/rules/test')
      .send({
        ticketId: '999999',
        rule: { trigger: on('ticket.created'), when: { all: [] }, actions: setPriority('high') },
      })
      .expect(404);
  });

  it('R-06: what cannot work is refused with the place and in words', async () => {
    const at = (field: string, extra = {}) => ({ all: [{ field, op: 'is', value: 'x', ...extra }] });
    expect(await refused({ trigger: { kind: 'never' } })).toEqual(['/trigger/kind rules.triggerUnknown']);
    expect(await refused({ trigger: on('ticket.exploded') })).toEqual(['/trigger/event rules.eventUnknown']);
    expect(await refused({ trigger: on('ticket.changed', ['colour']) })).toEqual([
      '/trigger/fields/0 rules.fieldUnknown',
    ]);
    expect(await refused({ trigger: { kind: 'after', moment: 'created', seconds: 5 } })).toEqual([
      '/trigger/seconds rules.waitWrong',
    ]);
    expect(await refused({ trigger: { kind: 'after', moment: 'created', seconds: -3600 } })).toEqual([
      '/trigger/seconds rules.momentHasPassed',
    ]);
    expect(
      await refused({ trigger: { kind: 'after', moment: 'created', seconds: 3600, calendarId: admin.id } }),
    ).toEqual(['/trigger/calendarId rules.calendarUnknown']);
    const schedule = {
      kind: 'schedule',
      rrule: 'FREQ=DAILY',
      startsOn: '2026-01-01',
      time: '09:00',
      timeZone: 'Europe/Moscow',
    };
    expect(await refused({ trigger: schedule })).toEqual(['/when rules.scheduleNeedsCondition']);
    const open = { field: 'statusCategory', op: 'is', value: 'new' };
    expect(await refused({ trigger: { ...schedule, rrule: 'FREQ=SOMETIMES' }, when: open })).toEqual([
      '/trigger/rrule rules.rruleWrong',
    ]);
    expect(await refused({ trigger: { ...schedule, rrule: 'FREQ=MINUTELY' }, when: open })).toEqual([
      '/trigger/rrule rules.rruleTooOften',
    ]);
    expect(await refused({ trigger: { ...schedule, timeZone: 'Mars/Base' }, when: open })).toEqual([
      '/trigger/timeZone rules.zoneUnknown',
    ]);
    expect(await refused({ when: at('colour') })).toEqual(['/when/all/0/field fields.conditionFieldUnknown']);
    expect(await refused({ when: at('event.text') })).toEqual(['/when/all/0/field fields.conditionFieldUnknown']);
    expect(await refused({ when: { all: [open, { field: 'statusCategory', op: 'is', value: 'closed' }] } })).toEqual([
      '/when fields.conditionContradiction',
    ]);
    expect(await refused({ actions: [] })).toEqual(['/actions macros.actionsRequired']);
    expect(await refused({ actions: [{ action: 'explode', params: {} }] })).toEqual([
      '/actions/0/action macros.actionUnknown',
    ]);
    expect(await refused({ actions: [{ action: 'set_priority', params: { priorityId: admin.id } }] })).toEqual([
      '/actions/0/params/priorityId macros.referenceUnknown',
    ]);
    expect(await refused({ actions: [{ action: 'assign', params: { assigneeId: 'me' } }] })).toEqual([
      '/actions/0/params/assigneeId rules.nobodysName',
    ]);
    const hook = (url: string) => ({ actions: [{ action: 'webhook', params: { url } }] });
    expect(await refused(hook('gopher://x'))).toEqual(['/actions/0/params/url macros.paramWrong']);
    for (const url of [
      'http://127.0.0.2/',
      'http://10.0.0.7/',
      'http://[::1]/',
      'http://[::ffff:10.0.0.1]/',
      'http://169.254.169.254/latest',
      'http://0x7f000002/',
      'http://2130706434/',
    ])
      expect(await refused(hook(url))).toEqual(['/actions/0/params/url rules.urlInner']);
    expect(await refused(hook('https://u:p@example.org/'))).toEqual(['/actions/0/params/url rules.urlSecret']);
    const stranger = await anEmployee(api);
    for (const [path, verb] of [
      ['/rules', 'get'],
      ['/rule-alarms', 'get'],
      ['/rule-triggers', 'get'],
      ['/rules', 'post'],
    ] as const)
      await api.as(stranger)[verb](path).expect(403);
  });
});
