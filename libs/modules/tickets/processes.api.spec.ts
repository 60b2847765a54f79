import { aCompany } from '@opora/testing/clients';
import { anEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

type Person = Awaited<ReturnType<typeof anEmployee>>;
type Status = { id: string; code: string; isInherited: boolean };
type Way = { id: string; fromId: string; toId: string };
let api: TestApi;
let [admin, dispatcher]: Person[] = [];
let main: { id: string; statuses: Status[]; transitions: Way[] };
beforeAll(async () => {
  api = await startApi(TicketsModule);
  [admin, dispatcher] = [
    await anEmployee(api, { role: 'admin', name: 'Анна' }),
    await anEmployee(api, { role: 'dispatcher' }),
  ];
  const rows = (await api.as(admin!).get('/processes').expect(200)).body.data;
  main = (await api.as(admin!).get(`/processes/${rows[0].id}`).expect(200)).body;
});
afterAll(() => api.close());

const as = () => api.as(admin!);
const local = (text: string) => ({ ru: text, en: text });
const aProcess = async (input: object = {}) =>
  (
    await as()
      .post('/processes')
      .send({ name: local('Схема'), ...input })
      .expect(201)
  ).body;
const aVariant = () => aProcess({ baseId: main.id });
const inMain = (code: string): string => main.statuses.find((status) => status.code === code)!.id;
const status = (code: string, more: object = {}) => ({
  id: newId(),
  code,
  name: local(code),
  color: 'cyan',
  category: 'in_work',
  position: 3,
  ...more,
});
const way = (fromId: string, toId: string, more: object = {}) => ({ id: newId(), fromId, toId, position: 50, ...more });
const nothing = { name: local('Вариант'), statuses: [], transitions: [] };
const draft = async (id: string, definition: object) => {
  const { revision } = (await as().get(`/processes/${id}`)).body;
  return (await as().put(`/processes/${id}/draft`).set('if-match', `"${revision}"`).send(definition).expect(200)).body;
};
const publish = (id: string, input: object = {}) => as().post(`/processes/${id}/publish`).send(input);
const statusOf = async (id: string): Promise<string> =>
  (await api.as(dispatcher!).get(`/tickets/${id}`)).body.status.code;
const offered = async (id: string): Promise<string[]> =>
  (await api.as(dispatcher!).get(`/tickets/${id}`)).body.transitions.map((to: { to: Status }) => to.to.code);
const bind = (bindings: object[]) => as().put('/process-bindings').send({ bindings });

/** A variant without waiting for partners, with a stage of checking between work and done. */
const checking = () => {
  const check = status('checking');
  return {
    check,
    definition: {
      ...nothing,
      statuses: [check],
      transitions: [way(inMain('in_work'), check.id), way(check.id, inMain('done')), way(check.id, inMain('in_work'))],
      hiddenStatusIds: [inMain('waiting_partner')],
      hiddenTransitionIds: main.transitions
        .filter(({ fromId, toId }) => fromId === inMain('in_work') && toId === inMain('done'))
        .map(({ id }) => id),
    },
  };
};

describe('variants', () => {
  it('T-05: two clients with different processes work side by side', async () => {
    const [bank, shop] = [await aCompany(api), await aCompany(api)];
    const variant = await aVariant();
    expect(variant.statuses.map(({ id }: Status) => id)).toEqual(main.statuses.map(({ id }) => id));
    const { check, definition } = checking();
    await draft(variant.id, definition);
    const published = (await publish(variant.id, { note: 'Проверка у банка' }).expect(200)).body;
    expect(published).toMatchObject({ version: 2, hasDraft: false, draft: null, problems: [], baseId: main.id });
    await bind([{ companyId: bank.id, processId: variant.id }]).expect(200);

    const ofBank = await aTicket(api, { companyId: bank.id });
    const ofShop = await aTicket(api, { companyId: shop.id });
    const move = (id: string, statusId: string) =>
      api.as(dispatcher!).post(`/tickets/${id}/transition`).send({ statusId });
    await move(ofBank.id, inMain('in_work')).expect(200);
    await move(ofShop.id, inMain('in_work')).expect(200);
    expect((await offered(ofBank.id)).sort()).toEqual(['checking', 'closed', 'new', 'waiting_client']);
    expect((await offered(ofShop.id)).sort()).toEqual(['closed', 'done', 'new', 'waiting_client', 'waiting_partner']);
    await move(ofBank.id, inMain('done')).expect(409);
    await move(ofShop.id, check.id).expect(409);
    await move(ofBank.id, check.id).expect(200);
    await move(ofBank.id, inMain('done')).expect(200);
    expect((await as().get(`/processes/${main.id}`)).body.statuses).toHaveLength(6);
  });

  it('T-05: a ticket that changes its client goes on in the process of the new one', async () => {
    const [bank, shop] = [await aCompany(api), await aCompany(api)];
    const variant = await aVariant();
    const { check, definition } = checking();
    await draft(variant.id, definition);
    await publish(variant.id).expect(200);
    await bind([{ companyId: bank.id, processId: variant.id }]).expect(200);
    const ticket = await aTicket(api, { companyId: bank.id, status: 'checking' });
    const { body } = await api
      .as(dispatcher!)
      .patch(`/tickets/${ticket.id}`)
      .set('if-match', `"${ticket.version}"`)
      .send({ companyId: shop.id })
      .expect(200);
    expect(body.status.code).toBe('in_work');
    expect(body.transitions.map(({ to }: { to: Status }) => to.id)).not.toContain(check.id);
  });

  it('T-05: what the base gets the variant has, too; what would break a variant is refused with its place', async () => {
    const base = await aProcess();
    const find = (code: string): string => base.statuses.find((one: Status) => one.code === code).id;
    const variant = await aProcess({ baseId: base.id });
    const own = status('own');
    await draft(variant.id, {
      ...nothing,
      statuses: [own],
      transitions: [way(find('in_work'), own.id), way(own.id, find('waiting_partner'))],
    });
    await publish(variant.id).expect(200);
    const more = status('more');
    const added = {
      ...base.own,
      statuses: [...base.own.statuses.map((one: Status) => plain(one)), more],
      transitions: [
        ...base.own.transitions.map((one: Way) => plain(one)),
        way(find('in_work'), more.id),
        way(more.id, find('done')),
      ],
    };
    await draft(base.id, added);
    await publish(base.id).expect(200);
    expect((await as().get(`/processes/${variant.id}`)).body.statuses.map(({ code }: Status) => code)).toContain(
      'more',
    );
    const gone = find('waiting_partner');
    await draft(base.id, {
      ...added,
      statuses: added.statuses.filter(({ id }: Status) => id !== gone),
      transitions: added.transitions.filter(({ fromId, toId }: Way) => fromId !== gone && toId !== gone),
    });
    const { body } = await publish(base.id).expect(422);
    expect(body.code).toBe('tickets.processInvalid');
    expect(body.problems).toMatchObject([
      { kind: 'dead_end', statusId: own.id, processId: variant.id },
      {
        kind: 'unknown_status',
        processId: variant.id,
        message: 'Переход «own» → «Ожидаем партнёра»: такого статуса в схеме нет',
      },
    ]);
  });
});

/** A part as it is sent back: without what only the view says. */
function plain<Part extends object>(part: Part): Part {
  const { label: _, isInherited: __, ...rest } = part as Part & { label?: string; isInherited?: boolean };
  return rest as Part;
}

describe('drafts and versions', () => {
  it('T-05: a dead end is kept as a draft, told with its place, and not published', async () => {
    const variant = await aVariant();
    const lost = status('lost');
    const sheet = await draft(variant.id, {
      ...nothing,
      statuses: [lost],
      transitions: [way(inMain('in_work'), lost.id)],
    });
    const expected = [
      { kind: 'dead_end', statusId: lost.id, message: 'Статус «lost»: из него нет выхода, а работа не окончена' },
    ];
    expect(sheet.draft.problems).toMatchObject(expected);
    expect(sheet.statuses).toHaveLength(6);
    expect(sheet.draft.statuses).toHaveLength(7);
    expect((await as().post(`/processes/${variant.id}/check`).send({}).expect(200)).body.problems).toMatchObject(
      expected,
    );
    expect((await publish(variant.id).expect(422)).body.problems).toMatchObject(expected);
    expect((await as().delete(`/processes/${variant.id}/draft`).expect(200)).body.draft).toBeNull();
    await publish(variant.id).expect(409);
  });

  it('T-05: versions are kept and come back as a draft', async () => {
    const variant = await aVariant();
    const { check, definition } = checking();
    await draft(variant.id, definition);
    await publish(variant.id, { note: 'Стадия проверки' }).expect(200);
    await draft(variant.id, nothing);
    await publish(variant.id).expect(200);
    const { data } = (await as().get(`/processes/${variant.id}/versions`).expect(200)).body;
    expect(data.map(({ number, note, publishedBy }: Record<string, unknown>) => [number, note, publishedBy])).toEqual([
      [3, null, 'Анна'],
      [2, 'Стадия проверки', 'Анна'],
      [1, null, 'Анна'],
    ]);
    const restored = (await as().post(`/processes/${variant.id}/versions/2/restore`).send({}).expect(200)).body;
    expect(restored.draft.definition.statuses.map(({ id }: Status) => id)).toEqual([check.id]);
    const again = (await publish(variant.id).expect(200)).body;
    expect(again.statuses.map(({ id }: Status) => id)).toContain(check.id);
    await as().get(`/processes/${variant.id}/versions/9`).expect(404);
    expect((await as().get(`/processes/${main.id}/versions/1`).expect(200)).body.definition.statuses).toHaveLength(6);
  });

  it('T-05: a status with tickets goes away only with a place for them', async () => {
    const company = await aCompany(api);
    const variant = await aVariant();
    await bind([{ companyId: company.id, processId: variant.id }]).expect(200);
    const ticket = await aTicket(api, { companyId: company.id, status: 'waiting_partner' });
    const elsewhere = await aTicket(api, { status: 'waiting_partner' });
    const gone = inMain('waiting_partner');
    await draft(variant.id, { ...nothing, hiddenStatusIds: [gone] });
    const needed = [{ statusId: gone, name: 'Ожидаем партнёра', tickets: 1 }];
    expect((await as().post(`/processes/${variant.id}/check`).send({})).body.moves).toEqual(needed);
    expect((await publish(variant.id).expect(422)).body).toMatchObject({ code: 'tickets.movesNeeded', moves: needed });
    await publish(variant.id, { moves: { [gone]: newId() } }).expect(422);
    await publish(variant.id, { note: 'Без партнёров', moves: { [gone]: inMain('in_work') } }).expect(200);
    expect(await statusOf(ticket.id)).toBe('in_work');
    expect(await statusOf(elsewhere.id)).toBe('waiting_partner');
    const [line] = (await api.as(dispatcher!).get(`/tickets/${ticket.id}/history`)).body.data;
    expect(line).toMatchObject({
      field: 'statusId',
      beforeLabel: 'Ожидаем партнёра',
      cause: { reason: 'Без партнёров' },
    });
  });

  it('T-05: two editors do not overwrite each other', async () => {
    const variant = await aVariant();
    const put = () => as().put(`/processes/${variant.id}/draft`);
    await put().send(nothing).expect(428);
    await put().set('if-match', `"${variant.revision}"`).send(nothing).expect(200);
    expect((await put().set('if-match', `"${variant.revision}"`).send(nothing).expect(412)).body.code).toBe(
      'tickets.processStale',
    );
  });

  it.each<[string, object, string]>([
    ['no statuses', { name: local('x'), transitions: [] }, '/statuses'],
    ['a strange category', { ...nothing, statuses: [status('a', { category: 'limbo' })] }, '/statuses/0/category'],
    [
      'a status without a language',
      { ...nothing, statuses: [status('a', { name: { ru: 'x' } })] },
      '/statuses/0/name/en',
    ],
    [
      'a nested guard',
      { ...nothing, transitions: [way(newId(), newId(), { guards: [{ name: 'x', params: { a: {} } }] })] },
      '/transitions/0/guards/0/params',
    ],
    ['an unknown field', { ...nothing, version: 7 }, '/version'],
  ])('T-05: a draft with %s is refused by its field', async (_, definition, pointer) => {
    const variant = await aVariant();
    const { body } = await as()
      .put(`/processes/${variant.id}/draft`)
      .set('if-match', `"${variant.revision}"`)
      .send(definition)
      .expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it('T-05: only those who may configure change processes; a variant stands on no variant', async () => {
    const variant = await aVariant();
    const other = api.as(dispatcher!);
    await other.get(`/processes/${variant.id}`).expect(200);
    await other.put(`/processes/${variant.id}/draft`).set('if-match', '"1"').send(nothing).expect(403);
    await other.post(`/processes/${variant.id}/publish`).send({}).expect(403);
    await other.put('/process-bindings').send({ bindings: [] }).expect(403);
    await as()
      .post('/processes')
      .send({ name: local('x'), baseId: variant.id })
      .expect(422);
    await as().get(`/processes/${newId()}`).expect(404);
  });
});

describe('bindings', () => {
  it.each<[string, (ids: { process: string; company: string }) => object[], string]>([
    ['a row without a condition', ({ process }) => [{ processId: process }], '/bindings/0'],
    ['an unknown company', ({ process }) => [{ processId: process, companyId: newId() }], '/bindings/0/companyId'],
    ['an unknown process', ({ company }) => [{ processId: newId(), companyId: company }], '/bindings/0/processId'],
    [
      'a row that never applies',
      ({ process, company }) => [
        { processId: process, companyId: company },
        { processId: process, companyId: company, typeId: '01940000-0000-7000-8000-000005000001' },
      ],
      '/bindings/1',
    ],
  ])('T-05: refuses %s', async (_, rows, pointer) => {
    const company = await aCompany(api);
    const { body } = await bind(rows({ process: main.id, company: company.id })).expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it('T-05: the first row that fits counts: of a group of companies, of a type', async () => {
    const company = await aCompany(api);
    const [category] = await api.db.query<{ id: string }>(
      api.system,
      `WITH c AS (INSERT INTO company_category (id, code, name, color) VALUES ($1, 'bank', 'Банки', 'blue') RETURNING id)
       INSERT INTO company_category_link ("companyId", "categoryId") SELECT $2, id FROM c RETURNING "categoryId" AS id`,
      [newId(), company.id],
    );
    const [first, second] = [await aVariant(), await aVariant()];
    const typeId = '01940000-0000-7000-8000-000005000002';
    const rows = [
      { categoryId: category!.id, typeId, processId: first.id },
      { categoryId: category!.id, processId: second.id },
    ];
    const { data } = (await bind(rows).expect(200)).body;
    expect(
      data.map(({ category: { name }, process }: { category: { name: string }; process: object }) => [name, process]),
    ).toEqual([first, second].map(({ id }) => ['Банки', { id, name: 'Схема' }]));
    const processOf = async (input: object) => {
      const { id } = await aTicket(api, input);
      return (
        await api.db.query<{ processId: string }>(api.system, 'SELECT "processId" FROM ticket WHERE id = $1', [id])
      )[0]!.processId;
    };
    expect(await processOf({ companyId: company.id, typeId })).toBe(first.id);
    expect(await processOf({ companyId: company.id })).toBe(second.id);
    expect(await processOf({})).toBe(main.id);
  });
});
