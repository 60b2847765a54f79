import { aCategory, aCompany, aContact, anObject } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aComment, aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let dispatcher: TestEmployee;

beforeAll(async () => {
  api = await startApi(TicketsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher', name: 'Диспетчер Анна' });
});
afterAll(() => api.close());

type Row = { id: string; number: number; subject: string };
const rowsOf = async (query: Record<string, string | number>, who = dispatcher): Promise<Row[]> => {
  const { body } = await api.as(who).get('/tickets').query(query).expect(200);
  return body.data;
};
const subjects = async (q: string, who = dispatcher): Promise<string[]> =>
  (await rowsOf({ q, limit: 200 }, who)).map(({ subject }) => subject).sort();
const change = (id: string, columns: string) =>
  api.db.query(api.system, `UPDATE ticket SET ${columns} WHERE id = $1`, [id]);

describe('T-19: the list', () => {
  it('shows a row with every name', async () => {
    const company = await aCompany(api, { name: 'Ромашка' });
    const contact = await aContact(api, { companyId: company.id, name: 'Пётр Клиентов' });
    const object = await anObject(api, { companyId: company.id, name: 'Магазин 7' });
    const team = await aTeam(api, { name: 'Вторая линия', line: 2 });
    const ticket = await aTicket(api, {
      subject: 'Полная строка',
      companyId: company.id,
      contactId: contact.id,
      objectId: object.id,
      assigneeId: dispatcher.id,
      teamId: team.id,
      deadlineAt: '2030-01-02T03:04:05.678Z',
    });
    await aComment(api, ticket.id);
    const [row] = await rowsOf({ q: `number:${ticket.number}` });
    expect(row).toMatchObject({
      id: ticket.id,
      number: ticket.number,
      subject: 'Полная строка',
      type: { name: 'Инцидент' },
      status: { name: 'Новая', category: 'new' },
      priority: { code: 'normal', name: 'Обычный' },
      company: { id: company.id, name: 'Ромашка' },
      contact: { id: contact.id, name: 'Пётр Клиентов' },
      object: { id: object.id, name: 'Магазин 7' },
      assignee: { id: dispatcher.id, name: 'Диспетчер Анна' },
      team: { id: team.id, name: 'Вторая линия' },
      deadlineAt: '2030-01-02T03:04:05.678Z',
      hasUnread: true,
      commentCount: 1,
      fileCount: 0,
      color: null,
    });
  });

  it('answers in the reader’s language', async () => {
    const ticket = await aTicket(api);
    const { body } = await api
      .as(dispatcher)
      .get(`/tickets?q=number:${ticket.number}`)
      .set('accept-language', 'en')
      .expect(200);
    expect(body.data[0].status.name).toBe('New');
  });

  const filtersBy = async (company: string, cases: [string, string[]][]) => {
    for (const [filter, expected] of cases)
      expect([filter, await subjects(`company:"${company}" ${filter}`)]).toEqual([filter, expected]);
  };

  it('filters by people, teams, lines, statuses and priorities', async () => {
    const company = await aCompany(api, { name: 'Фильтры и Ко' });
    const companyId = company.id;
    const [second, third] = [await aTeam(api, { line: 2 }), await aTeam(api, { line: 3, name: 'Третья "особая"' })];
    const ivan = await anEmployee(api, { name: 'Иван Фильтров', teamIds: [third.id] });
    const priority = async (code: string) =>
      (await api.db.query<{ id: string }>(api.system, 'SELECT id FROM priority WHERE code = $1', [code]))[0]!.id;
    await aTicket(api, {
      companyId,
      subject: 'а',
      assigneeId: ivan.id,
      teamId: third.id,
      priorityId: await priority('high'),
    });
    await aTicket(api, { companyId, subject: 'б', teamId: second.id, priorityId: await priority('low') });
    const c = await aTicket(api, {
      companyId,
      subject: 'в',
      assigneeId: dispatcher.id,
      status: 'waiting_client',
      observers: [{ kind: 'employee', id: ivan.id }],
    });
    await aTicket(api, { companyId, subject: 'г', assigneeId: dispatcher.id, status: 'closed', parentId: c.id });
    await filtersBy('Фильтры и Ко', [
      ['', ['а', 'б', 'в', 'г']],
      ['assignee:me', ['в', 'г']],
      ['assignee:none', ['б']],
      ['assignee:"Иван Фильтров"', ['а']],
      ['assignee:Фильтров,me', ['а', 'в', 'г']],
      [`assignee:${ivan.id}`, ['а']],
      ['-assignee:me', ['а', 'б']],
      ['line:2', ['б']],
      ['line:>=2', ['а', 'б']],
      ['team:none', ['в', 'г']],
      ['team:"Третья \\"особая\\""', ['а']],
      ['status:new', ['а', 'б']],
      ['status:open -status:new', ['в']],
      ['status:"Ожидаем клиента"', ['в']],
      ['status:pending', ['в']],
      ['is:closed', ['г']],
      ['is:unassigned', ['б']],
      ['priority:>=high', ['а']],
      ['priority:<normal', ['б']],
      ['priority:"Низкий",high', ['а', 'б']],
      ['observer:"Иван Фильтров"', ['в']],
      ['has:parent', ['г']],
      ['has:children', ['в']],
      ['type:incident', ['а', 'б', 'в', 'г']],
      ['-type:incident', []],
      ['source:phone', []],
    ]);
    expect(await subjects('company:"Фильтры и Ко" team:mine', ivan)).toEqual(['а']);
    expect(await subjects('company:"Фильтры и Ко" is:watching', ivan)).toEqual(['в']);
    expect(await subjects('company:"Фильтры и Ко" is:mine', ivan)).toEqual(['а']);
  });

  it('filters by clients: a part of the name, its category, an object with what lies below it', async () => {
    const category = await aCategory(api, { code: 'vip-clients' });
    const company = await aCompany(api, { name: '100%_Надёжный клиент', categoryIds: [category.id] });
    const other = await aCompany(api, { name: 'Другой надёжный' });
    const parent = await anObject(api, { companyId: company.id, name: 'Здание' });
    const child = await anObject(api, { companyId: company.id, name: 'Комната', parentId: parent.id });
    await aTicket(api, { companyId: company.id, objectId: child.id, subject: 'в комнате' });
    await aTicket(api, { companyId: other.id, subject: 'у другого' });
    expect(await subjects('company:надёжный')).toEqual(['в комнате', 'у другого']);
    expect(await subjects('company:"100%_"')).toEqual(['в комнате']);
    expect(await subjects('company:"%"')).toEqual(['в комнате']);
    expect(await subjects('category:vip-clients')).toEqual(['в комнате']);
    expect(await subjects('object:Здание')).toEqual(['в комнате']);
    expect(await subjects('company:"нет такой"')).toEqual([]);
  });

  it('filters by dates', async () => {
    const company = await aCompany(api, { name: 'Датовод' });
    const make = async (subject: string, columns: string) =>
      change((await aTicket(api, { companyId: company.id, subject })).id, columns);
    await make(
      'старая',
      `"createdAt" = '2026-01-10T12:00Z', "updatedAt" = '2026-01-11T12:00Z', "deadlineAt" = '2026-01-12T12:00Z'`,
    );
    await make(
      'свежая',
      `"createdAt" = now() - interval '2 hours', "updatedAt" = now(), "deadlineAt" = now() + interval '1 day'`,
    );
    await make('без срока', `"createdAt" = now() - interval '10 days', "updatedAt" = now() - interval '5 days'`);
    await filtersBy('Датовод', [
      ['created:2026-01-10', ['старая']],
      ['created:2026-01-01..2026-01-10', ['старая']],
      ['created:<2026-01-10', []],
      ['created:>2026-01-10', ['без срока', 'свежая']],
      ['created:-3d', ['свежая']],
      ['updated:<-3d', ['без срока', 'старая']],
      ['deadline:none', ['без срока']],
      ['deadline:<now', ['старая']],
      ['-deadline:<now', ['без срока', 'свежая']],
      ['deadline:+2d', ['свежая']],
      ['is:overdue', ['старая']],
      ['solved:none', ['без срока', 'свежая', 'старая']],
    ]);
  });

  it('shows deleted tickets only by name, and only to those who may restore them', async () => {
    const engineer = await anEmployee(api, { role: 'engineer' });
    const ticket = await aTicket(api, { subject: 'Удалённая', assigneeId: engineer.id });
    await change(ticket.id, `"deletedAt" = now()`);
    expect(await subjects(`number:${ticket.number}`)).toEqual([]);
    expect(await subjects(`number:${ticket.number} is:deleted`)).toEqual(['Удалённая']);
    expect(await subjects(`number:${ticket.number} is:deleted`, engineer)).toEqual([]);
  });
});

describe('T-19: pages', () => {
  it.each([
    'updatedAt',
    '-updatedAt',
    '-createdAt',
    'number',
    '-number',
    'priority',
    '-priority',
    'deadlineAt',
    '-deadlineAt',
    'status',
    '-status',
  ])('walks every row once in the order %s', async (sort) => {
    const company = await aCompany(api);
    const priorities = await api.db.query<{ id: string }>(api.system, 'SELECT id FROM priority ORDER BY position');
    for (let index = 0; index < 7; index++) {
      const { id } = await aTicket(api, {
        companyId: company.id,
        priorityId: priorities[index % 4]!.id,
        status: ['new', 'in_work', 'done'][index % 3],
      });
      // Equal moments: the id decides.
      await change(
        id,
        `"updatedAt" = '2026-02-0${1 + (index % 2)}', "deadlineAt" = ${index % 3 ? `'2026-03-0${1 + (index % 2)}'` : 'NULL'}`,
      );
    }
    const q = `company:${company.id}`;
    const all = (await rowsOf({ q, sort })).map(({ id }) => id);
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await api
        .as(dispatcher)
        .get('/tickets')
        .query({ q, sort, limit: 3, ...(cursor ? { cursor } : {}) })
        .expect(200);
      const { data, page } = answer.body as { data: Row[]; page: { next: string | null } };
      walked.push(...data.map(({ id }) => id));
      cursor = page.next;
    }
    expect(all).toHaveLength(7);
    expect(walked).toEqual(all);
  });

  it('puts tickets without a deadline last in either order', async () => {
    const company = await aCompany(api);
    await aTicket(api, { companyId: company.id, subject: 'без срока' });
    await aTicket(api, { companyId: company.id, subject: 'со сроком', deadlineAt: '2031-01-01T00:00:00Z' });
    for (const sort of ['deadlineAt', '-deadlineAt']) {
      expect((await rowsOf({ q: `company:${company.id}`, sort })).map(({ subject }) => subject)).toEqual([
        'со сроком',
        'без срока',
      ]);
    }
  });

  it('refuses a cursor of another filter, another order, or none of ours', async () => {
    const company = await aCompany(api);
    for (let index = 0; index < 3; index++) await aTicket(api, { companyId: company.id });
    const q = `company:${company.id}`;
    const { body } = await api.as(dispatcher).get('/tickets').query({ q, limit: 1 }).expect(200);
    const cursor = body.page.next;
    const forged = Buffer.from(
      JSON.stringify([JSON.parse(Buffer.from(cursor, 'base64url').toString())[0], 'exact', "'; DROP", company.id]),
    ).toString('base64url');
    for (const query of [
      { cursor },
      { q, cursor, sort: 'number' },
      { q, cursor: 'xyz' },
      { q, cursor: `${cursor}AA` },
      { q, cursor: forged },
    ]) {
      const answer = await api.as(dispatcher).get('/tickets').query(query);
      expect([answer.status, answer.body.code]).toEqual([400, 'request.badCursor']);
    }
  });
});

