import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { SlaModule } from './sla.module';

let api: TestApi;
let admin: TestEmployee;
let engineer: TestEmployee;
let calendarId: string;
let statuses: Record<string, string>;
let priorities: Record<string, string>;
let types: Record<string, string>;
beforeAll(async () => {
  api = await startApi(SlaModule);
  admin = await anEmployee(api, { role: 'admin' });
  engineer = await anEmployee(api, { role: 'engineer' });
  const { body } = await api.as(admin).get('/sla/calendars').expect(200);
  calendarId = body.data.find((row: { code: string }) => row.code === 'always').id;
  const rows = await api.db.query<{ code: string; id: string }>(api.system, 'SELECT code, id FROM ticket_status');
  statuses = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
  const idsOf = async (path: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await api.as(admin).get(path).expect(200)).body.data.map(({ code, id }: Record<string, string>) => [code, id]),
    );
  priorities = await idsOf('/priorities');
  const [one, two] = Object.entries(await idsOf('/ticket-types'));
  types = { incident: one![1], other: two![0] };
});
afterAll(() => api.close());

const CRITICAL = { field: 'priorityCode', op: 'is', value: 'critical' };
const HIGH = { field: 'priorityCode', op: 'in', value: ['high', 'critical'] };
const ANY = { all: [] };
const NOBODY = '019b7500-0000-7000-8000-00000000ffff';
const resolution = (more: object = {}) => ({ metric: 'resolution', seconds: 28_800, ...more });

const policy = (more: object = {}) => ({ name: 'Обычные', when: ANY, calendarId, metrics: [resolution()], ...more });
const post = (body: object) => api.as(admin).post('/sla/policies').send(body);
const make = async (more: object = {}) => (await post(policy(more)).expect(201)).body;
const patch = (id: string, version: number, body: object) =>
  api.as(admin).patch(`/sla/policies/${id}`).set('if-match', `"${version}"`).send(body);
const list = async () => (await api.as(admin).get('/sla/policies').expect(200)).body.data;
const names = async () => (await list()).map((row: { name: string }) => row.name);
const clear = async () => {
  for (const { id } of await list()) await api.as(admin).delete(`/sla/policies/${id}`).expect(204);
};
beforeEach(clear);

