import { startApi, type TestApi } from '@opora/platform/testing';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { ClientsModule } from './clients.module';
import { aCompany, aContact, anObject, type TestContact } from './testing';

let api: TestApi;
let dispatcher: TestEmployee;

beforeAll(async () => {
  api = await startApi(ClientsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher' });
});
afterAll(() => api.close());

type Person = { id: string; name: string; email: string; isMe: boolean };
const people = async (admin: TestContact, query = ''): Promise<Person[]> =>
  (await api.as(admin).get(`/portal/people${query}`).expect(200)).body.data;
const invite = (admin: TestContact, body: object) =>
  api
    .as(admin)
    .post('/portal/people')
    .send({ name: 'Новый Коллега', email: unique(), ...body });
const unique = () => `p-${Math.random().toString(36).slice(2)}@x.example`;
const mailsTo = (to: string) =>
  api.db.query<{ text: string }>(api.system, 'SELECT text FROM outgoing_mail WHERE "to" @> ARRAY[$1]::text[]', [to]);
const membershipsOf = async (contactId: string) =>
  (await api.as(dispatcher).get(`/contacts/${contactId}`).expect(200)).body.memberships;

async function aClient(rights: object = { isAdmin: true }) {
  const company = await aCompany(api);
  return { company, admin: await aContact(api, { companyId: company.id, rights, name: 'Администратор' }) };
}

describe('the contact himself', () => {
  it('PO-02: sees his companies with his rights, and changes his name, language and phone', async () => {
    const [one, two] = [await aCompany(api, { name: 'А' }), await aCompany(api, { name: 'Б' })];
    const contact = await aContact(api, {
      phones: ['8 495 123-45-67', '8 495 765-43-21'],
      memberships: [
        { companyId: one.id, seesCompany: true },
        { companyId: two.id, isAdmin: true, closesCompany: true },
      ],
    });
    const { body } = await api.as(contact).get('/portal/me').expect(200);
    expect(body).toEqual({
      id: contact.id,
      customFields: {},
      customFieldTexts: {},
      kind: 'contact',
      name: contact.name,
      email: contact.email,
      phone: '8 495 123-45-67',
      locale: 'ru',
      mustChangePassword: false,
      hasPassword: true,
      companies: [
        { id: one.id, name: 'А', rights: { seesCompany: true, closesCompany: false, isAdmin: false } },
        { id: two.id, name: 'Б', rights: { seesCompany: false, closesCompany: true, isAdmin: true } },
      ],
    });
    const changed = await api
      .as(contact)
      .patch('/portal/me')
      .send({ name: 'Новое Имя', locale: 'en', phone: '8 916 000-11-22' })
      .expect(200);
    expect(changed.body).toMatchObject({ name: 'Новое Имя', locale: 'en', phone: '8 916 000-11-22' });
    const staff = await api.as(dispatcher).get(`/contacts/${contact.id}`).expect(200);
    expect(staff.body.phones.map(({ e164 }: { e164: string }) => e164)).toEqual(['+79160001122', '+74957654321']);
    await api.as(contact).patch('/portal/me').send({ phone: null }).expect(200);
  });

  it.each([
    [{ email: 'other@x.example' }],
    [{ isAdmin: true }],
    [{ name: null }],
    [{ name: '' }],
    [{ locale: 'de' }],
    [{ phone: 'x' }],
    [{ phone: ['1'] }],
  ])('cannot change %j', async (input) => {
    const { admin } = await aClient({});
    await api.as(admin).patch('/portal/me').send(input).expect(422);
  });

  it('employees and strangers have no portal', async () => {
    await api.anonymous.get('/portal/me').expect(401);
    for (const path of ['/portal/me', '/portal/people', '/portal/objects'])
      await api.as(dispatcher).get(path).expect(403);
  });
});

describe('PO-02 the client’s administrator', () => {
  it('PO-02: invites a colleague, who gets a link by mail and the rights that were chosen', async () => {
    const { company, admin } = await aClient();
    const object = await anObject(api, { companyId: company.id });
    const { body } = await invite(admin, {
      email: 'Colleague@x.example',
      seesCompany: true,
      objectIds: [object.id],
      position: 'Кассир',
    }).expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      company: { id: company.id, name: company.name },
      name: 'Новый Коллега',
      email: 'colleague@x.example',
      position: 'Кассир',
      rights: { seesCompany: true, closesCompany: false, isAdmin: false },
      objects: [{ id: object.id, name: object.name }],
      isMe: false,
    });
    expect((await mailsTo('colleague@x.example'))[0]?.text).toContain('/portal/sign-in#token=');
    expect(await people(admin)).toMatchObject([
      { name: 'Администратор', isMe: true },
      { id: body.id, isMe: false },
    ]);
    expect((await invite(admin, { email: 'colleague@x.example' }).expect(409)).body.code).toBe('clients.alreadyMember');
  });

  it('PO-02: changes only the rights that were named, at once', async () => {
    const { company, admin } = await aClient();
    const user = await aContact(api, { companyId: company.id, rights: { seesCompany: true }, name: 'Сотрудник' });
    const [person] = (await people(admin)).filter(({ isMe }) => !isMe);
    const { body } = await api
      .as(admin)
      .patch(`/portal/people/${person!.id}`)
      .send({ closesCompany: true, position: 'Кассир' })
      .expect(200);
    expect(body).toMatchObject({
      rights: { seesCompany: true, closesCompany: true, isAdmin: false },
      position: 'Кассир',
    });
    expect((await api.as(user).get('/portal/me').expect(200)).body.companies[0].rights).toMatchObject({
      closesCompany: true,
    });
    await api.as(admin).patch(`/portal/people/${person!.id}`).send({ isAdmin: null }).expect(422);
    await api.as(admin).patch(`/portal/people/${person!.id}`).send({ name: 'Чужое имя' }).expect(422);
  });

  it('PO-02: takes a colleague out of his company only', async () => {
    const { company, admin } = await aClient();
    const elsewhere = await aCompany(api);
    const user = await aContact(api, {
      name: 'Совместитель',
      memberships: [{ companyId: company.id }, { companyId: elsewhere.id, isAdmin: true }],
    });
    const [person] = (await people(admin)).filter(({ isMe }) => !isMe);
    await api.as(admin).delete(`/portal/people/${person!.id}`).expect(204);
    expect(await people(admin)).toHaveLength(1);
    expect(await membershipsOf(user.id)).toMatchObject([{ company: { id: elsewhere.id }, isAdmin: true }]);
    await api.as(admin).delete(`/portal/people/${person!.id}`).expect(404);
  });

  it('PO-02: a person of another company is added without anything about him being told', async () => {
    const { company, admin } = await aClient();
    const other = await aCompany(api, { name: 'Секретный работодатель' });
    const known = await aContact(api, {
      companyId: other.id,
      name: 'Настоящее Имя',
      phones: ['8 903 111-22-33'],
      position: 'Тайный агент',
    });
    const { body } = await invite(admin, { name: 'Некто', email: known.email }).expect(201);
    expect(body).toMatchObject({ name: 'Некто', email: known.email, position: null });
    const seen = JSON.stringify([body, await people(admin)]);
    for (const secret of ['Настоящее', 'Секретный', '903', 'агент', known.id, other.id])
      expect(seen).not.toContain(secret);
    expect(
      (await membershipsOf(known.id)).map((membership: { company: { id: string } }) => membership.company.id).sort(),
    ).toEqual([company.id, other.id].sort());
    // The stranger and the known person get the same answer.
    const stranger = await invite(admin, { name: 'Некто' }).expect(201);
    expect(Object.keys(stranger.body)).toEqual(Object.keys(body));
    // What he is called elsewhere stays his.
    expect((await api.as(known).get('/portal/me').expect(200)).body.name).toBe('Настоящее Имя');
  });

  it('T10: an employee’s address is refused', async () => {
    const { admin } = await aClient();
    expect((await invite(admin, { email: dispatcher.email.toUpperCase() }).expect(409)).body.code).toBe(
      'clients.emailRefused',
    );
    expect(await people(admin)).toHaveLength(1);
  });

  it('PO-02: the last administrator stays, whoever tries', async () => {
    const { company, admin } = await aClient();
    const [me] = await people(admin);
    expect((await api.as(admin).delete(`/portal/people/${me!.id}`).expect(409)).body.code).toBe('clients.lastAdmin');
    expect((await api.as(admin).patch(`/portal/people/${me!.id}`).send({ isAdmin: false }).expect(409)).body.code).toBe(
      'clients.lastAdmin',
    );
    const second = await aContact(api, { companyId: company.id, rights: { isAdmin: true } });
    const all = await people(admin);
    const answers = await Promise.all([
      api.as(admin).delete(`/portal/people/${all.find(({ isMe }) => !isMe)!.id}`),
      api.as(second).delete(`/portal/people/${all.find(({ isMe }) => isMe)!.id}`),
    ]);
    // Either the second is no administrator any more when his turn comes, or he would be the last.
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.find(({ status }) => status !== 204)!.status).toBeGreaterThanOrEqual(400);
    const [row] = await api.db.query<{ count: number }>(
      api.system,
      'SELECT count(*)::int AS count FROM membership WHERE "companyId" = $1 AND "isAdmin"',
      [company.id],
    );
    expect(row!.count).toBe(1);
  });

  it('PO-02: nobody else’s people can be seen, invited, changed or removed', async () => {
    const [mine, theirs] = [await aClient(), await aClient()];
    const [foreignPerson] = await people(theirs.admin);
    expect((await people(mine.admin)).map(({ id }) => id)).not.toContain(foreignPerson!.id);
    expect(await people(mine.admin, `?companyId=${theirs.company.id}`)).toEqual([]);
    await api.as(mine.admin).patch(`/portal/people/${foreignPerson!.id}`).send({ isAdmin: false }).expect(404);
    await api.as(mine.admin).delete(`/portal/people/${foreignPerson!.id}`).expect(404);
    const refused = await invite(mine.admin, { companyId: theirs.company.id }).expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/companyId', code: 'clients.companyUnknown' }]);
    const object = await anObject(api, { companyId: theirs.company.id });
    await invite(mine.admin, { objectIds: [object.id] }).expect(422);
    expect(await people(theirs.admin)).toMatchObject([{ isMe: true }]);
    expect(await people(mine.admin)).toHaveLength(1);
  });

  it('PO-02: an ordinary contact manages nobody, and one who lost the right loses it at once', async () => {
    const { company, admin } = await aClient();
    const user = await aContact(api, { companyId: company.id, rights: { seesCompany: true, closesCompany: true } });
    const [me] = (await people(admin)).filter(({ isMe }) => isMe);
    await api.as(user).get('/portal/people').expect(403);
    await invite(user, { companyId: company.id }).expect(403);
    await api.as(user).patch(`/portal/people/${me!.id}`).send({ isAdmin: false }).expect(404);
    await api.as(user).delete(`/portal/people/${me!.id}`).expect(404);
    await api.as(dispatcher).put(`/contacts/${admin.id}/memberships/${company.id}`).send({}).expect(200);
    await api.as(admin).get('/portal/people').expect(403);
    await invite(admin, {}).expect(403);
  });

  it('PO-02: an administrator of several companies says which; one of an archived company has none', async () => {
    const [one, two] = [await aCompany(api), await aCompany(api)];
    const admin = await aContact(api, { memberships: [one, two].map(({ id }) => ({ companyId: id, isAdmin: true })) });
    expect((await invite(admin, {}).expect(422)).body.errors).toMatchObject([
      { pointer: '/companyId', code: 'clients.companyNeeded' },
    ]);
    await invite(admin, { companyId: two.id }).expect(201);
    expect(await people(admin, `?companyId=${two.id}`)).toHaveLength(2);
    await api.as(dispatcher).post(`/companies/${one.id}/archive`).expect(200);
    await invite(admin, {}).expect(201);
    await invite(admin, { companyId: one.id }).expect(422);
  });

  it('PO-02: an administrator of a part gives away nothing outside it and does not see the others', async () => {
    const company = await aCompany(api);
    const [north, south] = [
      await anObject(api, { companyId: company.id }),
      await anObject(api, { companyId: company.id }),
    ];
    const admin = await aContact(api, { companyId: company.id, rights: { isAdmin: true, objectIds: [north.id] } });
    await aContact(api, { companyId: company.id, name: 'Над всеми' });
    await aContact(api, { companyId: company.id, name: 'Юг', rights: { objectIds: [south.id] } });
    expect(await people(admin)).toMatchObject([{ isMe: true }]);
    for (const objectIds of [undefined, [], [south.id], [north.id, south.id]]) {
      const { body } = await invite(admin, { seesCompany: true, objectIds }).expect(422);
      expect(body.errors[0].code).toBe('clients.objectOutOfReach');
    }
    const { body } = await invite(admin, { seesCompany: true, objectIds: [north.id] }).expect(201);
    await api.as(admin).patch(`/portal/people/${body.id}`).send({ objectIds: [] }).expect(422);
    const [me] = (await people(admin)).filter(({ isMe }) => isMe);
    await api.as(admin).patch(`/portal/people/${me!.id}`).send({ objectIds: [] }).expect(422);
  });

  it('two invitations of one address at once make one person', async () => {
    const { admin } = await aClient();
    const email = unique();
    const answers = await Promise.all([1, 2, 3].map(() => invite(admin, { email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await people(admin)).toHaveLength(2);
  });

  it('pages through the people exactly once', async () => {
    const { company, admin } = await aClient();
    for (let index = 0; index < 6; index++)
      await aContact(api, { companyId: company.id, name: `Коллега ${index % 2}` });
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await api.as(admin).get(`/portal/people?limit=2&cursor=${cursor}`).expect(200);
      seen.push(...body.data.map(({ id }: Person) => id));
      cursor = body.page.next ?? '';
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
  });
});
