import { aChecklist, aChecklistTemplate } from '@opora/testing/checklists';
import { anEmployee, aTeam } from '@opora/testing/people';
import { aComment, aTicket } from '@opora/testing/tickets';
import { CustomFieldDefinitions } from '@opora/modules/fields';
import { Tickets } from '@opora/modules/tickets';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { BulkRun } from './bulk-run.entity';
import type { BulkRunView } from './bulk-runs.dto';
import { BulkSteps } from './bulk-steps.service';
import { BulkWorker } from './bulk-worker.service';
import { MacrosModule } from './macros.module';
import type { StoredAction } from './ticket-action';

// eslint-disable-next-line no-restricted-properties -- a longer run by hand: BULK_TICKETS=500
const TOTAL = Number(process.env.BULK_TICKETS ?? 50);
const REFUSED = Math.round(TOTAL / 25);

describe('bulk runs', () => {
  let api: TestApi;
  let lead: TestPerson;
  let teamId: string;
  let otherTeamId: string;
  let templateId: string;

  beforeAll(async () => {
    api = await startApi(MacrosModule);
    lead = await anEmployee(api, { role: 'admin', name: 'Анна Ведущая' });
    teamId = (await aTeam(api, { name: 'Вторая линия' })).id;
    otherTeamId = (await aTeam(api, { name: 'Первая линия' })).id;
    templateId = (await aChecklistTemplate(api, { name: 'Обход' })).id;
    await api.get(CustomFieldDefinitions).create(api.system, {
      subject: 'ticket',
      code: 'serial',
      name: { ru: 'Серийный номер', en: 'Serial' },
      type: 'text',
    } as never);
  });
  afterAll(() => api.close());

  const ACTIONS = (): StoredAction[] => [
    { action: 'set_fields', params: { fields: { customFields: { serial: 'SN-7' }, plannedSeconds: 1800 } } },
    { action: 'assign', params: { assigneeId: 'me', teamId, reason: 'Разбор очереди' } },
    { action: 'transition', params: { status: 'in_work' } },
    { action: 'set_deadline', params: { seconds: 86_400, reason: 'Разбор очереди' } },
    { action: 'put_aside', params: { seconds: 7200 } },
    { action: 'add_observers', params: { teamIds: [otherTeamId] } },
    { action: 'add_checklist', params: { templateId } },
    { action: 'comment', params: { html: '<p>Разобрано: {{ticket.number}}</p>' } },
  ];

  /** Everything of the tickets that people set, in full. */
  const stateOf = async (ids: string[]): Promise<Record<string, unknown>[]> =>
    api.db.query(
      api.system,
      `SELECT to_jsonb(t) - '{version,updatedAt,publicUpdatedAt}'::text[] AS ticket,
         (SELECT jsonb_agg(o."subjectId" ORDER BY o."subjectId") FROM ticket_observer o WHERE o."ticketId" = t.id) AS observers,
         (SELECT jsonb_agg(c."employeeId" ORDER BY c."employeeId") FROM ticket_co_executor c WHERE c."ticketId" = t.id) AS helpers,
         (SELECT jsonb_agg(c.id ORDER BY c.id) FROM comment c WHERE c."ticketId" = t.id AND c."undoneAt" IS NULL) AS comments,
         (SELECT jsonb_agg(c.name ORDER BY c.id) FROM checklist c WHERE c."ticketId" = t.id) AS checklists,
         (SELECT to_jsonb(p) FROM ticket_checklist p WHERE p."ticketId" = t.id AND p.total > 0) AS progress
       FROM ticket t WHERE t.id = ANY($1::uuid[]) ORDER BY t.id`,
      [ids],
    );

  const aQueue = async (count: number, word: string): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < count; index++) {
      const { id } = await aTicket(api, { subject: `${word} ${index}`, teamId: index % 2 ? otherTeamId : undefined });
      ids.push(id);
    }
    return ids;
  };
  /** The guard of checklists holds these back. */
  const holdBack = async (ids: string[]): Promise<void> => {
    const items = [{ title: 'Согласовать', isRequired: true, requiredTo: ['in_work'] }];
    for (const id of ids) await aChecklist(api, id, { name: 'Допуск', items });
  };
  const runOf = async (id: string) => (await api.as(lead).get(`/bulk-runs/${id}`).expect(200)).body as BulkRunView;
  const start = async (body: object) =>
    (await api.as(lead).post('/bulk-runs').send(body).expect(202)).body as { id: string };

  it('T-20: 480 of 500 are changed, 20 are named, undo restores all 480', async () => {
    const ids = await aQueue(TOTAL, 'массовая');
    await aComment(api, ids[0]!, { text: 'Было раньше' });
    const held = ids.filter((_, index) => index % 25 === 7);
    expect(held).toHaveLength(REFUSED);
    await holdBack(held);
    const before = await stateOf(ids);

    const body = { selection: { q: 'массовая' }, actions: ACTIONS() };
    const looked = ids.slice(0, 50);
    const ofFew = { ...body, selection: { ticketIds: looked } };
    const preview = await api.as(lead).post('/bulk-runs/preview').send(ofFew).expect(200);
    const [refused, accepted] = [2, looked.length - 2];
    expect(preview.body).toMatchObject({ total: looked.length, checked: looked.length, refused: { count: refused } });
    const changes = preview.body.changes as object[];
    expect(changes).toContainEqual({
      label: 'Статус',
      before: 'Новая',
      after: 'В работе',
      isBeforeMixed: false,
      count: accepted,
    });
    expect(changes).toContainEqual(
      expect.objectContaining({ label: 'Группа', after: 'Вторая линия', isBeforeMixed: true, count: accepted }),
    );
    expect(await stateOf(ids)).toEqual(before);

    const { id } = await start(body);
    // What the filter finds from now on is no concern of the run.
    const late = await aTicket(api, { subject: 'массовая, но позже' });
    await api.drain();
    expect(await runOf(id)).toMatchObject({ state: 'done', total: TOTAL, done: TOTAL - REFUSED, refused: REFUSED });
    const rows = await api.as(lead).get(`/bulk-runs/${id}/rows?state=refused&limit=200`).expect(200);
    expect(rows.body.data.map((row: { ticket: { id: string } }) => row.ticket.id).sort()).toEqual([...held].sort());
    for (const { ticket, problems } of rows.body.data) {
      expect(ticket.subject).toMatch(/^массовая/);
      expect(problems[0]).toMatchObject({ code: 'tickets.transitionRefused', action: 2 });
      expect(problems[0].message).toContain('Согласовать');
    }
    const changed = (await stateOf(ids)) as { ticket: Record<string, unknown>; comments: string[] | null }[];
    for (const [index, { ticket, comments }] of changed.entries()) {
      const was = before[index] as { ticket: object; comments: string[] | null };
      if (held.includes(ticket.id as string)) expect(changed[index]).toEqual(was);
      else {
        expect(ticket).toMatchObject({
          statusCategory: 'in_work',
          teamId,
          assigneeId: lead.id,
          customFields: { serial: 'SN-7' },
        });
        expect(comments).toHaveLength((was.comments?.length ?? 0) + 1);
      }
    }
    expect(await api.get(Tickets).get(api.system, late.id)).toMatchObject({ assigneeId: null });

    await api.as(lead).post(`/bulk-runs/${id}/undo`).expect(202);
    await api.drain();
    expect(await runOf(id)).toMatchObject({
      undo: { state: 'done', done: TOTAL - REFUSED, refused: 0 },
      undoUntil: null,
    });
    expect(await stateOf(ids)).toEqual(before);
    await api.as(lead).post(`/bulk-runs/${id}/undo`).expect(409);
  }, 240_000);

  /** A run as it is when the worker has died after so many tickets. */
  const cutOff = async (id: string, after: number): Promise<void> => {
    await api.db.query(api.system, `UPDATE bulk_run SET state = 'running', "startedAt" = now() WHERE id = $1`, [id]);
    const run = await api.db.repo(api.system, BulkRun).findOneByOrFail({ id });
    const ctx = (await api.get(BulkSteps).contextOf(api.system, run))!;
    for (let step = 0; step < after; step++) expect(await api.get(BulkSteps).next(ctx, run, 'run')).toBe(true);
  };
  const COMMENT = [{ action: 'comment', params: { html: 'Разобрано' } }];
  const commentsOf = async (ids: string[]) =>
    (
      await api.db.query<{ count: number }>(
        api.system,
        `SELECT count(c.id)::int AS count FROM unnest($1::uuid[]) t(id) LEFT JOIN comment c ON c."ticketId" = t.id GROUP BY t.id`,
        [ids],
      )
    ).map(({ count }) => count);

  it('T-20: a worker that dies in the middle loses nothing and doubles nothing, nor do two workers at once', async () => {
    const ids = await aQueue(12, 'оборванная');
    const { id } = await start({ selection: { ticketIds: ids }, actions: COMMENT });
    await cutOff(id, 5);
    const worker = api.get(BulkWorker);
    await Promise.all([0, 1, 2].map((lot) => worker.run(api.system, { runId: id, lot })));
    await api.drain();
    expect(await runOf(id)).toMatchObject({ state: 'done', done: 12, refused: 0 });
    expect(await commentsOf(ids)).toEqual(ids.map(() => 1));
    await api.as(lead).post(`/bulk-runs/${id}/undo`).expect(202);
    await Promise.all([0, 1].map((lot) => worker.undo(api.system, { runId: id, lot })));
    await api.drain();
    expect(await runOf(id)).toMatchObject({ undo: { state: 'done', done: 12, refused: 0 } });
  });

  it('T-20: a stopped run changes nothing more, and what it has done is undone', async () => {
    const ids = await aQueue(6, 'остановленная');
    const { id } = await start({ selection: { ticketIds: ids }, actions: COMMENT });
    await cutOff(id, 2);
    await api.as(lead).post(`/bulk-runs/${id}/undo`).expect(409);
    expect((await api.as(lead).post(`/bulk-runs/${id}/cancel`).expect(200)).body.state).toBe('cancelled');
    await api.drain();
    expect(await runOf(id)).toMatchObject({ state: 'cancelled', done: 2, refused: 0, total: 6 });
    expect((await commentsOf(ids)).sort()).toEqual([0, 0, 0, 0, 1, 1]);
    await api.as(lead).post(`/bulk-runs/${id}/undo`).expect(202);
    await api.drain();
    expect((await runOf(id)).undo).toEqual({ state: 'done', done: 2, refused: 0 });
  });

  it('T-20: nobody changes a ticket he may not, and what he may not see is not found', async () => {
    const mine = await aTeam(api);
    const field = await anEmployee(api, { role: 'field_engineer', teamIds: [mine.id] });
    const role = await api.db.query<{ id: string }>(
      api.system,
      `INSERT INTO role (id, code, name, permissions, scope, "categoryIds", "isPreset", "createdAt")
       VALUES ($1, NULL, '{"ru":"Свои","en":"Own"}', '{tickets.read,tickets.update,macros.bulk}', 'teams', '{}', false, now()) RETURNING id`,
      [newId()],
    );
    const person = await anEmployee(api, { roleIds: [role[0]!.id], teamIds: [mine.id] });
    const [seen, hidden] = [await aTicket(api, { teamId: mine.id }), await aTicket(api, { subject: 'Тайная' })];
    const high = (await api.as(lead).get('/priorities')).body.data.find(
      (each: { code: string }) => each.code === 'high',
    );
    const actions = [{ action: 'set_priority', params: { priorityId: high.id } }];
    await api
      .as(field)
      .post('/bulk-runs')
      .send({ selection: { ticketIds: [seen.id] }, actions })
      .expect(403);
    const body = { selection: { ticketIds: [seen.id, hidden.id, newId(), seen.id] }, actions };
    const preview = await api.as(person).post('/bulk-runs/preview').send(body).expect(200);
    expect(preview.body).toMatchObject({ total: 3, refused: { count: 2 } });
    const { body: run } = await api.as(person).post('/bulk-runs').send(body).expect(202);
    await api.drain();
    const rows = (await api.as(person).get(`/bulk-runs/${run.id}/rows`).expect(200)).body.data;
    expect(rows.map((row: { state: string }) => row.state)).toEqual(['done', 'refused', 'refused']);
    expect(JSON.stringify([rows, preview.body])).not.toContain('Тайная');
    expect(rows[1].problems).toEqual(rows[2].problems);
    expect(rows[1].ticket).toEqual({ id: hidden.id, number: null, subject: null });
    await api.as(lead).get(`/bulk-runs/${run.id}`).expect(404);
    await api.as(lead).post(`/bulk-runs/${run.id}/undo`).expect(404);
    // Who may see a ticket may still lack the right to do this to it.
    const assign = [{ action: 'assign', params: { assigneeId: 'me' } }];
    const denied = await api
      .as(person)
      .post('/bulk-runs/preview')
      .send({ ...body, actions: assign })
      .expect(200);
    expect(denied.body.refused.sample[0].problems[0].code).toBe('access.denied');
  });

  it('T-20: undo keeps what others have done since and names it', async () => {
    const [id] = (await aQueue(1, 'спорная')) as [string];
    const actions = [
      { action: 'assign', params: { assigneeId: 'me', teamId } },
      { action: 'transition', params: { status: 'in_work' } },
      { action: 'comment', params: { html: 'Уже взяли', audience: 'client' } },
    ];
    const run = await start({ selection: { ticketIds: [id] }, actions });
    await api.drain();
    const { version } = await api.get(Tickets).get(api.system, id);
    await api
      .as(lead)
      .patch(`/tickets/${id}`)
      .set('If-Match', `"${version}"`)
      .send({ teamId: otherTeamId })
      .expect(200);
    await api.advance({ seconds: 11 });
    await api.as(lead).post(`/bulk-runs/${run.id}/undo`).expect(202);
    await api.drain();
    const [row] = (await api.as(lead).get(`/bulk-runs/${run.id}/rows`)).body.data;
    expect(row.state).toBe('undo_refused');
    expect(row.problems.map((each: { message: string }) => each.message)).toEqual([
      expect.stringContaining('Группа'),
      expect.stringContaining('Написать комментарий'),
    ]);
    const after = await api.get(Tickets).get(api.system, id);
    expect(after).toMatchObject({ teamId: otherTeamId, assigneeId: null, statusCategory: 'new', commentCount: 1 });
    const history = (await api.as(lead).get(`/tickets/${id}/history`)).body.data;
    expect(history[0].cause).toMatchObject({ kind: 'macro', id: run.id, reason: 'Отменено' });
  });

  it('T-20: undo is possible for ten minutes', async () => {
    const ids = await aQueue(1, 'поздняя');
    const run = await start({ selection: { ticketIds: ids }, actions: COMMENT });
    await api.drain();
    expect((await runOf(run.id)) as object).toMatchObject({ undoUntil: expect.any(String) });
    await api.advance({ minutes: 10, seconds: 1 });
    const late = await api.as(lead).post(`/bulk-runs/${run.id}/undo`).expect(409);
    expect(late.body.code).toBe('macros.undoTooLate');
  });

  it('T-20: refuses what is no selection and no action', async () => {
    const ok = { ticketIds: [newId()] };
    const bad: [object, number, string][] = [
      [{ selection: ok }, 422, '/actions'],
      [{ selection: ok, actions: [] }, 422, '/actions'],
      [{ selection: ok, actions: Array.from({ length: 21 }, () => COMMENT[0]) }, 422, '/actions'],
      [{ selection: ok, actions: [{ action: 'erase', params: {} }] }, 422, '/actions/0/action'],
      [{ selection: ok, actions: [{ action: 'comment', params: { html: 7 } }] }, 422, '/actions/0/params/html'],
      [
        { selection: ok, actions: [{ action: 'comment', params: { html: 'a\u0000b' } }] },
        422,
        '/actions/0/params/html',
      ],
      [
        { selection: ok, actions: [{ action: 'comment', params: { html: '{{ticket.secret}}' } }] },
        422,
        '/actions/0/params/html',
      ],
      [
        { selection: ok, actions: [{ action: 'assign', params: { teamId: newId() } }] },
        422,
        '/actions/0/params/teamId',
      ],
      [{ selection: ok, actions: [{ action: 'assign', params: { who: 1 } }] }, 422, '/actions/0/params/who'],
      [
        { selection: ok, actions: [{ action: 'set_fields', params: { fields: { number: 1 } } }] },
        422,
        '/actions/0/params/fields/number',
      ],
      [{ selection: {}, actions: COMMENT }, 422, '/selection'],
      [{ selection: { ...ok, q: '' }, actions: COMMENT }, 422, '/selection'],
      [
        { selection: { ticketIds: Array.from({ length: 5001 }, newId) }, actions: COMMENT },
        422,
        '/selection/ticketIds',
      ],
      [{ selection: { q: 'status:nowhere' }, actions: COMMENT }, 422, '/q'],
    ];
    for (const [body, status, pointer] of bad) {
      const { body: answer } = await api.as(lead).post('/bulk-runs').send(body).expect(status);
      expect(answer.errors[0].pointer).toBe(pointer);
    }
    const none = await api
      .as(lead)
      .post('/bulk-runs')
      .send({ selection: { q: '"нет таких слов"' }, actions: COMMENT });
    expect(none.body.code).toBe('macros.selectionEmpty');
    expect(await api.db.query(api.system, `SELECT 1 FROM bulk_run WHERE state = 'waiting'`)).toEqual([]);
  });
});