describe('policies', () => {
  it('SLA-01: stand in a visible order that can be changed', async () => {
    const [any, vip] = [await make({ name: 'Все' }), await make({ name: 'VIP', when: CRITICAL, position: 1 })];
    expect(await names()).toEqual(['VIP', 'Все']);
    const { body } = await api
      .as(admin)
      .put('/sla/policies/order')
      .send({ ids: [any.id, vip.id] })
      .expect(200);
    expect(body.data.map((row: { name: string; position: number }) => [row.position, row.name])).toEqual([
      [1, 'Все'],
      [2, 'VIP'],
    ]);
    await api
      .as(admin)
      .put('/sla/policies/order')
      .send({ ids: [any.id] })
      .expect(422);
    const stranger = await api
      .as(admin)
      .put('/sla/policies/order')
      .send({ ids: [any.id, NOBODY] })
      .expect(422);
    expect(stranger.body.errors[0].pointer).toBe('/ids/1');
    await patch(vip.id, 1, { position: 1 }).expect(200);
    expect(await names()).toEqual(['VIP', 'Все']);
    await api.as(admin).delete(`/sla/policies/${vip.id}`).expect(204);
    await api.as(admin).get(`/sla/policies/${vip.id}`).expect(404);
    expect((await list()).map((row: { position: number }) => row.position)).toEqual([1]);
  });

  it('SLA-03: any subset of the six metrics, each with its own hours and pauses', async () => {
    const metrics = [
      { metric: 'assignment', seconds: 900, warnings: [{ percent: 50 }, { percent: 90 }] },
      { metric: 'reaction', seconds: 3600, reactionOn: 'answered', pausesWhenPutAside: true },
      { metric: 'next_update', seconds: 7200, pauseStatusIds: [statuses.waiting_partner] },
      { metric: 'arrival', seconds: 14_400, calendarId, escalateTo: [{ kind: 'employee', id: admin.id }] },
      {
        metric: 'resolution',
        seconds: 28_800,
        pauseCategories: ['waiting_client', 'waiting_partner'],
        warnings: [{ beforeSeconds: 900 }],
      },
      { metric: 'dwell', seconds: 600, statusIds: [statuses.new] },
      { metric: 'dwell', seconds: 1200, statusIds: [statuses.in_work] },
    ];
    const made = await make({ metrics });
    expect(made.metrics).toMatchObject(metrics);
    expect(made.metrics[0]).toEqual({
      metric: 'assignment',
      seconds: 900,
      calendarId: null,
      pauseCategories: [],
      pauseStatusIds: [],
      pausesWhenPutAside: false,
      statusIds: [],
      reactionOn: 'either',
      warnings: [{ percent: 50 }, { percent: 90 }],
      escalateTo: [],
    });
    const changed = (await patch(made.id, 1, { metrics: [resolution()] }).expect(200)).body;
    expect(changed.metrics).toHaveLength(1);
    const versions = await api.db.query<{ version: number; count: number }>(
      api.system,
      `SELECT version, jsonb_array_length(definition->'metrics') AS count FROM sla_policy_version WHERE "policyId" = $1 ORDER BY version`,
      [made.id],
    );
    expect(versions).toEqual([
      { version: 1, count: 7 },
      { version: 2, count: 1 },
    ]);
  });

  it('SLA-07: what a change does to running clocks is a setting', async () => {
    const made = await make({ onChange: { priority: 'keep' } });
    expect(made.onChange).toEqual({
      type: 'recount',
      priority: 'keep',
      client: 'recount',
      policy: 'keep',
      calendar: 'from_now_on',
    });
    const changed = (await patch(made.id, 1, { onChange: { calendar: 'recalculate' } }).expect(200)).body;
    expect(changed.onChange).toMatchObject({ priority: 'keep', calendar: 'recalculate' });
    await patch(made.id, 1, { name: 'Поздно' }).expect(412);
  });

  it.each<[string, () => object, string, string]>([
    [
      'a policy that can never match',
      () => ({ when: { all: [CRITICAL, { field: 'priorityCode', op: 'is', value: 'low' }] } }),
      '/when/all/1',
      'fields.conditionClash',
    ],
    [
      'a type and the code of another',
      () => ({
        when: {
          all: [CRITICAL, { field: 'priorityId', op: 'is', value: priorities.low }],
        },
      }),
      '/when/all/1',
      'fields.conditionClash',
    ],
    [
      'what is not known of a ticket',
      () => ({ when: { field: 'channel', op: 'is', value: 'portal' } }),
      '/when',
      'fields.conditionContradiction',
    ],
    [
      'a company that does not exist',
      () => ({ when: { all: [CRITICAL, { field: 'companyId', op: 'in', value: [NOBODY] }] } }),
      '/when/all/1/value/0',
      'sla.rowGone',
    ],
    [
      'an object that does not exist',
      () => ({ when: { not: { field: 'objectPathIds', op: 'is', value: NOBODY } } }),
      '/when/not/value',
      'sla.rowGone',
    ],
    [
      'a type that does not exist',
      () => ({ when: { field: 'typeId', op: 'is', value: NOBODY } }),
      '/when/value',
      'fields.conditionValueUnknown',
    ],
    [
      'an empty list',
      () => ({ when: { field: 'priorityCode', op: 'in', value: [] } }),
      '/when/value',
      'fields.conditionListExpected',
    ],
    [
      'more and less that exclude each other',
      () => ({
        when: {
          all: [
            { field: 'plannedSeconds', op: 'gt', value: 60 },
            { field: 'plannedSeconds', op: 'lt', value: 60 },
          ],
        },
      }),
      '/when/all/1',
      'fields.conditionClash',
    ],
    [
      'a value together with none',
      () => ({ when: { all: [CRITICAL, { field: 'priorityCode', op: 'empty' }] } }),
      '/when/all/1',
      'fields.conditionClash',
    ],
    [
      'a moment without its zone',
      () => ({ when: { field: 'deadlineAt', op: 'lt', value: '2026-03-01T10:00:00' } }),
      '/when/value',
      'fields.conditionValueWrong',
    ],
    [
      '30 February',
      () => ({ when: { field: 'deadlineAt', op: 'lt', value: '2026-02-30T10:00:00Z' } }),
      '/when/value',
      'fields.conditionValueWrong',
    ],
    [
      'what counts as a reaction, said of another metric',
      () => ({ metrics: [resolution({ reactionOn: 'answered' })] }),
      '/metrics/0/reactionOn',
      'sla.reactionOnlyForReaction',
    ],
    [
      'pauses of a dwell limit',
      () => ({ metrics: [{ metric: 'dwell', seconds: 60, pauseCategories: ['waiting_client'] }] }),
      '/metrics/0/pauseCategories',
      'sla.noPausesForDwell',
    ],
    [
      'pause statuses of a dwell limit',
      () => ({ metrics: [{ metric: 'dwell', seconds: 60, pauseStatusIds: [statuses.waiting_partner] }] }),
      '/metrics/0/pauseStatusIds',
      'sla.noPausesForDwell',
    ],
    [
      'an unknown field',
      () => ({ when: { field: 'mood', op: 'is', value: 'bad' } }),
      '/when/field',
      'fields.conditionFieldUnknown',
    ],
    ['an unknown calendar', () => ({ calendarId: NOBODY }), '/calendarId', 'sla.calendarUnknown'],
    ['no promise', () => ({ metrics: [] }), '/metrics', 'validation.arrayMinSize'],
    [
      'an unknown metric',
      () => ({ metrics: [{ metric: 'happiness', seconds: 1 }] }),
      '/metrics/0/metric',
      'validation.isIn',
    ],
    ['zero seconds', () => ({ metrics: [resolution({ seconds: 0 })] }), '/metrics/0/seconds', 'validation.min'],
    ['a metric twice', () => ({ metrics: [resolution(), resolution()] }), '/metrics/1/metric', 'sla.metricTwice'],
    [
      'statuses of a metric without',
      () => ({ metrics: [resolution({ statusIds: [statuses.new] })] }),
      '/metrics/0/statusIds',
      'sla.statusesOnlyForDwell',
    ],
    [
      'one status in two limits',
      () => ({ metrics: [1, 2].map((seconds) => ({ metric: 'dwell', seconds, statusIds: [statuses.new] })) }),
      '/metrics/1/statusIds/0',
      'sla.statusTwice',
    ],
    [
      'an unknown status',
      () => ({ metrics: [resolution({ pauseStatusIds: [NOBODY] })] }),
      '/metrics/0/pauseStatusIds/0',
      'sla.statusUnknown',
    ],
    [
      'an unknown category',
      () => ({ metrics: [resolution({ pauseCategories: ['asleep'] })] }),
      '/metrics/0/pauseCategories',
      'validation.isIn',
    ],
    [
      'an empty warning',
      () => ({ metrics: [resolution({ warnings: [{}] })] }),
      '/metrics/0/warnings/0',
      'sla.warningShape',
    ],
    [
      'a warning of both kinds',
      () => ({ metrics: [resolution({ warnings: [{ percent: 50, beforeSeconds: 5 }] })] }),
      '/metrics/0/warnings/0',
      'sla.warningShape',
    ],
    [
      'a warning twice',
      () => ({ metrics: [resolution({ warnings: [{ percent: 50 }, { percent: 50 }] })] }),
      '/metrics/0/warnings/1',
      'sla.warningTwice',
    ],
    [
      'a warning before the start',
      () => ({ metrics: [resolution({ warnings: [{ beforeSeconds: 28_800 }] })] }),
      '/metrics/0/warnings/0/beforeSeconds',
      'sla.warningTooEarly',
    ],
    [
      'a clock that stands in every open status',
      () => ({
        metrics: [resolution({ pauseCategories: ['new', 'in_work', 'waiting_client', 'waiting_partner'] })],
      }),
      '/metrics/0/pauseCategories',
      'sla.neverRuns',
    ],
    [
      'an escalation to nobody',
      () => ({ metrics: [resolution({ escalateTo: [{ kind: 'employee' }] })] }),
      '/metrics/0/escalateTo/0/id',
      'sla.escalationNeedsPerson',
    ],
    [
      'an escalation to a stranger',
      () => ({ metrics: [resolution({ escalateTo: [{ kind: 'employee', id: NOBODY }] })] }),
      '/metrics/0/escalateTo/0/id',
      'sla.employeeUnknown',
    ],
    ['a list for the setting', () => ({ onChange: [] }), '/onChange', 'validation.isObject'],
    ['an unknown setting', () => ({ onChange: { moon: 'keep' } }), '/onChange/moon', 'validation.whitelistValidation'],
    ['a text for the condition', () => ({ when: 'always' }), '/when', 'validation.isObject'],
    ['a place before the first', () => ({ position: 0 }), '/position', 'validation.min'],
  ])('SLA-01: refuses %s and names the place', async (_, wrong, pointer, code) => {
    const { body } = await post(policy(wrong())).expect(422);
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
    expect(body.errors[0].message).toMatch(/[а-яё]{3}/i);
    expect(await list()).toEqual([]);
  });

  it('SLA-01: the tester and the preview refuse what the save refuses; what was read may be sent back', async () => {
    const never = {
      all: [
        { field: 'typeId', op: 'is', value: types.incident },
        { field: 'typeCode', op: 'is', value: types.other },
      ],
    };
    const made = await make({ metrics: [resolution(), { metric: 'dwell', seconds: 60 }] });
    for (const answer of [
      post(policy({ when: never })),
      patch(made.id, 1, { when: never }),
      api.as(admin).post('/sla/policies/check').send({ when: never }),
      api.as(admin).post('/sla/policies/check').send({ id: made.id, when: never }),
      api.as(admin).post(`/sla/policies/${made.id}/impact`).send({ when: never }),
    ]) {
      const { body } = await answer.expect(422);
      expect(body.errors).toMatchObject([{ pointer: '/when/all/1', code: 'fields.conditionClash' }]);
      expect(body.errors[0].message).toMatch(/Код типа.*Тип|«.*» .* «.*»/);
    }
    await patch(made.id, 1, { metrics: made.metrics, when: made.when }).expect(200);
  });

  it('R-01: only who may manage changes', async () => {
    const made = await make();
    await api.as(engineer).get('/sla/policies').expect(403);
    await api.as(engineer).post('/sla/policies').send(policy()).expect(403);
    await api.as(engineer).patch(`/sla/policies/${made.id}`).set('if-match', '"1"').send({ name: 'x' }).expect(403);
    await api.as(engineer).delete(`/sla/policies/${made.id}`).expect(403);
    expect(await names()).toEqual(['Обычные']);
  });
});

