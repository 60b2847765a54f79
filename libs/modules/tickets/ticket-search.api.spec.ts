import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { Companies } from '@opora/modules/clients';
import { startApi, type TestApi } from '@opora/platform/testing';
import type { SearchView } from './ticket-search.dto';
import { aComment, aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let dispatcher: TestEmployee;

beforeAll(async () => {
  api = await startApi(TicketsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher' });
});
afterAll(() => api.close());

const search = async (q: string, who = dispatcher): Promise<SearchView> =>
  (await api.as(who).get('/search').query({ q, limit: 50 }).expect(200)).body;
const found = async (q: string, who = dispatcher): Promise<string[]> =>
  (await search(q, who)).tickets.data.map(({ subject }) => subject).sort();
const listed = async (q: string, who = dispatcher): Promise<string[]> =>
  ((await api.as(who).get('/tickets').query({ q }).expect(200)).body.data as { subject: string }[])
    .map(({ subject }) => subject)
    .sort();

describe('T-21: search', () => {
  it('finds by number, subject, description, comments, company, contact, address and phone', async () => {
    const company = await aCompany(api, { name: 'Кондитерская фабрика' });
    const contact = await aContact(api, {
      companyId: company.id,
      name: 'Аристарх Золотухин',
      email: 'zolotuhin@fabrika.example',
      phones: ['+7 912 345-67-89'],
    });
    const ticket = await aTicket(api, {
      subject: 'Термопечать бледная',
      description: '<p>Чеки выцветают на солнце</p>',
      companyId: company.id,
      contactId: contact.id,
      externalIds: { erp: 'ЗН-004512' },
    });
    await aComment(api, ticket.id, { text: 'Нужна новая термоголовка' });
    await api.drain();
    for (const q of [
      String(ticket.number),
      'термопечать',
      'бледная',
      'выцветает',
      'термоголовку',
      'кондитерская',
      'Золотухину',
      'zolotuhin@fabrika.example',
      '+7 (912) 345-67-89',
      '89123456789',
      '9123456789',
      'зн-004512',
      '"термопечать бледная"',
      'термопечать фабрика',
      'термоп',
    ]) {
      expect([q, await found(q)]).toEqual([q, ['Термопечать бледная']]);
      expect([q, await listed(q)]).toEqual([q, ['Термопечать бледная']]);
    }
    for (const q of ['"бледная термопечать"', 'термопечать -выцветает', 'термопечать холодильник'])
      expect([q, await found(q)]).toEqual([q, []]);
  });

  it.each([
    ['МФУ не печатает вторую неделю', 'печать'],
    ['Плохая печать этикеток', 'печатают'],
    ['Прошу заменить барабан', 'замена'],
    ['Замена фотобарабана', 'заменили'],
    ['Подключение весовой платформы', 'подключить'],
    ['Сломан HP-7919', 'hp7919'],
    ['Сломан Kyocera3040', 'kyocera-3040'],
    ['Ёлочная гирлянда', 'елочную'],
    ['Обновление 1С:Предприятие', '1с'],
  ])('the subject %j is found by %j', async (subject, q) => {
    await aTicket(api, { subject });
    await api.drain();
    expect(await found(q)).toContain(subject);
  });

  it('forgives a typing mistake when nothing bears the word, and says so', async () => {
    await aTicket(api, { subject: 'Протекает картридж Самсунг' });
    await api.drain();
    const { tickets } = await search('катридж');
    expect(tickets).toMatchObject({
      isApproximate: true,
      hasMore: false,
      data: [{ subject: 'Протекает картридж Самсунг' }],
    });
    expect(await listed('протекает катридж')).toEqual(['Протекает картридж Самсунг']);
    expect((await api.as(dispatcher).get('/tickets/count').query({ q: 'протекает катридж' })).body).toEqual({
      count: 1,
    });
    expect((await search('картридж')).tickets.isApproximate).toBe(false);
  });

  it('puts the number first, then subjects and names, then the rest', async () => {
    const number = (await aTicket(api, { subject: 'Сама заявка' })).number;
    await aTicket(api, { subject: 'Турникет заклинило' });
    await aTicket(api, { subject: 'Вход', description: '<p>сломан турникет</p>' });
    await aTicket(api, { subject: `Продолжение ${number}` });
    await api.drain();
    expect((await search(String(number))).tickets.data.map(({ subject }) => subject)).toEqual([
      'Сама заявка',
      `Продолжение ${number}`,
    ]);
    expect((await search('турникет')).tickets.data.map(({ subject }) => subject)).toEqual([
      'Турникет заклинило',
      'Вход',
    ]);
  });

  it('UX 17: finds companies and people beside the tickets', async () => {
    const company = await aCompany(api, { name: 'Птицефабрика Северная' });
    await aContact(api, { companyId: company.id, name: 'Пелагея Птицына' });
    expect((await search('птицефабрика')).companies).toEqual([{ id: company.id, name: 'Птицефабрика Северная' }]);
    expect((await search('пелагея')).contacts).toMatchObject([
      { name: 'Пелагея Птицына', companies: [{ id: company.id }] },
    ]);
  });

  it('follows changes: subject, a comment taken back, a company renamed', async () => {
    const company = await aCompany(api, { name: 'Лазурит' });
    const ticket = await aTicket(api, { subject: 'Старое название', companyId: company.id });
    await api.drain();
    await api
      .as(dispatcher)
      .patch(`/tickets/${ticket.id}`)
      .set('if-match', `"${ticket.version}"`)
      .send({ subject: 'Аметистовый' })
      .expect(200);
    await api.get(Companies).update(api.system, company.id, company.version, { name: 'Турмалин' });
    await api.drain();
    expect(await found('аметистовый')).toEqual(['Аметистовый']);
    expect(await found('турмалин')).toEqual(['Аметистовый']);
    expect(await found('лазурит')).toEqual([]);
    expect(await found('"старое название"')).toEqual([]);
    const written = await api
      .as(dispatcher)
      .post(`/tickets/${ticket.id}/comments`)
      .send({ html: '<p>перламутровый</p>', audience: ['internal', 'client'] })
      .expect(201);
    await api.drain();
    expect(await found('перламутровый')).toEqual(['Аметистовый']);
    await api
      .as(dispatcher)
      .post(`/comments/${written.body.id}/undo`)
      .expect((answer) => expect(answer.status).toBeLessThan(300));
    await api.drain();
    expect(await found('перламутровый')).toEqual([]);
  });

  it('S-02: finds nothing that the reader may not see, and counts none of it', async () => {
    const [mine, theirs] = [await aTeam(api), await aTeam(api)];
    const engineer = await anEmployee(api, { role: 'engineer', teamIds: [mine.id] });
    const hidden = await aTicket(api, { subject: 'Секретный криптошлюз', teamId: theirs.id });
    await aTicket(api, { subject: 'Открытый криптошлюз', teamId: mine.id });
    await api.drain();
    for (const q of ['криптошлюз', 'криптошлюс']) {
      expect(await found(q, engineer)).toEqual(['Открытый криптошлюз']);
      expect((await api.as(engineer).get('/tickets/count').query({ q })).body).toEqual({ count: 1 });
    }
    expect(await found('секретный', engineer)).toEqual([]);
    expect(await found(String(hidden.number), engineer)).toEqual([]);
    expect(await listed('-криптошлюз', engineer)).toEqual([]);
  });

  it('R-05: a line that must not see phones does not find by them', async () => {
    const team = await aTeam(api, { hidesClientContacts: true });
    const developer = await anEmployee(api, { role: 'developer', teamIds: [team.id] });
    const contact = await aContact(api, {
      name: 'Фома Скрытный',
      email: 'foma@skrytny.example',
      phones: ['+79998887766'],
    });
    await aTicket(api, { subject: 'Звонок Фомы', contactId: contact.id, teamId: team.id });
    await api.drain();
    expect(await found('+79998887766')).toEqual(['Звонок Фомы']);
    for (const q of ['+79998887766', '9998887766', 'foma@skrytny.example', 'skrytny']) {
      expect([q, await found(q, developer), (await search(q, developer)).contacts]).toEqual([q, [], []]);
    }
    expect(await found('Скрытный', developer)).toEqual(['Звонок Фомы']);
    expect(await listed('contact:foma@skrytny.example', developer)).toEqual([]);
  });

  it.each([
    "' OR 1=1 --",
    '%%%%',
    '\\',
    'a:*',
    '!a & | (b',
    '<-> <->',
    '((((',
    '"',
    '\u{1F600}',
    'x'.repeat(500),
    `${'аб'.repeat(100)} `.repeat(2),
    'нет и не',
    '___',
    '-',
  ])('T-21: the hostile words %j do no harm', async (q) => {
    expect((await api.as(dispatcher).get('/search').query({ q })).status).toBeLessThan(500);
    expect((await api.as(dispatcher).get('/tickets').query({ q })).status).toBeLessThan(500);
  });
});
