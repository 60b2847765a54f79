import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { aChecklist, aChecklistTemplate } from './testing';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import type { Test } from 'supertest';
import { ChecklistsModule } from './checklists.module';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('checklists of tickets', () => {
  let api: TestApi;
  let admin: TestEmployee;
  let engineer: TestEmployee;
  let teamId: string;
  beforeAll(async () => {
    api = await startApi(ChecklistsModule);
    teamId = (await aTeam(api)).id;
    admin = await anEmployee(api, { role: 'admin' });
    engineer = await anEmployee(api, { role: 'engineer', teamIds: [teamId] });
  });
  afterAll(() => api.close());

  const listsOf = async (ticketId: string, by: TestEmployee = engineer) =>
    (await api.as(by).get(`/tickets/${ticketId}/checklists`).expect(200)).body.data;
  const mark = (itemId: string, body: object, by: TestEmployee = engineer) =>
    api.as(by).put(`/checklist-items/${itemId}/mark`).send(body);
  const upload = async (by: TestEmployee, name = 'снимок.png', content = PNG): Promise<string> =>
    (await api.as(by).post('/files').attach('file', content, name).expect(201)).body.id;
  /** A checklist of one item. */
  const one = async (facts: object) => {
    const ticket = await aTicket(api, { teamId });
    const list = await aChecklist(api, ticket.id, { name: 'Осмотр', items: [{ title: 'Пункт', ...facts }] });
    return { ticket, list, itemId: list.items[0]!.id };
  };

  it('T-12: a template’s headings, items and limits are copied onto a ticket; who ticked and when is told', async () => {
    const template = await aChecklistTemplate(api, {
      name: 'Ввод кассы',
      items: [
        { kind: 'heading', title: 'Касса' },
        { kind: 'subheading', title: 'Питание' },
        {
          title: 'Напряжение',
          isRequired: true,
          resultKind: 'number',
          resultLimits: { min: 210, max: 240, unit: 'В' },
          plannedSeconds: 300,
        },
        { title: 'Чек напечатан', assigneeId: engineer.id, isClientVisible: true },
      ],
    });
    const ticket = await aTicket(api, { teamId });
    const { body } = await api
      .as(engineer)
      .post(`/tickets/${ticket.number}/checklists`)
      .send({ templateId: template.id })
      .expect(201);
    expect(body).toMatchObject({
      name: 'Ввод кассы',
      templateId: template.id,
      progress: { done: 0, total: 2, required: 1, requiredDone: 0 },
      items: [
        { kind: 'heading', title: 'Касса' },
        { kind: 'subheading', title: 'Питание' },
        { kind: 'item', resultLimits: { min: 210, max: 240, unit: 'В' }, plannedSeconds: 300 },
        { assignee: { id: engineer.id, name: engineer.name }, isClientVisible: true },
      ],
    });
    const [, , volts, receipt] = body.items;
    await mark(volts.id, { state: 'done', result: 250 })
      .expect(422)
      .then((answer) =>
        expect(answer.body.errors).toEqual([
          { pointer: '/result', code: 'checklists.aboveMax', message: 'Не больше 240' },
        ]),
      );
    await mark(volts.id, { state: 'done', result: 221.5 }).expect(200);
    await mark(receipt.id, { state: 'not_applicable', reason: 'нет ленты' }).expect(200);
    const [list] = await listsOf(ticket.id);
    expect(list.progress).toEqual({ done: 2, total: 2, required: 1, requiredDone: 1 });
    const marks = new Map(list.marks.map((each: { itemId: string }) => [each.itemId, each]));
    expect(marks.get(volts.id)).toMatchObject({
      state: 'done',
      result: 221.5,
      subjectId: null,
      by: { kind: 'employee', id: engineer.id, name: engineer.name },
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(marks.get(receipt.id)).toMatchObject({ state: 'not_applicable', reason: 'нет ленты' });
    const { body: card } = await api.as(engineer).get(`/tickets/${ticket.id}`).expect(200);
    expect(card.checklist).toEqual({ done: 2, total: 2, required: 1, requiredDone: 1 });
  });

  it('T-12: a tick is taken away, and the ticket’s history still knows who had set it', async () => {
    const { ticket, list, itemId } = await one({ resultKind: 'text' });
    await mark(itemId, { state: 'done', result: ' SN-77 ' }).expect(200);
    const { body } = await api.as(engineer).delete(`/checklist-items/${itemId}/mark`).expect(200);
    expect(body).toMatchObject({ checklistId: list.id, marks: [], progress: { done: 0, total: 1 } });
    const history = await api.as(admin).get(`/tickets/${ticket.id}/history`).expect(200);
    expect(
      history.body.data
        .filter(({ field }: { field: string }) => field === 'checklists')
        .map(({ before, after, actor }: { before: string; after: string; actor: { name: string } }) => [
          before,
          after,
          actor.name,
        ]),
    ).toEqual([
      ['Осмотр · Пункт: ✓ SN-77', null, engineer.name],
      [null, 'Осмотр · Пункт: ✓ SN-77', engineer.name],
      [null, 'Осмотр', expect.anything()],
    ]);
  });

  it('T-12: photos belong to their tick: pictures only, one’s own uploads only, as many as asked', async () => {
    const { itemId } = await one({ resultKind: 'photo', resultLimits: { minFiles: 2 } });
    const [first, second, text] = [
      await upload(engineer),
      await upload(engineer),
      await upload(engineer, 'a.txt', Buffer.from('текст')),
    ];
    const few = await mark(itemId, { state: 'done', fileIds: [first] }).expect(422);
    expect(few.body.errors[0]).toMatchObject({ pointer: '/fileIds', message: 'Нужно фотографий: 2, сейчас 1' });
    const strange = await mark(itemId, { state: 'done', fileIds: [first, text] }).expect(422);
    expect(strange.body.errors).toMatchObject([{ pointer: '/fileIds/1', code: 'checklists.notAPicture' }]);
    const foreign = await mark(itemId, { state: 'done', fileIds: [first, await upload(admin)] }).expect(422);
    expect(foreign.body.errors).toMatchObject([{ pointer: '/fileIds/1', code: 'checklists.fileUnknown' }]);
    const again = await mark(itemId, { state: 'done', fileIds: [first, first.toUpperCase()] }).expect(422);
    expect(again.body.errors).toMatchObject([{ pointer: '/fileIds/1', code: 'checklists.fileTwice' }]);
    const { body } = await mark(itemId, { state: 'done', fileIds: [first, second] }).expect(200);
    expect(body.marks[0].files).toMatchObject([{ id: first, name: 'снимок.png', mime: 'image/png' }, { id: second }]);
    const picture = await api.http.get(body.marks[0].files[0].url).expect(200);
    expect(Buffer.compare(picture.body, PNG)).toBe(0);
    const third = await upload(engineer);
    const replaced = await mark(itemId, { state: 'done', fileIds: [second, third] }).expect(200);
    expect(replaced.body.marks[0].files.map(({ id }: { id: string }) => id)).toEqual([second, third]);
    const other = await one({ resultKind: 'photo' });
    await mark(other.itemId, { state: 'done', fileIds: [second] }).expect(422);
    await mark(other.itemId, { state: 'done', fileIds: [first] }).expect(200);
  });

  it('T-12: what only calls itself a picture is no photo; a phone’s own kind is one', async () => {
    const { itemId } = await one({ resultKind: 'photo' });
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
    for (const [name, content] of [
      ['страница.png', '<!doctype html><script>alert(1)</script>'],
      ['рисунок.png', svg],
      ['рисунок.svg', svg],
      ['рисунок.jpg', `<?xml version="1.0"?>${svg}`],
    ] as const) {
      const { body } = await mark(itemId, {
        state: 'done',
        fileIds: [await upload(engineer, name, Buffer.from(content))],
      }).expect(422);
      expect(body.errors).toMatchObject([{ pointer: '/fileIds/0', code: 'checklists.notAPicture' }]);
    }
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')]);
    await mark(itemId, { state: 'done', fileIds: [await upload(engineer, 'IMG_1.HEIC', heic)] }).expect(200);
  });

  it('T-12: what a heading cannot have is refused with its place, never dropped', async () => {
    const ticket = await aTicket(api, { teamId });
    const wrong = { kind: 'heading', title: 'Касса', isRequired: true, requiredTo: ['done'], resultKind: 'photo' };
    const lacks = ({ body }: { body: { errors: { pointer: string; code: string }[] } }) =>
      body.errors.filter(({ code }) => code === 'checklists.headingOnly').map(({ pointer }) => pointer);
    const items = [{ title: 'Пункт', isRequired: true }, wrong];
    const places = ['/items/1/isRequired', '/items/1/requiredTo', '/items/1/resultKind'];
    const made = await api.as(engineer).post(`/tickets/${ticket.id}/checklists`).send({ name: 'Осмотр', items });
    expect([made.status, lacks(made)]).toEqual([422, places]);
    const template = await api.as(admin).post('/checklist-templates').send({ name: 'Осмотр', items });
    expect([template.status, lacks(template)]).toEqual([422, places]);
    const list = await aChecklist(api, ticket.id, {
      name: 'Осмотр',
      items: [
        { title: 'Пункт', isRequired: true },
        { kind: 'heading', title: 'Касса', isRequired: false },
      ],
    });
    const added = await api.as(engineer).post(`/checklists/${list.id}/items`).send(wrong);
    expect([added.status, lacks(added)]).toEqual([422, ['/isRequired', '/requiredTo', '/resultKind']]);
    const change = (index: number, body: object) =>
      api.as(engineer).patch(`/checklist-items/${list.items[index]!.id}`).set('If-Match', '"1"').send(body);
    const patched = await change(1, { plannedSeconds: 60 });
    expect([patched.status, lacks(patched)]).toEqual([422, ['/plannedSeconds']]);
    // An item that becomes a heading leaves behind what it had.
    const { body } = await change(0, { kind: 'heading' }).expect(200);
    expect(body.items[0]).toMatchObject({ kind: 'heading', isRequired: false });
  });

  it('T-12: a photo shows one item; it may go over to another one', async () => {
    const { list, itemId, ticket } = await one({ resultKind: 'photo' });
    const { body: added } = await api
      .as(engineer)
      .post(`/checklists/${list.id}/items`)
      .send({ title: 'Щит', resultKind: 'photo' })
      .expect(201);
    const otherId = added.items.at(-1).id;
    const photo = await upload(engineer);
    const both = [itemId, otherId].map((id) => ({ itemId: id, state: 'done', fileIds: [photo] }));
    const put = (marks: object[]) => api.as(engineer).put(`/checklists/${list.id}/marks`).send({ marks });
    const { body } = await put(both).expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/marks/1/fileIds/0', code: 'checklists.fileTwice' }]);
    expect((await listsOf(ticket.id))[0].marks).toEqual([]);
    await put([both[0]!]).expect(200);
    await put([{ itemId, state: null }, both[1]!]).expect(200);
    expect((await listsOf(ticket.id))[0].marks).toMatchObject([{ itemId: otherId, files: [{ id: photo }] }]);
  });

  it('T-12: every wrong result is told with its own limits', async () => {
    const { list, itemId } = await one({ resultKind: 'number', resultLimits: { min: 5 } });
    const { body: added } = await api
      .as(engineer)
      .post(`/checklists/${list.id}/items`)
      .send({ title: 'Ток', resultKind: 'number', resultLimits: { min: 10 } })
      .expect(201);
    const marks = [itemId, added.items.at(-1).id].map((id) => ({ itemId: id, state: 'done', result: 1 }));
    const { body } = await api.as(engineer).put(`/checklists/${list.id}/marks`).send({ marks }).expect(422);
    expect(body.errors).toEqual([
      { pointer: '/marks/0/result', code: 'checklists.belowMin', message: 'Не меньше 5' },
      { pointer: '/marks/1/result', code: 'checklists.belowMin', message: 'Не меньше 10' },
    ]);
  });

  it.each([
    [{}, '/state'],
    [{ state: 'open' }, '/state'],
    [{ state: null }, '/state'],
    [{ state: ['done'] }, '/state'],
    [{ state: 'done', result: 'текст' }, '/result'],
    [{ state: 'done', result: { a: 1 } }, '/result'],
    [{ state: 'done', result: 'а\u0000' }, '/result'],
    [{ state: 'done', reason: 'x'.repeat(1001) }, '/reason'],
    [{ state: 'done', subjectId: newId() }, '/subjectId'],
    [{ state: 'done', fileIds: [newId()] }, '/fileIds/0'],
    [{ state: 'done', at: '2020-01-01T00:00:00Z' }, '/at'],
  ])('T-12: refuses the mark %.60j and writes nothing', async (body, pointer) => {
    const { ticket, itemId } = await one({});
    const answer = await mark(itemId, body).expect(422);
    if (pointer) expect(answer.body.errors[0].pointer).toBe(pointer);
    expect((await listsOf(ticket.id))[0].marks).toEqual([]);
  });

  it('T-12: one checklist for ten people is a matrix; a column is ticked at once, all or nothing', async () => {
    const ticket = await aTicket(api, { teamId });
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id, name: 'Иванова Мария' });
    const names = Array.from({ length: 8 }, (_, index) => ({ name: `Кассир ${index + 1}` }));
    const { body: list } = await api
      .as(engineer)
      .post(`/tickets/${ticket.id}/checklists`)
      .send({
        name: 'Обновление',
        axis: 'people',
        subjects: [{ refId: contact.id }, { refId: engineer.id }, ...names],
        items: [{ title: 'Программа' }, { title: 'Версия', resultKind: 'text', isRequired: true }],
      })
      .expect(201);
    expect(list.subjects).toHaveLength(10);
    expect(list.subjects.slice(0, 3)).toMatchObject([
      { kind: 'contact', refId: contact.id, name: 'Иванова Мария' },
      { kind: 'employee', refId: engineer.id },
      { kind: 'named', refId: null, name: 'Кассир 1' },
    ]);
    expect(list.progress).toEqual({ done: 0, total: 20, required: 10, requiredDone: 0 });
    const [program, version] = list.items;
    const many = (marks: object[]) => api.as(engineer).put(`/checklists/${list.id}/marks`).send({ marks });
    const column = list.subjects.map(({ id }: { id: string }) => ({
      itemId: program.id,
      subjectId: id,
      state: 'done',
    }));
    const refused = await many([
      ...column,
      { itemId: version.id, subjectId: list.subjects[0].id, state: 'done' },
    ]).expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/marks/10/result', code: 'checklists.resultRequired' }]);
    expect((await listsOf(ticket.id))[0].marks).toEqual([]);
    expect((await many(column).expect(200)).body.progress).toMatchObject({ done: 10 });
    await mark(program.id, { state: 'done' }).expect(422);
    await many([column[0], column[0]]).expect(422);
    const gone = list.subjects.slice(1).map(({ id }: { id: string }) => ({ id }));
    const patch = (body: object, version_ = 1) =>
      api.as(engineer).patch(`/checklists/${list.id}`).set('if-match', `"${version_}"`).send(body);
    const lost = await patch({ subjects: gone }).expect(409);
    expect(lost.body).toMatchObject({ code: 'checklists.marksLost', count: 1 });
    const { body: fewer } = await patch({ subjects: gone, dropMarks: true }).expect(200);
    expect(fewer.progress).toMatchObject({ done: 9, total: 18 });
    await patch({ name: 'Другое' }).expect(412);
    const cleared = await many(
      gone.map(({ id }: { id: string }) => ({ itemId: program.id, subjectId: id, state: null })),
    ).expect(200);
    expect(cleared.body.progress).toMatchObject({ done: 0 });
  });

  it('T-12: objects of a matrix are real objects; a foreign id is refused', async () => {
    const ticket = await aTicket(api, { teamId });
    const answer = await api
      .as(engineer)
      .post(`/tickets/${ticket.id}/checklists`)
      .send({ name: 'Обход', axis: 'objects', subjects: [{ refId: newId() }, {}], items: [{ title: 'Осмотр' }] })
      .expect(422);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/subjects/0/refId',
      '/subjects/1/name',
    ]);
    await api
      .as(engineer)
      .post(`/tickets/${ticket.id}/checklists`)
      .send({ name: 'x', subjects: [{ name: 'Касса' }] })
      .expect(422);
  });

  it('T-12: items are added, moved, changed and removed on the ticket', async () => {
    const { list, itemId } = await one({ resultKind: 'text' });
    const add = (body: object) => api.as(engineer).post(`/checklists/${list.id}/items`).send(body);
    await add({ title: 'Последний' }).expect(201);
    const { body } = await add({ title: 'Заголовок', kind: 'heading', afterId: null }).expect(201);
    const titles = (of: { items: { title: string }[] }) => of.items.map(({ title }) => title);
    expect(titles(body)).toEqual(['Заголовок', 'Пункт', 'Последний']);
    expect(body.items[0]).toMatchObject({ kind: 'heading', isRequired: false });
    const patch = (id: string, change: object, version = 1) =>
      api.as(engineer).patch(`/checklist-items/${id}`).set('if-match', `"${version}"`).send(change);
    expect(titles((await patch(itemId, { title: 'Главный', afterId: body.items[2].id }).expect(200)).body)).toEqual([
      'Заголовок',
      'Последний',
      'Главный',
    ]);
    await patch(itemId, { title: 'Опоздал' }, 1).expect(412);
    await mark(itemId, { state: 'done', result: 'да' }).expect(200);
    await patch(itemId, { resultKind: 'number' }, 2).expect(409);
    const limits = await patch(itemId, { resultLimits: { min: 1 } }, 2).expect(422);
    expect(limits.body.errors[0].pointer).toBe('/resultLimits/min');
    const left = await api.as(engineer).delete(`/checklist-items/${itemId}`).expect(200);
    expect(left.body).toMatchObject({ marks: [], progress: { done: 0, total: 1 } });
  });

  it('T-12, T-06: required items stand before their statuses; the refusal names them', async () => {
    const ticket = await aTicket(api, { assigneeId: admin.id, status: 'in_work' });
    const list = await aChecklist(api, ticket.id, {
      name: 'Пуск',
      items: [
        { title: 'Давление', isRequired: true },
        { title: 'Пломба', isRequired: true, requiredTo: ['closed'] },
        { title: 'По желанию' },
      ],
    });
    const [pressure, seal] = list.items.map(({ id }) => id);
    const card = async () => (await api.as(admin).get(`/tickets/${ticket.id}`).expect(200)).body;
    const done = (await card()).transitions.find(({ to }: { to: { code: string } }) => to.code === 'done');
    expect(done.blockedBy).toEqual(['Заполните чек-листы (1): Пуск: Давление']);
    const move = (transitionId: string) =>
      api.as(admin).post(`/tickets/${ticket.id}/transition`).send({ transitionId });
    const refused = await move(done.id).expect(409);
    expect(refused.body.unmet).toEqual([{ guard: 'checklist', message: 'Заполните чек-листы (1): Пуск: Давление' }]);
    await mark(pressure!, { state: 'done' }, admin).expect(200);
    await move(done.id).expect(200);
    const closing = (await card()).transitions.find(({ to }: { to: { category: string } }) => to.category === 'closed');
    expect((await move(closing.id).expect(409)).body.unmet).toMatchObject([
      { message: expect.stringContaining('Пломба') },
    ]);
    await mark(seal!, { state: 'not_applicable', reason: 'не положена' }, admin).expect(200);
    await move(closing.id).expect(200);
    await mark(seal!, { state: 'done' }, admin).expect(409);
  });

  it('T-06: a transition may ask for complete checklists', async () => {
    const ticket = await aTicket(api, { assigneeId: admin.id, status: 'in_work' });
    const list = await aChecklist(api, ticket.id);
    const guards = (which: string) =>
      api.db.query(
        api.system,
        `UPDATE status_transition tr SET guards = $1 FROM ticket_status s WHERE s.id = tr."toId" AND s.code = 'done'`,
        [which ? JSON.stringify([{ name: 'checklist_complete', params: { which } }]) : '[]'],
      );
    const move = () => api.as(admin).post(`/tickets/${ticket.id}/transition`).send({ statusId });
    const [row] = await api.db.query<{ id: string }>(
      api.system,
      `SELECT s.id FROM ticket_status s JOIN ticket t ON t.id = $1 JOIN ticket_status cur ON cur.id = t."statusId" AND cur."processId" = s."processId" WHERE s.code = 'done'`,
      [ticket.id],
    );
    const statusId = row!.id;
    await guards('all');
    expect((await move().expect(409)).body.unmet).toMatchObject([{ guard: 'checklist_complete' }]);
    await mark(list.items[0]!.id, { state: 'done' }, admin).expect(200);
    await move().expect(200);
    await guards('');
  });

  it('T-12: nobody touches checklists of tickets he may not see', async () => {
    const { ticket, list, itemId } = await one({});
    const outsider = await anEmployee(api, { role: 'field_engineer' });
    await api.as(outsider).get(`/tickets/${ticket.id}/checklists`).expect(404);
    await api.as(outsider).post(`/tickets/${ticket.id}/checklists`).send({ name: 'x' }).expect(404);
    await mark(itemId, { state: 'done' }, outsider).expect(404);
    await api
      .as(outsider)
      .put(`/checklists/${list.id}/marks`)
      .send({ marks: [{ itemId, state: 'done' }] })
      .expect(404);
    await api.as(outsider).patch(`/checklists/${list.id}`).set('if-match', '"1"').send({ name: 'x' }).expect(404);
    await api.as(outsider).delete(`/checklists/${list.id}`).expect(404);
    await api.as(outsider).delete(`/checklist-items/${itemId}`).expect(404);
    const accountant = await anEmployee(api, { role: 'accountant' });
    await mark(itemId, { state: 'done' }, accountant).expect(403);
    await api.anonymous.get(`/tickets/${ticket.id}/checklists`).expect(401);
    expect((await listsOf(ticket.id))[0]).toMatchObject({ name: 'Осмотр', marks: [] });
  });

  it('T-12: an item that names its statuses is required, unless it says otherwise', async () => {
    const { list: named } = await one({ requiredTo: ['done'] });
    expect(named.items[0]).toMatchObject({ isRequired: true, requiredTo: ['done'] });
    const { list: optional } = await one({ requiredTo: ['done'], isRequired: false });
    expect(optional.items[0]).toMatchObject({ isRequired: false });
  });

  it('T-12: a list in the place of an item is refused with its place', async () => {
    const { ticket, list, itemId } = await one({});
    const refused = async (request: Test, pointer: string) => {
      const { body } = await request.expect(422);
      expect(body.errors[0]).toMatchObject({ pointer, code: 'validation.isObject' });
    };
    const add = (body: object) => api.as(engineer).post(`/tickets/${ticket.id}/checklists`).send(body);
    await refused(add({ name: 'x', items: [[]] }), '/items');
    await refused(add({ name: 'x', items: [[{ title: 'Пункт' }]] }), '/items');
    await refused(add({ name: 'x', axis: 'people', subjects: [[{ name: 'Анна' }]] }), '/subjects');
    await refused(
      api
        .as(engineer)
        .put(`/checklists/${list.id}/marks`)
        .send({ marks: [[{ itemId }]] }),
      '/marks',
    );
    await refused(
      api
        .as(admin)
        .post('/checklist-templates')
        .send({ name: 'x', items: [[]] }),
      '/items',
    );
    expect(await listsOf(ticket.id)).toHaveLength(1);
  });

  it('T-12: one with ticks is taken off only by whoever manages checklists', async () => {
    const { ticket, list, itemId } = await one({});
    await mark(itemId, { state: 'done' }).expect(200);
    await api.as(engineer).delete(`/checklists/${list.id}`).expect(403);
    await api.as(admin).delete(`/checklists/${list.id}`).expect(204);
    expect(await listsOf(ticket.id)).toEqual([]);
    expect((await api.as(engineer).get(`/tickets/${ticket.id}`).expect(200)).body.checklist).toBeNull();
  });

  it('T-12: progress in lists, and a filter by it', async () => {
    const [none, open, full] = [
      await aTicket(api, { teamId }),
      await aTicket(api, { teamId }),
      await aTicket(api, { teamId }),
    ];
    await aChecklist(api, open.id);
    const list = await aChecklist(api, full.id);
    await mark(list.items[0]!.id, { state: 'done' }).expect(200);
    const find = async (words: string) => {
      const { body } = await api
        .as(admin)
        .get('/tickets')
        .query({ q: `number:${none.number}..${full.number} ${words}` })
        .expect(200);
      return body.data.map(({ number, checklist }: { number: number; checklist: unknown }) => [number, checklist]);
    };
    expect(await find('checklist:open')).toEqual([[open.number, { done: 0, total: 1, required: 0, requiredDone: 0 }]]);
    expect(await find('checklist:done')).toMatchObject([[full.number, { done: 1, total: 1 }]]);
    expect(await find('checklist:none')).toEqual([[none.number, null]]);
    await api.as(admin).get('/tickets').query({ q: 'checklist:half' }).expect(422);
  });

  it('T-12: engineers who tick different items at once do not lose a tick', async () => {
    const ticket = await aTicket(api, { teamId });
    const list = await aChecklist(api, ticket.id, {
      name: 'Разом',
      items: Array.from({ length: 20 }, (_, index) => ({ title: `Пункт ${index}` })),
    });
    const answers = await Promise.all(list.items.map(({ id }) => mark(id, { state: 'done' })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await api.as(engineer).get(`/tickets/${ticket.id}`).expect(200)).body.checklist).toMatchObject({
      done: 20,
      total: 20,
    });
  });

  it('T-12: 200 items for many objects come whole, and not one more', async () => {
    const ticket = await aTicket(api, { teamId });
    const list = await aChecklist(api, ticket.id, {
      name: 'Большой обход',
      axis: 'objects',
      subjects: Array.from({ length: 10 }, (_, index) => ({ name: `Объект ${index}` })),
      items: Array.from({ length: 200 }, (_, index) => ({ title: `Пункт ${index}` })),
    });
    for (let from = 0; from < 200; from += 20)
      await api
        .as(engineer)
        .put(`/checklists/${list.id}/marks`)
        .send({
          marks: list.items
            .slice(from, from + 20)
            .flatMap(({ id }) =>
              list.subjects.map((subject) => ({ itemId: id, subjectId: subject.id, state: 'done' })),
            ),
        })
        .expect(200);
    const [answer] = await listsOf(ticket.id);
    expect(answer.marks).toHaveLength(2_000);
    expect(answer.progress).toMatchObject({ done: 2_000, total: 2_000 });
    await api.as(engineer).post(`/checklists/${list.id}/items`).send({ title: 'Двести первый' }).expect(422);
  }, 120_000);

  it('T-06, T-12: a client who closes is told what of his part is not done, never the names of the rest', async () => {
    const contact = await aContact(api, { companyId: (await aCompany(api)).id });
    const close = async (items: object[]) => {
      const ticket = await aTicket(api, { contactId: contact.id, authorContactId: contact.id });
      await aChecklist(api, ticket.id, { name: 'Приёмка', items: items as never });
      return (await api.as(contact).post(`/portal/tickets/${ticket.id}/close`).send({}).expect(409)).body.unmet;
    };
    const inner = { title: 'Пароль сервиса', isRequired: true };
    const shown = { title: 'Чек печатается', isRequired: true, isClientVisible: true };
    expect(await close([inner])).toEqual([{ guard: 'checklist', message: 'Работы по чек-листам ещё не закончены' }]);
    expect(await close([shown])).toEqual([{ guard: 'checklist', message: 'Ещё не сделано: Чек печатается' }]);
    expect(await close([inner, shown])).toEqual([
      { guard: 'checklist', message: 'Ещё не сделано: Чек печатается и ещё 1' },
    ]);
  });

  it('T-12: the client sees his part on the portal and nothing else', async () => {
    const contact = await aContact(api, { companyId: (await aCompany(api)).id });
    const ticket = await aTicket(api, { contactId: contact.id });
    const list = await aChecklist(api, ticket.id, {
      name: 'Приёмка',
      items: [
        { kind: 'heading', title: 'Внутреннее' },
        { title: 'Пароль сервиса', hint: 'тайна', resultKind: 'text' },
        { kind: 'heading', title: 'Для вас' },
        { title: 'Чек печатается', hint: 'служебная подсказка', isClientVisible: true, plannedSeconds: 60 },
      ],
    });
    await aChecklist(api, ticket.id, { name: 'Совсем внутренний', items: [{ title: 'x' }] });
    for (const item of [list.items[1]!, list.items[3]!])
      await mark(
        item.id,
        item.resultKind === 'text' ? { state: 'done', result: 'qwerty' } : { state: 'done' },
        admin,
      ).expect(200);
    const { body } = await api.as(contact).get(`/portal/tickets/${ticket.number}/checklists`).expect(200);
    expect(body.data).toEqual([
      {
        id: list.id,
        name: 'Приёмка',
        subjects: [],
        items: [
          { id: list.items[2]!.id, kind: 'heading', title: 'Для вас' },
          { id: list.items[3]!.id, kind: 'item', title: 'Чек печатается' },
        ],
        marks: [
          {
            itemId: list.items[3]!.id,
            subjectId: null,
            state: 'done',
            result: null,
            files: [],
            at: expect.any(String),
          },
        ],
        done: 1,
        total: 1,
      },
    ]);
    const stranger = await aContact(api, { companyId: (await aCompany(api)).id });
    await api.as(stranger).get(`/portal/tickets/${ticket.number}/checklists`).expect(404);
    await api.as(contact).get(`/tickets/${ticket.id}/checklists`).expect(403);
    await api.as(admin).get(`/portal/tickets/${ticket.id}/checklists`).expect(403);
  });
});
