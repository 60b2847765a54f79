import { aCompany, aContact, anObject } from '@opora/testing/clients';
import { anEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let [anna, boris]: Awaited<ReturnType<typeof anEmployee>>[] = [];
beforeAll(async () => {
  api = await startApi(TicketsModule);
  anna = await anEmployee(api, { role: 'dispatcher', name: 'Анна' });
  boris = await anEmployee(api, { role: 'dispatcher', name: 'Борис' });
});
afterAll(() => api.close());

const edit = (id: string, version: number | string, input: object, person = anna!) =>
  api.as(person).patch(`/tickets/${id}`).set('if-match', `"${version}"`).send(input);
const priority = async (code: string): Promise<string> =>
  (await api.db.query<{ id: string }>(api.system, 'SELECT id FROM priority WHERE code = $1', [code]))[0]!.id;

describe('editing', () => {
  it('T-23: edits of different fields merge', async () => {
    const { id } = await aTicket(api);
    const first = await edit(id, 1, { subject: 'Новая тема' }).expect(200);
    expect(first.headers.etag).toBe('"2"');
    const second = await edit(id, 1, { priorityId: await priority('critical') }, boris).expect(200);
    expect(second.body).toMatchObject({ version: 3, subject: 'Новая тема', priority: { code: 'critical' } });
  });

  it('T-23: the same field conflicts visibly and nothing is written', async () => {
    const { id } = await aTicket(api, { subject: 'Было' });
    await edit(id, 1, { subject: 'Стало' }, boris).expect(200);
    const { body } = await edit(id, 1, { subject: 'Моё', plannedSeconds: 60 }).expect(412);
    expect(body).toMatchObject({
      code: 'tickets.conflict',
      current: { subject: 'Стало', version: 2, plannedSeconds: null },
      conflicts: [{ field: 'subject', base: 'Было', yours: 'Моё', theirs: 'Стало', by: 'Борис' }],
    });
    await edit(id, 1, { subject: 'Стало' }).expect(200);
    await edit(id, 9, { subject: 'Из будущего' }).expect(412);
  });

  it('T-23: twenty edits at once of different fields lose nothing', async () => {
    const { id } = await aTicket(api);
    const edits = [
      { subject: 'A' },
      { plannedSeconds: 5 },
      { deadlineAt: '2031-01-01T00:00:00Z' },
      { externalIds: { a: '1' } },
      { description: '<p>d</p>' },
      { priorityId: await priority('low') },
    ];
    const answers = await Promise.all(edits.map((input, index) => edit(id, 1, input, index % 2 ? anna : boris)));
    expect(answers.map(({ status }) => status)).toEqual(edits.map(() => 200));
    expect((await api.as(anna!).get(`/tickets/${id}`)).body).toMatchObject({
      version: 7,
      subject: 'A',
      plannedSeconds: 5,
      deadlineAt: '2031-01-01T00:00:00.000Z',
      externalIds: { a: '1' },
      description: '<p>d</p>',
      priority: { code: 'low' },
    });
  });

  it('T-23: If-Match is needed and must be a version', async () => {
    const { id } = await aTicket(api);
    await api.as(anna!).patch(`/tickets/${id}`).send({ subject: 'x' }).expect(428);
    await edit(id, 'abc', { subject: 'x' }).expect(422);
  });

  it('T-22: what does not change leaves no trace', async () => {
    const { id } = await aTicket(api, { subject: 'Тема' });
    const { body } = await edit(id, 1, { subject: 'Тема', description: '' }).expect(200);
    expect(body.version).toBe(1);
  });

  it.each<[string, object, string]>([
    ['the number', { number: 7 }, '/number'],
    ['the author', { authorId: newId() }, '/authorId'],
    ['the status past its process', { statusId: newId() }, '/statusId'],
    ['an unknown company', { companyId: newId() }, '/companyId'],
    ['an unknown type', { typeId: newId() }, '/typeId'],
    ['no type', { typeId: null }, '/typeId'],
    ['an array', { subject: ['x'] }, '/subject'],
  ])('T-01: refuses to change %s', async (_, input, pointer) => {
    const { id } = await aTicket(api);
    const { body } = await edit(id, 1, input).expect(422);
    expect(body.errors[0].pointer).toBe(pointer);
    expect((await api.as(anna!).get(`/tickets/${id}`)).body.version).toBe(1);
  });

  it('T-01: another company leaves foreign people and places behind', async () => {
    const [from, to] = [await aCompany(api), await aCompany(api)];
    const contact = await aContact(api, { companyId: from.id });
    const both = await aContact(api, { memberships: [{ companyId: from.id }, { companyId: to.id }] });
    const object = await anObject(api, { companyId: from.id });
    const { id } = await aTicket(api, { companyId: from.id, contactId: contact.id, objectId: object.id });
    const { body } = await edit(id, 1, { companyId: to.id }).expect(200);
    expect(body).toMatchObject({ company: { id: to.id }, contact: null, object: null });
    await edit(id, 2, { contactId: contact.id }).expect(422);
    await edit(id, 2, { contactId: both.id }).expect(200);
  });

  it('T-01: a ticket is never above itself', async () => {
    const grandparent = await aTicket(api);
    const parent = await aTicket(api, { parentId: grandparent.id });
    const child = await aTicket(api, { parentId: parent.id });
    const { body } = await edit(grandparent.id, 1, { parentId: child.id }).expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/parentId', code: 'tickets.parentCycle' }]);
    await edit(child.id, 1, { parentId: child.id }).expect(422);
  });

  it('T-09: co-executors and observers are kept with names in the history', async () => {
    const helper = await anEmployee(api, { name: 'Помощник' });
    const { id } = await aTicket(api);
    const { body } = await edit(id, 1, { coExecutorIds: [helper.id] }).expect(200);
    expect(body.coExecutors).toEqual([{ id: helper.id, name: 'Помощник' }]);
    await api.as(anna!).put(`/tickets/${id}/observers/employee/${helper.id}`).expect(204);
    await api.as(anna!).put(`/tickets/${id}/observers/employee/${helper.id}`).expect(204);
    await api.as(anna!).put(`/tickets/${id}/observers/employee/${newId()}`).expect(422);
    await api.as(anna!).put(`/tickets/${id}/observers/robot/${helper.id}`).expect(422);
    expect((await api.as(anna!).get(`/tickets/${id}`)).body.observers).toEqual([
      { kind: 'employee', id: helper.id, name: 'Помощник' },
    ]);
    await api.as(anna!).delete(`/tickets/${id}/observers/employee/${helper.id}`).expect(204);
    const { body: history } = await api.as(anna!).get(`/tickets/${id}/history`);
    expect(history.data.map(({ field }: { field: string }) => field)).toEqual([
      'observers',
      'observers',
      'coExecutors',
      'created',
    ]);
  });

  it('T-01: an archived reference does not stop an edit of something else', async () => {
    const company = await aCompany(api);
    const { id } = await aTicket(api, { companyId: company.id });
    await api.db.query(api.system, 'UPDATE company SET "archivedAt" = now() WHERE id = $1', [company.id]);
    await edit(id, 1, { subject: 'x' }).expect(200);
    await edit(id, 2, { companyId: company.id, plannedSeconds: 9 }).expect(200);
  });
});

describe('history', () => {
  it('T-22: every change is kept with who, from what, to what and why, and cannot be changed', async () => {
    const { id } = await aTicket(api, { subject: 'Раз' });
    await edit(id, 1, { subject: 'Два', deadlineAt: '2031-01-01T00:00:00Z' }).expect(200);
    const { body } = await api.as(anna!).get(`/tickets/${id}/history`).expect(200);
    expect(body.data).toHaveLength(3);
    expect(body.data.find(({ field }: { field: string }) => field === 'subject')).toMatchObject({
      before: 'Раз',
      after: 'Два',
      actor: { kind: 'employee', id: anna!.id, name: 'Анна' },
      cause: { kind: 'user' },
      version: 2,
    });
    for (const sql of [
      'UPDATE ticket_change SET field = $2 WHERE "ticketId" = $1',
      'DELETE FROM ticket_change WHERE "ticketId" = $1 AND field <> $2',
    ]) {
      await expect(api.db.query(api.system, sql, [id, 'x'])).rejects.toThrow('immutable');
    }
    await expect(api.db.query(api.system, 'TRUNCATE ticket_change')).rejects.toThrow('immutable');
  });

  it('T-22: the state of any past moment can be shown', async () => {
    const { id } = await aTicket(api, { subject: 'Раз' });
    const moments = [new Date()];
    for (const subject of ['Два', 'Три']) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await edit(id, moments.length, {
        subject,
        ...(subject === 'Три' ? { priorityId: await priority('high') } : {}),
      }).expect(200);
      await new Promise((resolve) => setTimeout(resolve, 5));
      moments.push(new Date());
    }
    const past = async (moment: Date) => {
      const { body } = await api.as(anna!).get(`/tickets/${id}/at?moment=${moment.toISOString()}`).expect(200);
      const of = (field: string) => body.data.find((row: { field: string }) => row.field === field);
      return [of('subject').value, of('priorityId').label];
    };
    expect(await past(moments[0]!)).toEqual(['Раз', 'Обычный']);
    expect(await past(moments[1]!)).toEqual(['Два', 'Обычный']);
    expect(await past(moments[2]!)).toEqual(['Три', 'Высокий']);
    await api.as(anna!).get(`/tickets/${id}/at?moment=2001-01-01T00:00:00Z`).expect(422);
    await api.as(anna!).get(`/tickets/${id}/at?moment=yesterday`).expect(422);
  });
});
