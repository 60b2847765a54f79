import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Answer } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import type { Company } from './companies.queries';
import type { Contact } from './contacts.queries';
import { rowsInSight } from './object-tree-rows';
import type { ObjectNode, ServiceObject } from './objects.queries';

const AT = '2026-11-20T09:00:00.000Z';
const NOBODY = { employee: null, team: null };
const company: Company = {
  id: 'c1',
  name: 'Ромашка',
  additionalName: 'ООО «Ромашка»',
  site: null,
  email: null,
  phone: '8 (495) 120-10-10',
  contactsHidden: false,
  address: null,
  latitude: null,
  longitude: null,
  comment: null,
  inn: '7707083893',
  timeZone: null,
  isClient: true,
  isPartner: false,
  isSupplier: false,
  responsible: NOBODY,
  categories: [],
  externalIds: {},
  emailDomains: [],
  contactCount: 1,
  objectCount: 2,
  archivedAt: null,
  createdAt: AT,
  version: 3,
  can: { manage: true },
  customFields: {},
  customFieldTexts: {},
};
const contact: Contact = {
  id: 'p1',
  name: 'Мария Петрова',
  position: 'Директор',
  telegram: null,
  locale: 'ru',
  comment: null,
  contactsHidden: false,
  hasPassword: false,
  archivedAt: null,
  createdAt: AT,
  version: 2,
  customFields: {},
  customFieldTexts: {},
  can: { manage: true },
  emails: [{ email: 'maria@romashka.example', isPrimary: true }],
  phones: [],
  memberships: [
    {
      company: { id: 'c1', name: 'Ромашка' },
      isCompanyArchived: false,
      seesCompany: true,
      closesCompany: false,
      isAdmin: true,
      objects: [],
      position: null,
    },
  ],
};
const node = (id: string, parentId: string | null, depth: number, childCount = 0): ObjectNode => ({
  id,
  parentId,
  depth,
  name: `Объект ${id}`,
  kind: 'shop',
  address: null,
  archivedAt: null,
  childCount,
});
const shop: ServiceObject = {
  id: 'b',
  name: 'Объект b',
  kind: 'shop',
  company: { id: 'c1', name: 'Ромашка' },
  parentId: 'a',
  ancestors: [{ id: 'a', name: 'Объект a' }],
  address: null,
  latitude: null,
  longitude: null,
  timeZone: null,
  responsible: NOBODY,
  comment: null,
  externalIds: {},
  archivedAt: null,
  createdAt: AT,
  version: 1,
  customFields: {},
  customFieldTexts: {},
  can: { manage: true },
  effective: {
    address: { value: 'Тула, Ленина, 5', from: { kind: 'object', id: 'a', name: 'Объект a' } },
    timeZone: { value: 'Europe/Moscow', from: { kind: 'company', id: 'c1', name: 'Ромашка' } },
    responsible: null,
  },
};
const page = <Row,>(...data: Row[]) => ({ data, page: { next: null, limit: 100 } });
const PERMISSIONS = ['clients.read', 'clients.manage', 'clients.read_contacts', 'clients.manage_portal'];

function server(answers: Record<string, Answer> = {}, permissions = PERMISSIONS) {
  signedIn({ permissions });
  return mockNetwork({
    'GET /ticket-views': { data: [] },
    'GET /custom-fields': { data: [] },
    'GET /notifications/count': { unread: 0 },
    'GET /companies': page(company),
    'GET /companies/c1': company,
    'GET /companies/c1/object-tree': { data: [node('a', null, 1, 1), node('b', 'a', 2)] },
    'GET /service-objects/b': shop,
    'GET /company-categories': { data: [] },
    'GET /contacts': page(contact),
    'GET /contacts/p1': contact,
    ...answers,
  });
}

/** Opens a fact for writing and puts a text into it. */
async function write(user: ReturnType<typeof userEvent.setup>, label: string, text: string) {
  await user.click(await screen.findByRole('button', { name: new RegExp(`^${label}: .*Изменить`) }));
  const input = screen.getByRole('textbox', { name: label });
  await user.clear(input);
  await user.type(input, `${text}{Enter}`);
}