describe('what the order does', () => {
  const check = async (body: object = {}) =>
    (await api.as(admin).post('/sla/policies/check').send(body).expect(200)).body.findings;

  it('SLA-01: a policy behind one that takes everything is reported on save', async () => {
    const any = await make({ name: 'Все' });
    expect(any.findings).toEqual([]);
    const late = await make({ name: 'Критические', when: CRITICAL });
    expect(late.findings).toMatchObject([
      { kind: 'unreachable', policy: { id: late.id }, others: [{ id: any.id, name: 'Все' }] },
    ]);
    expect(late.findings[0].message).toBe('«Критические» никогда не сработает: все его заявки забирает раньше «Все»');
    expect((await patch(late.id, 1, { position: 1 }).expect(200)).body.findings).toEqual([]);
    expect(await check()).toEqual([]);
  });

  it('SLA-01: a policy saved before others says whom it leaves nothing', async () => {
    const critical = await make({ name: 'Критические', when: CRITICAL });
    const any = await make({ name: 'Все', position: 1 });
    expect(any.findings).toMatchObject([
      { kind: 'unreachable', policy: { id: critical.id }, others: [{ id: any.id, name: 'Все' }] },
    ]);
  });

  it('SLA-01: a narrower condition behind a wider one, and a union that leaves nothing', async () => {
    await make({ name: 'Высокие', when: HIGH });
    expect((await make({ name: 'Критические', when: CRITICAL })).findings).toMatchObject([{ kind: 'unreachable' }]);
    await make({ name: 'Остальные', when: { not: HIGH } });
    const last = await make({ name: 'Все' });
    expect(last.findings).toMatchObject([
      { kind: 'unreachable', others: [{ name: 'Высокие' }, { name: 'Критические' }, { name: 'Остальные' }] },
    ]);
  });

  it('SLA-01: conditions that may both fit are reported, a wider one behind a narrower is not', async () => {
    const text = { field: 'subject', op: 'contains', value: 'касса' };
    await make({ name: 'Критические', when: CRITICAL });
    expect((await make({ name: 'Кассы', when: text })).findings).toMatchObject([
      { kind: 'overlap', others: [{ name: 'Критические' }] },
    ]);
    expect((await make({ name: 'Высокие', when: HIGH })).findings).toMatchObject([
      { kind: 'overlap', others: [{ name: 'Кассы' }] },
    ]);
    expect(
      (await make({ name: 'Низкие', when: { field: 'priorityCode', op: 'is', value: 'low' } })).findings,
    ).toMatchObject([{ others: [{ name: 'Кассы' }] }]);
  });

  it('SLA-01: a switched off policy takes nothing', async () => {
    await make({ name: 'Все', isActive: false });
    expect((await make({ name: 'Критические', when: CRITICAL })).findings).toEqual([]);
  });

  it('SLA-01: a change can be tried before it is saved', async () => {
    const any = await make({ name: 'Все', when: HIGH });
    await make({ name: 'Критические', when: { all: [CRITICAL, { field: 'hasFiles', op: 'is', value: true }] } });
    expect(await check()).toMatchObject([{ kind: 'unreachable' }]);
    expect(await check({ id: any.id, when: { field: 'priorityCode', op: 'is', value: 'low' } })).toEqual([]);
    expect(await check({ id: any.id, position: 2 })).toEqual([]);
    expect(await check({ id: any.id, isActive: false })).toEqual([]);
    expect(await check({ when: CRITICAL })).toContainEqual(
      expect.objectContaining({ kind: 'unreachable', policy: { id: null, name: 'Новый набор' } }),
    );
    await api.as(admin).post('/sla/policies/check').send({ id: NOBODY }).expect(422);
    await api
      .as(admin)
      .post('/sla/policies/check')
      .send({ when: { all: 1 } })
      .expect(422);
    expect(await names()).toEqual(['Все', 'Критические']);
  });

  it('SLA-02: a calendar that a policy uses is not put away', async () => {
    const own = (
      await api
        .as(admin)
        .post('/sla/calendars')
        .send({ name: 'Свой', timeZone: 'UTC', week: { mon: [{ from: '00:00', to: '24:00' }] } })
        .expect(201)
    ).body;
    await make({ name: 'Свои часы', metrics: [resolution({ calendarId: own.id })] });
    const refusal = await api.as(admin).post(`/sla/calendars/${own.id}/archive`).expect(409);
    expect(refusal.body.title).toContain('Свои часы');
    await clear();
    await api.as(admin).post(`/sla/calendars/${own.id}/archive`).expect(200);
    const late = await post(policy({ calendarId: own.id })).expect(422);
    expect(late.body.errors[0].pointer).toBe('/calendarId');
  });
});
