import { aCompany, aContact } from '@opora/testing/clients';
import { aChecklistTemplate } from '@opora/testing/checklists';
import { anEmployee, aTeam } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { CustomFieldDefinitions } from '@opora/modules/fields';
import { Teams } from '@opora/modules/people';
import { Tickets } from '@opora/modules/tickets';
import { startApi, type TestApi, type TestPerson } from '@opora/platform/testing';
import { MacrosModule } from './macros.module';

describe('macros, canned answers, templates', () => {
  let api: TestApi;
  let lead: TestPerson;
  let engineer: TestPerson;
  let mate: TestPerson;
  let teamId: string;

  beforeAll(async () => {
    api = await startApi(MacrosModule);
    teamId = (await aTeam(api, { name: 'Вторая линия' })).id;
    lead = await anEmployee(api, { role: 'line_lead', name: 'Анна Ведущая' });
    engineer = await anEmployee(api, { role: 'engineer', teamIds: [teamId], name: 'Пётр Инженер' });
    mate = await anEmployee(api, { role: 'engineer' });
    const field = (code: string, isClientVisible: boolean): unknown => ({
      subject: 'ticket',
      code,
      name: { ru: code, en: code },
      type: 'text',
      isClientVisible,
    });
    for (const given of [field('serial', true), field('inner_note', false)])
      await api.get(CustomFieldDefinitions).create(api.system, given as never);
  });
  afterAll(() => api.close());

  const TAKE = [
    { action: 'assign', params: { assigneeId: 'me' } },
    { action: 'transition', params: { status: 'in_work' } },
    { action: 'comment', params: { html: '<p>Взял {{me.name}}</p>', audience: 'client' } },
  ];
  const create = (who: TestPerson, path: string, body: object) => api.as(who).post(path).send(body);
  const namesOf = async (who: TestPerson, path: string, key = 'name') =>
    (await api.as(who).get(`${path}?limit=200`).expect(200)).body.data.map((row: Record<string, string>) => row[key]);

  it('T-16: a macro previews all its actions, runs them or none, and is undone as one', async () => {
    const { body: macro } = await create(engineer, '/macros', {
      name: 'Взять',
      scope: 'personal',
      actions: TAKE,
    }).expect(201);
    const ticket = await aTicket(api, { teamId });
    const before = await api.get(Tickets).get(api.system, ticket.id);
    const preview = await api
      .as(engineer)
      .post(`/macros/${macro.id}/preview`)
      .send({ ticketId: String(ticket.number) })
      .expect(200);
    expect(preview.body).toEqual({
      lines: [
        { label: 'Ответственный', before: null, after: 'Пётр Инженер' },
        { label: 'Статус', before: 'Новая', after: 'В работе' },
        { label: 'Ответ клиенту', before: null, after: 'Взял Пётр Инженер' },
      ],
      problems: [],
    });
    expect(await api.get(Tickets).get(api.system, ticket.id)).toEqual(before);
    const run = await api.as(engineer).post(`/macros/${macro.id}/run`).send({ ticketId: ticket.id }).expect(200);
    const after = await api.get(Tickets).get(api.system, ticket.id);
    expect(after).toMatchObject({
      assigneeId: engineer.id,
      statusCategory: 'in_work',
      commentCount: 1,
      awaiting: 'client',
    });
    const history = (await api.as(engineer).get(`/tickets/${ticket.id}/history`)).body.data;
    expect(history[0].cause).toMatchObject({ kind: 'macro', name: 'Взять' });
    const undone = await api.as(engineer).post(`/bulk-runs/${run.body.runId}/undo`).expect(202);
    expect(undone.body.undo).toEqual({ state: 'done', done: 1, refused: 0 });
    const {
      version: _,
      updatedAt: __,
      publicUpdatedAt: ___,
      ...back
    } = await api.get(Tickets).get(api.system, ticket.id);
    expect(before).toMatchObject(back);
    // A second run meets a refusal in its middle: nothing of it happens.
    await api.db.query(api.system, `UPDATE ticket SET "deletedAt" = now() WHERE id = $1`, [ticket.id]);
    await api.as(engineer).post(`/macros/${macro.id}/run`).send({ ticketId: ticket.id }).expect(404);
  });

  it('T-16: a refused macro says which action, and nothing of it has happened', async () => {
    const actions = [TAKE[0], { action: 'transition', params: { status: 'closed' } }];
    const { body: macro } = await create(engineer, '/macros', { name: 'Отклонить', scope: 'personal', actions }).expect(
      201,
    );
    const ticket = await aTicket(api, { teamId });
    const refused = await api.as(engineer).post(`/macros/${macro.id}/run`).send({ ticketId: ticket.id }).expect(409);
    expect(refused.body).toMatchObject({ code: 'tickets.transitionRefused', action: 1 });
    expect(await api.get(Tickets).get(api.system, ticket.id)).toMatchObject({ version: 1, assigneeId: null });
    const preview = await api
      .as(engineer)
      .post(`/macros/${macro.id}/preview`)
      .send({ ticketId: ticket.id })
      .expect(200);
    expect(preview.body.lines).toHaveLength(1);
    expect(preview.body.problems).toEqual([expect.objectContaining({ action: 1, message: expect.any(String) })]);
  });

  it('T-16: what a macro names and is archived is told by action, when it is run and in the editor', async () => {
    const team = await aTeam(api, { name: 'Старая' });
    const actions = [TAKE[0], { action: 'assign', params: { teamId: team.id } }];
    const { body: macro } = await create(lead, '/macros', { name: 'В старую', scope: 'shared', actions }).expect(201);
    await api.get(Teams).archive(api.system, team.id);
    const told = { pointer: '/actions/1/params/teamId', code: 'macros.referenceArchived' };
    const ticket = await aTicket(api, { teamId });
    const refused = await api.as(engineer).post(`/macros/${macro.id}/run`).send({ ticketId: ticket.id }).expect(422);
    expect(refused.body.errors).toEqual([expect.objectContaining(told)]);
    const preview = await api
      .as(engineer)
      .post(`/macros/${macro.id}/preview`)
      .send({ ticketId: ticket.id })
      .expect(200);
    expect(preview.body.problems).toEqual([expect.objectContaining({ ...told, action: 1 })]);
    const list = (await api.as(lead).get('/macros').expect(200)).body.data;
    expect(list.find((row: { id: string }) => row.id === macro.id).problems).toEqual([expect.objectContaining(told)]);
  });

  it('T-16: personal ones are their owner’s, a team’s the team’s, and shared ones are kept by whoever may', async () => {
    const plain = { actions: TAKE };
    await create(engineer, '/macros', { ...plain, name: 'Общий', scope: 'shared' }).expect(403);
    const { body: mine } = await create(engineer, '/macros', { ...plain, name: 'Мой', scope: 'personal' }).expect(201);
    const { body: ours } = await create(lead, '/macros', {
      ...plain,
      name: 'Наш',
      scope: 'team',
      teamIds: [teamId],
    }).expect(201);
    expect(await namesOf(engineer, '/macros')).toEqual(expect.arrayContaining(['Мой', 'Наш']));
    expect(await namesOf(mate, '/macros')).not.toEqual(expect.arrayContaining(['Наш']));
    expect(await namesOf(lead, '/macros')).not.toContain('Мой');
    const ticket = await aTicket(api, { teamId });
    await api.as(mate).post(`/macros/${ours.id}/run`).send({ ticketId: ticket.id }).expect(404);
    await api.as(lead).get(`/macros/${mine.id}`).expect(404);
    await api.as(engineer).patch(`/macros/${ours.id}`).set('If-Match', '"1"').send({ name: 'Чужой' }).expect(403);
    await api.as(engineer).delete(`/macros/${ours.id}`).expect(403);
    await api.as(engineer).patch(`/macros/${mine.id}`).send({ name: 'Мой 2' }).expect(428);
    const renamed = await api
      .as(engineer)
      .patch(`/macros/${mine.id}`)
      .set('If-Match', '"1"')
      .send({ name: 'Мой 2' })
      .expect(200);
    expect(renamed.body).toMatchObject({ name: 'Мой 2', version: 2, scope: 'personal' });
    await api.as(engineer).patch(`/macros/${mine.id}`).set('If-Match', '"1"').send({ name: 'Мой 3' }).expect(412);
    const { body: first } = await create(engineer, '/macros', { ...plain, name: 'Первый', scope: 'personal' }).expect(
      201,
    );
    await api
      .as(engineer)
      .put('/macros/order')
      .send({ ids: [first.id, mine.id] })
      .expect(204);
    expect((await namesOf(engineer, '/macros')).slice(0, 2)).toEqual(['Первый', 'Мой 2']);
    await api
      .as(engineer)
      .put('/macros/order')
      .send({ ids: [ours.id] })
      .expect(403);
    await api
      .as(mate)
      .put('/macros/order')
      .send({ ids: [ours.id] })
      .expect(422);
    await api.as(engineer).delete(`/macros/${mine.id}`).expect(204);
  });

  it('T-16: an answer is filled with escaped values, and says nothing its writer may not see', async () => {
    const company = await aCompany(api, { name: 'ООО <script>alert(1)</script>' });
    const contact = await aContact(api, { name: 'Петров Иван Сергеевич', companyId: company.id });
    const ticket = await aTicket(api, {
      companyId: company.id,
      teamId,
      contactId: contact.id,
      customFields: { serial: '<b>7</b>', inner_note: 'тайна' },
    });
    const html =
      '<p>{{contact.firstName}}, {{company.name}} {{cf.serial}}{{#object.name}} на объекте{{/object.name}}{{^object.name}} без объекта{{/object.name}}: {{contact.email}}</p><p><a href="{{ticket.portalUrl}}">{{me.name}}</a></p>';
    const { body: answer } = await create(lead, '/canned-answers', {
      title: 'Привет',
      shortcut: 'привет',
      scope: 'shared',
      html,
    }).expect(201);
    const search = async (who: TestPerson) =>
      (
        await api
          .as(who)
          .get(`/canned-answers/search?q=${encodeURIComponent('привет')}&ticketId=${ticket.number}`)
          .expect(200)
      ).body.data[0];
    const filled = await search(engineer);
    expect(filled.html).toContain(
      'Иван Сергеевич, ООО &lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;7&lt;/b&gt; без объекта: ',
    );
    expect(filled.html).toContain('@');
    expect(filled.html).toMatch(/<a href="https?:[^"]+\/portal\/tickets\/\d+"[^>]*>Пётр Инженер<\/a>/);
    const developer = await anEmployee(api, { role: 'developer', teamIds: [teamId] });
    expect((await search(developer)).html).not.toContain('@');
    const unknown = await create(lead, '/canned-answers', {
      title: 'Нет',
      scope: 'shared',
      html: '{{contact.nme}} {{{company.name}}} {{cf.inner_note}} {{#nope}}{{ticket.number}}{{/nope}} {{> part}}',
    }).expect(422);
    const told = unknown.body.errors.map((each: { message: string }) => each.message).join('\n');
    for (const name of ['contact.nme', 'company.name', 'cf.inner_note', 'nope', 'part']) expect(told).toContain(name);
    expect(told).not.toContain('ticket.number');
    await create(lead, '/canned-answers', { title: 'Скобки', scope: 'shared', html: '{{#company.name}}' }).expect(422);
    await create(lead, '/canned-answers', { title: 'Код', scope: 'shared', html: '{{constructor.name}}' }).expect(422);
    await api.as(mate).get(`/canned-answers/search?ticketId=999999`).expect(404);
    expect((await api.as(engineer).get(`/canned-answers/${answer.id}`).expect(200)).body).toMatchObject({
      mayEdit: false,
      problems: [],
    });
  });

  it('T-16: the search of answers puts the shortcut first and finds words of the text', async () => {
    const own = (title: string, shortcut: string | null, html: string) =>
      create(engineer, '/canned-answers', { title, shortcut, scope: 'personal', html }).expect(201);
    await own('Перезагрузите кассу', 'касса', 'Выключите и включите');
    await own('Касса: гарантия', null, 'Ремонт по гарантии');
    await own('Прочее', null, 'Ваша касса в работе');
    const titles = async (q: string) =>
      (
        await api
          .as(engineer)
          .get(`/canned-answers/search?q=${encodeURIComponent(q)}`)
          .expect(200)
      ).body.data.map((row: { title: string }) => row.title);
    expect(await titles('касса')).toEqual(['Перезагрузите кассу', 'Касса: гарантия', 'Прочее']);
    expect(await titles('гарантии ремонт')).toEqual(['Касса: гарантия']);
    expect(await titles('100%')).toEqual([]);
    expect((await api.as(mate).get('/canned-answers/search?q=касса')).body.data ?? []).toEqual([]);
  });

  it('T-16: a template is checked as a new ticket would be, and is made of a ticket', async () => {
    const list = await aChecklistTemplate(api, { name: 'Обход' });
    const values = { subject: 'Плановый осмотр', teamId, customFields: { serial: 'SN-1' }, plannedSeconds: 3600 };
    const body = { name: 'Осмотр', scope: 'team', teamIds: [teamId], values, checklistTemplateIds: [list.id] };
    const { body: template } = await create(lead, '/ticket-templates', body).expect(201);
    expect(template).toMatchObject({ values, checklistTemplateIds: [list.id], problems: [] });
    expect(await namesOf(engineer, '/ticket-templates')).toContain('Осмотр');
    expect(await namesOf(mate, '/ticket-templates')).not.toContain('Осмотр');
    const wrong = await create(lead, '/ticket-templates', {
      ...body,
      values: { teamId: list.id, customFields: { serial: 7, nothing: 1 } },
    }).expect(422);
    expect(wrong.body.errors.map((each: { pointer: string }) => each.pointer)).toEqual([
      '/values/teamId',
      '/values/customFields/serial',
      '/values/customFields/nothing',
    ]);
    await create(lead, '/ticket-templates', { ...body, values: { number: 7 } }).expect(422);
    const company = await aCompany(api);
    const ticket = await aTicket(api, {
      subject: 'Замена',
      companyId: company.id,
      teamId,
      customFields: { serial: 'X' },
    });
    const copy = { ticketId: ticket.id, name: 'Как эта', scope: 'personal' };
    const { body: copied } = await create(engineer, '/ticket-templates/from-ticket', copy).expect(201);
    expect(copied.values).toMatchObject({ subject: 'Замена', teamId, customFields: { serial: 'X' } });
    expect(copied.values.companyId).toBeUndefined();
    const full = await create(engineer, '/ticket-templates/from-ticket', { ...copy, withClient: true }).expect(201);
    expect(full.body.values.companyId).toBe(company.id);
    await api.get(Teams).archive(api.system, teamId);
    const stale = (await api.as(lead).get(`/ticket-templates/${template.id}`).expect(200)).body.problems;
    expect(stale).toEqual([expect.objectContaining({ pointer: '/values/teamId', code: 'macros.referenceArchived' })]);
  });
});
