import { startApi, type TestApi } from '@opora/platform/testing';
import { anEmployee, aTeam, TEST_PASSWORD, type TestEmployee } from '@opora/testing/people';
import { ClientsModule } from './clients.module';
import { Contacts } from './contacts.service';
import { aCategory, aCompany, aContact, anObject } from './testing';

let api: TestApi;
let dispatcher: TestEmployee;

beforeAll(async () => {
  api = await startApi(ClientsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher' });
});
afterAll(() => api.close());

const foreign = '019b0000-0000-7000-8000-00000000dead';
const idsOf = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id);
const lookup = async (query: object, who = dispatcher) =>
  idsOf((await api.as(who).get('/contacts/lookup').query(query).expect(200)).body);
const mails = (to: string) =>
  api.db.query<{ subject: string; text: string }>(
    api.system,
    'SELECT subject, text FROM outgoing_mail WHERE "to" @> ARRAY[$1]::text[]',
    [to],
  );

describe('C-03 contacts', () => {
  it('C-03: one person belongs to several companies with different rights', async () => {
    const [shop, depot] = [await aCompany(api, { name: 'А магазин' }), await aCompany(api, { name: 'Б склад' })];
    const room = await anObject(api, { companyId: depot.id, name: 'Холодильник' });
    const input = {
      name: 'Мария Петрова',
      position: 'Директор',
      telegram: 'maria_p',
      locale: 'en',
      comment: 'Звонить после 10',
      emails: ['Maria@Shop.example', 'petrova@depot.example'],
      phones: ['8 (916) 123-45-67', '+7 495 765-43-21 доб. 5'],
      memberships: [
        { companyId: shop.id, seesCompany: true, isAdmin: true },
        { companyId: depot.id, closesCompany: true, objectIds: [room.id], position: 'Кладовщик' },
      ],
    };
    const { body, headers } = await api.as(dispatcher).post('/contacts').send(input).expect(201);
    expect(headers.etag).toBe('"1"');
    expect(body).toMatchObject({
      name: 'Мария Петрова',
      position: 'Директор',
      telegram: 'maria_p',
      locale: 'en',
      hasPassword: false,
      version: 1,
      emails: [
        { email: 'maria@shop.example', isPrimary: true },
        { email: 'petrova@depot.example', isPrimary: false },
      ],
      phones: [
        { e164: '+79161234567', raw: '8 (916) 123-45-67', isPrimary: true },
        { e164: '+74957654321', isPrimary: false },
      ],
      memberships: [
        { company: shop, seesCompany: true, closesCompany: false, isAdmin: true, objects: [] },
        {
          company: depot,
          seesCompany: false,
          closesCompany: true,
          isAdmin: false,
          objects: [room],
          position: 'Кладовщик',
        },
      ].map(({ company: { id, name }, objects, ...rights }) => ({
        company: { id, name },
        ...rights,
        objects: objects.map(({ id, name }) => ({ id, name })),
      })),
    });
    for (const { id } of [shop, depot]) {
      expect(idsOf((await api.as(dispatcher).get(`/contacts?companyId=${id}`).expect(200)).body)).toEqual([body.id]);
    }
  });

  it('C-03: finds the person behind any of his addresses and phones, however they are written', async () => {
    const email = 'who.calls@client.example';
    const { id } = await aContact(api, { email, phones: ['8 (926) 555-00-11', '8 495 111-22-33'] });
    expect(await lookup({ email: 'WHO.calls@client.example' })).toEqual([id]);
    for (const phone of ['+79265550011', '8 926 555 00 11', '89265550011', '+7 (495) 111-22-33'])
      expect(await lookup({ phone })).toEqual([id]);
    expect(await lookup({ phone: '+79265550012' })).toEqual([]);
    await api.as(dispatcher).get('/contacts/lookup').expect(422);
    await api.as(dispatcher).get('/contacts/lookup?phone=абв').expect(422);
  });

  it('C-03: two people may share a phone, never an address', async () => {
    const phone = '8 800 555-35-35';
    const [one, two] = [await aContact(api, { phones: [phone] }), await aContact(api, { phones: [phone] })];
    expect((await lookup({ phone })).sort()).toEqual([one.id, two.id].sort());
    const refused = await api
      .as(dispatcher)
      .post('/contacts')
      .send({ name: 'Двойник', emails: ['new@x.example', one.email.toUpperCase()] })
      .expect(409);
    expect(refused.body).toMatchObject({ code: 'clients.emailTaken', contact: { id: one.id, name: one.name } });
    expect(await lookup({ email: 'new@x.example' })).toEqual([]);
    const answers = await Promise.all(
      ['1', '2', '3'].map((name) =>
        api
          .as(dispatcher)
          .post('/contacts')
          .send({ name, emails: ['race@x.example'] }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('C-03: an archived contact frees his address, cannot sign in within a minute, and comes back if it is still free', async () => {
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id });
    await api.as(contact).get('/portal/me').expect(200);
    await api.as(dispatcher).post(`/contacts/${contact.id}/archive`).expect(200);
    await api.as(contact).get('/portal/me').expect(401);
    await api.anonymous
      .post('/portal/auth/sign-in')
      .send({ login: contact.email, password: TEST_PASSWORD })
      .expect(401);
    expect(await lookup({ email: contact.email })).toEqual([]);
    const heir = await api
      .as(dispatcher)
      .post('/contacts')
      .send({ name: 'Преемник', emails: [contact.email] })
      .expect(201);
    const refused = await api.as(dispatcher).post(`/contacts/${contact.id}/restore`).expect(409);
    expect(refused.body.code).toBe('clients.emailTaken');
    await api.as(dispatcher).patch(`/contacts/${heir.body.id}`).set('if-match', '"1"').send({ emails: [] }).expect(200);
    expect((await api.as(dispatcher).post(`/contacts/${contact.id}/restore`).expect(200)).body).toMatchObject({
      archivedAt: null,
      hasPassword: false,
    });
    expect(await lookup({ email: contact.email })).toEqual([contact.id]);
  });

  it('changes of different fields merge, of the same field conflict', async () => {
    const contact = await aContact(api);
    const patch = (version: number, body: object) =>
      api.as(dispatcher).patch(`/contacts/${contact.id}`).set('if-match', `"${version}"`).send(body);
    await patch(1, { phones: ['8 495 123-45-67'] }).expect(200);
    expect((await patch(1, { position: 'Завхоз' }).expect(200)).body).toMatchObject({
      position: 'Завхоз',
      phones: [{ e164: '+74951234567' }],
      version: 3,
    });
    const refused = await patch(1, { phones: ['8 495 765-43-21'] }).expect(412);
    expect(refused.body).toMatchObject({
      conflicts: [{ field: 'phones', theirs: ['8 495 123-45-67'] }],
      current: { version: 3 },
    });
    await api.as(dispatcher).patch(`/contacts/${contact.id}`).send({ name: 'x' }).expect(428);
  });

  it('a new main address becomes the portal’s login', async () => {
    const contact = await aContact(api, { companyId: (await aCompany(api)).id });
    const fresh = `fresh-${contact.email}`;
    await api
      .as(dispatcher)
      .patch(`/contacts/${contact.id}`)
      .set('if-match', '"1"')
      .send({ emails: [fresh, contact.email] })
      .expect(200);
    await api.anonymous.post('/portal/auth/sign-in').send({ login: fresh, password: TEST_PASSWORD }).expect(200);
  });

  it('memberships are set, replaced and taken away; objects must be of that company', async () => {
    const [company, other] = [await aCompany(api), await aCompany(api)];
    const object = await anObject(api, { companyId: other.id });
    const contact = await aContact(api);
    const path = `/contacts/${contact.id}/memberships/${company.id}`;
    const set = await api.as(dispatcher).put(path).send({ seesCompany: true, isAdmin: true }).expect(200);
    expect(set.body.memberships).toMatchObject([{ company: { id: company.id }, seesCompany: true, isAdmin: true }]);
    const replaced = await api.as(dispatcher).put(path).send({ closesCompany: true }).expect(200);
    expect(replaced.body.memberships).toMatchObject([{ seesCompany: false, closesCompany: true, isAdmin: false }]);
    const refused = await api
      .as(dispatcher)
      .put(path)
      .send({ objectIds: [object.id] })
      .expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/objectIds/0', code: 'clients.objectUnknown' }]);
    await api.as(dispatcher).put(`/contacts/${foreign}/memberships/${company.id}`).send({}).expect(404);
    await api.as(dispatcher).put(`/contacts/${contact.id}/memberships/${foreign}`).send({}).expect(404);
    await api.as(dispatcher).delete(path).expect(204);
    await api.as(dispatcher).delete(path).expect(404);
  });

  it('a member of an archived company loses it in the portal at once', async () => {
    const [left, kept] = [await aCompany(api), await aCompany(api)];
    const contact = await aContact(api, { memberships: [{ companyId: left.id }, { companyId: kept.id }] });
    await api.as(dispatcher).post(`/companies/${left.id}/archive`).expect(200);
    expect(
      (await api.as(contact).get('/portal/me').expect(200)).body.companies.map(({ id }: { id: string }) => id),
    ).toEqual([kept.id]);
    const added = await api
      .as(dispatcher)
      .put(`/contacts/${(await aContact(api)).id}/memberships/${left.id}`)
      .send({})
      .expect(409);
    expect(added.body.code).toBe('clients.companyArchived');
  });
});

describe('the portal’s door', () => {
  it('PO-02: an invitation by link is mailed; by password it is shown once and must be changed', async () => {
    const company = await aCompany(api);
    const { body: contact } = await api
      .as(dispatcher)
      .post('/contacts')
      .send({ name: 'Новый', emails: ['invited@x.example'], memberships: [{ companyId: company.id }] })
      .expect(201);
    const byLink = await api.as(dispatcher).post(`/contacts/${contact.id}/invite`).send({}).expect(200);
    expect(byLink.body).toEqual({ login: 'invited@x.example', issuedPassword: null, sentTo: 'invited@x.example' });
    expect((await mails('invited@x.example'))[0]?.text).toContain('/portal/sign-in#token=');
    const byPassword = await api
      .as(dispatcher)
      .post(`/contacts/${contact.id}/invite`)
      .send({ method: 'password' })
      .expect(200);
    const signedIn = await api.anonymous
      .post('/portal/auth/sign-in')
      .send({ login: 'invited@x.example', password: byPassword.body.issuedPassword })
      .expect(200);
    expect(signedIn.body.mustChangePassword).toBe(true);
  });

  it('nobody is invited without an address, from the archive, or without the permission', async () => {
    const { body: mute } = await api.as(dispatcher).post('/contacts').send({ name: 'Без почты' }).expect(201);
    expect((await api.as(dispatcher).post(`/contacts/${mute.id}/invite`).send({}).expect(409)).body.code).toBe(
      'clients.contactHasNoEmail',
    );
    const gone = await aContact(api);
    await api.as(dispatcher).post(`/contacts/${gone.id}/archive`).expect(200);
    await api.as(dispatcher).post(`/contacts/${gone.id}/invite`).send({}).expect(409);
    const engineer = await anEmployee(api, { role: 'engineer' });
    await api.as(engineer).post(`/contacts/${gone.id}/invite`).send({}).expect(403);
    await api.as(dispatcher).post(`/contacts/${foreign}/invite`).send({}).expect(404);
  });

  it('T10: an employee’s address never becomes a contact’s', async () => {
    const employee = await anEmployee(api);
    const refused = await api
      .as(dispatcher)
      .post('/contacts')
      .send({ name: 'Самозванец', emails: [employee.email] })
      .expect(409);
    expect(refused.body.code).toBe('clients.emailRefused');
    const contact = await aContact(api);
    await api
      .as(dispatcher)
      .patch(`/contacts/${contact.id}`)
      .set('if-match', '"1"')
      .send({ emails: [contact.email, employee.email] })
      .expect(409);
  });

  it('T10: a stranger who writes becomes a contact of no company, once, also when two messages race', async () => {
    await aCompany(api, { emailDomains: ['known-domain.example'] });
    const contacts = api.get(Contacts);
    const made = await Promise.all(
      [1, 2, 3].map(() =>
        contacts.ensureContactForMail(api.system, { email: 'Boss@Known-Domain.example', name: 'Босс\r\nBcc: all' }),
      ),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made[0]).toMatchObject({ name: 'Босс Bcc: all', memberships: [], hasPassword: false });
    expect(idsOf((await api.as(dispatcher).get('/contacts?withoutCompany=true&q=boss').expect(200)).body)).toEqual([
      made[0]?.id,
    ]);
  });
});

describe('R-05 and reach', () => {
  it('R-05: a line without client contact sees the person, not his addresses, and cannot probe them', async () => {
    const team = await aTeam(api, { hidesClientContacts: true });
    const line = await anEmployee(api, { role: 'dispatcher', teamIds: [team.id] });
    const contact = await aContact(api, {
      name: 'Скрытный Клиент',
      email: 'hidden.client@x.example',
      phones: ['8 903 000-11-22'],
      telegram: 'hidden_client',
    });
    const { body } = await api.as(line).get(`/contacts/${contact.id}`).expect(200);
    expect(body).toMatchObject({
      name: 'Скрытный Клиент',
      emails: [],
      phones: [],
      telegram: null,
      contactsHidden: true,
    });
    expect(JSON.stringify(body)).not.toMatch(/hidden.client|000-11-22/);
    for (const q of ['hidden.client', '89030001122', '903 000-11-22']) {
      expect((await api.as(line).get('/contacts').query({ q }).expect(200)).body.data).toEqual([]);
      expect((await api.as(line).get('/directory/contacts').query({ q }).expect(200)).body.data).toEqual([]);
      expect(idsOf((await api.as(dispatcher).get('/contacts').query({ q }).expect(200)).body)).toContain(contact.id);
    }
    expect((await api.as(line).get('/directory/contacts?q=скрытный').expect(200)).body.data).toMatchObject([
      { id: contact.id, email: null, phone: null },
    ]);
    await api.as(line).get(`/contacts/lookup?email=${contact.email}`).expect(403);
    await api.as(line).patch(`/contacts/${contact.id}`).set('if-match', '"1"').send({ phones: [] }).expect(403);
    await api
      .as(line)
      .post('/contacts')
      .send({ name: 'x', emails: ['probe@x.example'] })
      .expect(403);
    await api.as(line).post(`/contacts/${contact.id}/invite`).send({}).expect(403);
    const developer = await anEmployee(api, { role: 'developer' });
    expect((await api.as(developer).get(`/contacts/${contact.id}`).expect(200)).body).toMatchObject({
      emails: [],
      phones: [],
    });
    await api.as(developer).get(`/contacts/lookup?email=${contact.email}`).expect(403);
  });

  it('S-01: a person of another group’s company is not there', async () => {
    const [mine, other] = [await aCategory(api), await aCategory(api)];
    const [near, far] = [
      await aCompany(api, { categoryIds: [mine.id] }),
      await aCompany(api, { categoryIds: [other.id] }),
    ];
    const shared = await aContact(api, { memberships: [{ companyId: near.id }, { companyId: far.id }] });
    const hidden = await aContact(api, { companyId: far.id });
    const role = await api
      .as(await anEmployee(api, { role: 'admin' }))
      .post('/roles')
      .send({
        name: { ru: 'Группа', en: 'Group' },
        permissions: ['clients.read', 'clients.manage', 'clients.read_contacts', 'clients.manage_portal'],
        scope: 'categories',
        categoryIds: [mine.id],
      })
      .expect(201);
    const manager = await anEmployee(api, { roleIds: [role.body.id] });
    expect(idsOf((await api.as(manager).get('/contacts?state=all').expect(200)).body)).toEqual([shared.id]);
    expect(
      (await api.as(manager).get(`/contacts/${shared.id}`).expect(200)).body.memberships.map(
        ({ company }: { company: { id: string } }) => company.id,
      ),
    ).toEqual([near.id]);
    await api.as(manager).get(`/contacts/${hidden.id}`).expect(404);
    await api.as(manager).post(`/contacts/${hidden.id}/archive`).expect(404);
    await api.as(manager).post(`/contacts/${hidden.id}/invite`).send({}).expect(404);
    await api.as(manager).put(`/contacts/${shared.id}/memberships/${far.id}`).send({ isAdmin: true }).expect(404);
    await api.as(manager).delete(`/contacts/${shared.id}/memberships/${far.id}`).expect(404);
    expect(await lookup({ email: hidden.email }, manager)).toEqual([]);
    const taken = await api
      .as(manager)
      .post('/contacts')
      .send({ name: 'x', emails: [hidden.email], memberships: [{ companyId: near.id }] })
      .expect(409);
    expect(taken.body.contact).toBeUndefined();
    const homeless = await api.as(manager).post('/contacts').send({ name: 'Без компании' }).expect(422);
    expect(homeless.body.errors).toMatchObject([{ pointer: '/memberships', code: 'clients.companyRequired' }]);
  });

  it.each<[object, string]>([
    [{}, '/name'],
    [{ name: 'x', emails: ['no'] }, '/emails'],
    [{ name: 'x', emails: 'a@b.example' }, '/emails'],
    [{ name: 'x', emails: ['a@b.example', 'A@B.example'] }, '/emails'],
    [{ name: 'x', emails: [{ email: 'a@b.example' }] }, '/emails'],
    [{ name: 'x', emails: [null] }, '/emails'],
    [{ name: 'x', phones: ['12'] }, '/phones'],
    [{ name: 'x', phones: [84951234567] }, '/phones'],
    [{ name: 'x', phones: Array.from({ length: 21 }, (_, index) => `8495123450${index % 10}${index}`) }, '/phones'],
    [{ name: 'x', locale: 'de' }, '/locale'],
    [{ name: 'x', locale: null }, '/locale'],
    [{ name: 'x', telegram: '<b>' }, '/telegram'],
    [{ name: 'x', comment: 'x'.repeat(10_001) }, '/comment'],
    [{ name: 'x', memberships: [{ companyId: foreign }] }, '/memberships/0/companyId'],
    [{ name: 'x', memberships: [{ companyId: foreign, isAdmin: 'yes' }] }, '/memberships/0/isAdmin'],
    [{ name: 'x', memberships: [{ companyId: foreign, role: 'god' }] }, '/memberships/0/role'],
    [{ name: 'x', memberships: [[]] }, '/memberships'],
    [{ name: 'x', memberships: { companyId: foreign } }, '/memberships'],
    [{ name: 'x', memberships: [null] }, '/memberships'],
    [{ name: 'x', hasPassword: true }, '/hasPassword'],
  ])('refuses input number %# at its field', async (input, pointer) => {
    const { body } = await api.as(dispatcher).post('/contacts').send(input).expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer).join()).toContain(pointer);
  });

  it('null is no value for what a contact always has', async () => {
    const { id } = await aContact(api);
    for (const field of ['name', 'locale', 'emails', 'phones']) {
      await api
        .as(dispatcher)
        .patch(`/contacts/${id}`)
        .set('if-match', '"1"')
        .send({ [field]: null })
        .expect(422);
    }
  });
});