describe('a company', () => {
  it('C-01: a fact is written over the version that was on the screen', async () => {
    const network = server({ 'PATCH /companies/c1': { ...company, address: 'Москва', version: 4 } });
    const user = userEvent.setup();
    openAgent('/clients/companies/c1');
    await write(user, 'Адрес', 'Москва');
    await screen.findByRole('button', { name: 'Адрес: Москва. Изменить' });
    const call = network.calls.find(({ route }) => route === 'PATCH /companies/c1');
    expect([call?.body, call?.headers.get('if-match')]).toEqual([{ address: 'Москва' }, '"3"']);
  });

  it('C-01: the same field changed by somebody else is shown beside one’s own and overwritten only when told so', async () => {
    const current = { ...company, name: 'Ромашка Плюс', version: 9 };
    const network = server({
      'PATCH /companies/c1': ({ headers }) =>
        headers.get('if-match') === '"9"'
          ? { ...current, name: 'Моё имя', version: 10 }
          : new Refusal(412, {
              code: 'clients.stale',
              detail: 'Запись изменил кто-то другой',
              current,
              conflicts: [{ field: 'name', yours: 'Моё имя', theirs: 'Ромашка Плюс' }],
            }),
    });
    const user = userEvent.setup();
    openAgent('/clients/companies/c1');
    await write(user, 'Название', 'Моё имя');
    const dialog = await screen.findByRole('dialog', { name: 'Это поле уже изменили' });
    within(dialog).getByText('Ромашка Плюс');
    within(dialog).getByText('Моё имя');
    expect(network.sent('PATCH /companies/c1')).toHaveLength(1);
    await user.click(within(dialog).getByRole('button', { name: 'Записать моё' }));
    await screen.findByRole('heading', { name: 'Моё имя' });
    expect(
      network.calls
        .filter(({ route }) => route === 'PATCH /companies/c1')
        .map(({ headers }) => headers.get('if-match')),
    ).toEqual(['"3"', '"9"']);
  });

  it('C-01: keeping the other one’s value writes nothing more', async () => {
    const current = { ...company, name: 'Ромашка Плюс', version: 9 };
    const network = server({
      'PATCH /companies/c1': new Refusal(412, {
        code: 'clients.stale',
        current,
        conflicts: [{ field: 'name', yours: 'Моё имя', theirs: 'Ромашка Плюс' }],
      }),
    });
    const user = userEvent.setup();
    openAgent('/clients/companies/c1');
    await write(user, 'Название', 'Моё имя');
    await user.click(await screen.findByRole('button', { name: 'Оставить как сейчас' }));
    await screen.findByRole('heading', { name: 'Ромашка Плюс' });
    expect(network.sent('PATCH /companies/c1')).toHaveLength(1);
  });

  it('T-03: what is being written into an own field stays when the one before it is saved', async () => {
    const aField = (code: string, ru: string) => ({
      ...{ code, name: { ru, en: ru }, hint: null, type: 'text', options: [], config: {} },
    });
    let letPatchAnswer: () => void = () => undefined;
    const patched = new Promise<void>((done) => (letPatchAnswer = done));
    const network = server({
      'GET /custom-fields': { data: [aField('code', 'Код'), aField('region', 'Регион')] },
      'PATCH /companies/c1': ({ body }) =>
        patched.then(() => ({ ...company, version: 4, ...(body as Pick<Company, 'customFields'>) })),
    });
    const user = userEvent.setup();
    openAgent('/clients/companies/c1');
    await user.type(await screen.findByRole('textbox', { name: 'Код' }), 'A-9');
    const region = screen.getByRole('textbox', { name: 'Регион' });
    await user.type(region, 'Юг');
    await act(async () => letPatchAnswer());
    await act(() => new Promise((drawn) => setTimeout(drawn, 50)));
    expect(screen.getByRole('textbox', { name: 'Регион' })).toHaveProperty('value', 'Юг');
    await user.tab();
    await waitFor(() =>
      expect(network.sent('PATCH /companies/c1')).toEqual([
        { customFields: { code: 'A-9' } },
        { customFields: { region: 'Юг' } },
      ]),
    );
    // The version that was on the screen when the second was begun: somebody else's region would not be wiped out.
    expect(network.calls.at(-1)?.headers.get('if-match')).toBe('"3"');
  });

  it('C-01: a refused value stays in its field with the reason', async () => {
    server({
      'PATCH /companies/c1': new Refusal(422, {
        code: 'validation',
        errors: [{ pointer: '/inn', code: 'isInn', message: 'Ожидается ИНН' }],
      }),
    });
    const user = userEvent.setup();
    openAgent('/clients/companies/c1');
    await write(user, 'ИНН', '12');
    await screen.findByText('Ожидается ИНН');
    expect(screen.getByRole('textbox', { name: 'ИНН' })).toHaveProperty('value', '12');
  });

  it('C-01: suspected doubles are listed, and the company is created only when told so', async () => {
    const duplicates = [{ id: 'c1', name: 'Ромашка', inn: '7707083893', archivedAt: AT, sameBy: ['inn'] }];
    const network = server({
      'POST /companies': ({ body }) =>
        (body as { confirmDuplicate?: boolean }).confirmDuplicate
          ? company
          : new Refusal(409, { code: 'clients.duplicateCompany', detail: 'Похоже', duplicates }),
    });
    const user = userEvent.setup();
    openAgent('/clients/companies');
    await user.click(await screen.findByRole('button', { name: 'Новая компания' }));
    const form = await screen.findByRole('dialog');
    await user.type(within(form).getByRole('textbox', { name: /^Название/ }), 'Ромашка 2');
    await user.click(within(form).getByRole('button', { name: 'Добавить компанию' }));
    const warning = await within(form).findByRole('alert');
    within(warning).getByRole('link', { name: 'Ромашка' });
    within(warning).getByText('тот же ИНН');
    await user.click(within(warning).getByRole('button', { name: 'Всё равно создать' }));
    await waitFor(() => expect(network.sent('POST /companies')).toHaveLength(2));
    expect(network.sent('POST /companies')[1]).toMatchObject({ name: 'Ромашка 2', confirmDuplicate: true });
  });

  it('C-01: without the right nothing can be written', async () => {
    server({ 'GET /companies/c1': { ...company, can: { manage: false } } }, ['clients.read']);
    openAgent('/clients/companies/c1');
    await screen.findByText('ООО «Ромашка»');
    expect(screen.queryByRole('button', { name: /Изменить/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'В архив' })).toBeNull();
  });
});