describe('T-19: refusals', () => {
  it.each([
    ['staus:open', 0, 'status'],
    ['принтер is:opened', 11, 'unassigned'],
    ['status:нет', 7, 'waiting_client'],
    ['assignee:"Никто Никтов"', 9, 'me'],
    ['created:вчера', 8, 'дата (2026-01-31, today, -3d)'],
    ['company:"Ромашка', 8, 'закрывающая кавычка'],
  ])('%j is answered with the place and what was expected', async (q, position, expected) => {
    const { body } = await api.as(dispatcher).get('/tickets').query({ q }).expect(422);
    expect(body).toMatchObject({
      code: 'tickets.filterInvalid',
      position,
      errors: [{ pointer: '/q', code: 'tickets.filterInvalid' }],
    });
    expect(body.expected).toContain(expected);
    expect(body.detail).toContain(`${position + 1}`);
  });

  it.each([
    'q=a%00b',
    'q=a&q=b',
    'q[a]=b',
    'limit=0',
    'limit=201',
    'sort=colour',
    'sort=constructor',
    'sort=-__proto__',
    'q=sort:constructor',
    'view=1',
    'colour=red',
    `q=${'x'.repeat(501)}`,
    'cursor=',
    `q=${'a+'.repeat(40)}`,
  ])('a hostile query %s is a refusal or a list, never a failure', async (query) =>
    expect((await api.as(dispatcher).get(`/tickets?${query}`)).status).toBeLessThan(500),
  );

  it('needs the permission', async () => {
    const contact = await aContact(api);
    await api.anonymous.get('/tickets').expect(401);
    await api.as(contact).get('/tickets').expect(403);
    await api.as(contact).get('/tickets/count').expect(403);
  });
});

describe('S-02: sight', () => {
  it('shows and counts an engineer his teams’ tickets and his own, nothing else', async () => {
    const [mine, theirs] = [await aTeam(api), await aTeam(api)];
    const engineer = await anEmployee(api, { role: 'engineer', teamIds: [mine.id] });
    const company = await aCompany(api);
    const companyId = company.id;
    await aTicket(api, { companyId, subject: 'группы', teamId: mine.id });
    await aTicket(api, { companyId, subject: 'лично', teamId: theirs.id, assigneeId: engineer.id });
    await aTicket(api, {
      companyId,
      subject: 'наблюдает',
      teamId: theirs.id,
      observers: [{ kind: 'employee', id: engineer.id }],
    });
    const hidden = await aTicket(api, { companyId, subject: 'чужая', teamId: theirs.id });
    expect(await subjects(`company:${companyId}`, engineer)).toEqual(['группы', 'лично', 'наблюдает']);
    expect(await subjects(`number:${hidden.number}`, engineer)).toEqual([]);
    expect((await api.as(engineer).get(`/tickets/count?q=company:${companyId}`).expect(200)).body).toEqual({
      count: 3,
    });
    expect((await api.as(dispatcher).get(`/tickets/count?q=company:${companyId}`).expect(200)).body).toEqual({
      count: 4,
    });
  });
});