describe('service objects', () => {
  it('C-04: an object tells what it inherits and from where', async () => {
    server();
    const user = userEvent.setup();
    openAgent('/clients/companies/c1');
    await user.click(await screen.findByRole('treeitem', { name: /Объект b/ }));
    await screen.findByText('Тула, Ленина, 5');
    screen.getByText('унаследовано: Объект a');
    screen.getByText('унаследовано: компания Ромашка');
  });

  it('C-04: a closed branch hides everything below, a search shows the way to what it finds', () => {
    const nodes = [node('a', null, 1, 1), node('b', 'a', 2, 1), node('c', 'b', 3), node('d', null, 1)];
    const ids = (rows: ObjectNode[]) => rows.map(({ id }) => id).join('');
    expect(ids(rowsInSight(nodes, new Set(), ''))).toBe('ad');
    expect(ids(rowsInSight(nodes, new Set(['b']), ''))).toBe('ad');
    expect(ids(rowsInSight(nodes, new Set(['a', 'b']), ''))).toBe('abcd');
    expect(ids(rowsInSight(nodes, new Set(), 'объект c'))).toBe('abc');
  });
});

describe('a contact', () => {
  it('C-03: several addresses are written at once, the first is the main one', async () => {
    const network = server({ 'PATCH /contacts/p1': contact });
    const user = userEvent.setup();
    openAgent('/clients/contacts/p1');
    await user.click(await screen.findByRole('button', { name: /^Адреса почты: .*Изменить/ }));
    await user.click(screen.getByRole('button', { name: 'Ещё адрес' }));
    await user.type(screen.getByRole('textbox', { name: 'Адреса почты: 2' }), 'masha@mail.example');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() =>
      expect(network.sent('PATCH /contacts/p1')).toEqual([
        { emails: ['maria@romashka.example', 'masha@mail.example'] },
      ]),
    );
  });

  it('C-03: rights in a company are told in words and replaced whole', async () => {
    const network = server({ 'PUT /contacts/p1/memberships/c1': contact });
    const user = userEvent.setup();
    openAgent('/clients/contacts/p1');
    await screen.findByText('Администратор компании');
    await user.click(screen.getByRole('button', { name: 'Мария Петрова: права в «Ромашка»' }));
    await user.click(await screen.findByRole('checkbox', { name: 'Закрывает любые' }));
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() =>
      expect(network.sent('PUT /contacts/p1/memberships/c1')).toEqual([
        { seesCompany: true, closesCompany: true, isAdmin: true, position: null, objectIds: [] },
      ]),
    );
  });

  it('C-03: an issued portal password is shown once', async () => {
    server({
      'POST /contacts/p1/invite': { login: 'maria@romashka.example', issuedPassword: 'kedr-2481', sentTo: null },
    });
    const user = userEvent.setup();
    openAgent('/clients/contacts/p1');
    await user.click(await screen.findByRole('button', { name: 'Пригласить на портал' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Выдать пароль' }));
    await screen.findByText('kedr-2481');
    await user.click(screen.getByRole('button', { name: 'Сохранил, закрыть' }));
    await waitFor(() => expect(screen.queryByText('kedr-2481')).toBeNull());
  });
});

describe('categories', () => {
  it('C-02: a category tells how many companies and which roles use it', async () => {
    server({
      'GET /company-categories': {
        data: [
          {
            id: 'vip',
            code: 'vip',
            name: 'VIP',
            color: '#e8590c',
            companyCount: 5,
            roles: [{ id: 'r', name: { ru: 'Куратор VIP', en: 'VIP lead' } }],
          },
        ],
      },
    });
    openAgent('/clients/categories');
    const link = await screen.findByRole('link', { name: '5 компаний' });
    expect(link.getAttribute('href')).toBe('/clients/companies?category=vip');
    screen.getByText('Ограничивает роли: Куратор VIP');
  });
});
