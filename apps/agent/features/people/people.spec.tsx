import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Answer } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import type { ApiKey } from './api-keys.queries';
import type { Employee } from './employees.queries';
import type { Role } from './roles.queries';
import type { Team } from './teams.queries';

const AT = '2026-11-20T09:00:00.000Z';
const HELD = [
  'people.read',
  'people.manage',
  'people.manage_roles',
  'people.manage_api_keys',
  'tickets.read',
  'clients.read',
];
const preset: Role = {
  id: 'r1',
  code: 'engineer',
  name: { ru: 'Инженер', en: 'Engineer' },
  permissions: ['tickets.read'],
  scope: 'teams',
  categoryIds: [],
  isPreset: true,
  employeeCount: 4,
};
const own: Role = {
  ...preset,
  id: 'r2',
  code: null,
  name: { ru: 'Куратор', en: 'Curator' },
  permissions: ['tickets.read', 'tickets.delete'],
  isPreset: false,
  employeeCount: 0,
};
const groups = {
  data: [
    {
      module: 'tickets',
      label: 'Заявки',
      permissions: [
        { code: 'tickets.read', label: 'Видеть заявки' },
        { code: 'tickets.delete', label: 'Удалять заявки' },
      ],
    },
    { module: 'people', label: 'Сотрудники', permissions: [{ code: 'people.read', label: 'Видеть сотрудников' }] },
  ],
};
const person: Employee = {
  id: 'e1',
  name: 'Мария Иванова',
  email: 'maria@opora.example',
  phone: null,
  phoneExtension: '201',
  locale: 'ru',
  timeZone: null,
  isActive: true,
  position: 'Инженер',
  manager: null,
  roles: [{ id: 'r1', code: 'engineer', name: 'Инженер' }],
  teams: [],
  totpEnabled: true,
  lastSeenAt: null,
  createdAt: AT,
  archivedAt: null,
};
const team: Team = {
  id: 't1',
  name: 'Вторая линия',
  line: 2,
  forbidsClientReplies: true,
  hidesClientContacts: false,
  lead: null,
  members: [{ id: 'e1', name: 'Мария Иванова' }],
  createdAt: AT,
  archivedAt: null,
};
const key: ApiKey = {
  id: 'k1',
  name: 'Обмен с 1С',
  prefix: 'opora_ab12',
  subject: { kind: 'employee', id: 'me', name: 'Алексей Иванов' },
  permissions: ['tickets.read'],
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  createdAt: AT,
};
const page = <Row,>(...data: Row[]) => ({ data, page: { next: null, limit: 100 } });

function server(answers: Record<string, Answer> = {}, permissions = HELD) {
  signedIn({ permissions });
  return mockNetwork({
    'GET /ticket-views': { data: [] },
    'GET /notifications/count': { unread: 0 },
    'GET /roles': page(preset, own),
    'GET /roles/r1': preset,
    'GET /roles/r2': own,
    'GET /permissions': groups,
    'GET /company-categories': {
      data: [{ id: 'vip', code: 'vip', name: 'VIP', color: '#e8590c', companyCount: 0, roles: [] }],
    },
    'GET /employees': page(person),
    'GET /employees/e1': person,
    'GET /teams': page(team),
    'GET /teams/t1': team,
    'GET /api-keys': page(key),
    ...answers,
  });
}

describe('roles', () => {
  it('S-01: the matrix says yes exactly where the role holds the permission', async () => {
    server();
    openAgent('/people/roles');
    const table = await screen.findByRole('table');
    const row = within(table).getByRole('row', { name: /Удалять заявки/ });
    const marks = within(row)
      .getAllByRole('img')
      .map((mark) => mark.getAttribute('aria-label'));
    expect(marks).toEqual(['нет', 'да']);
  });

  it('S-01: a preset is only looked at; its copy becomes an own role', async () => {
    const network = server({ 'POST /roles': own });
    const user = userEvent.setup();
    openAgent('/people/roles/r1');
    expect(await screen.findByRole('checkbox', { name: 'Видеть заявки' })).toHaveProperty('disabled', true);
    expect(screen.queryByRole('button', { name: 'Сохранить' })).toBeNull();
    await user.click(screen.getByRole('link', { name: 'Копировать в свою роль' }));
    await user.click(await screen.findByRole('checkbox', { name: 'Видеть сотрудников' }));
    await user.click(screen.getByRole('button', { name: 'Создать роль' }));
    await waitFor(() =>
      expect(network.sent('POST /roles')).toEqual([
        {
          name: { ru: 'Инженер (копия)', en: 'Engineer (copy)' },
          permissions: ['tickets.read', 'people.read'],
          scope: 'teams',
          categoryIds: [],
        },
      ]),
    );
  });

  it('S-01: what one does not hold himself cannot be handed out', async () => {
    server();
    openAgent('/people/roles/new');
    expect(await screen.findByRole('checkbox', { name: 'Удалять заявки' })).toHaveProperty('disabled', true);
    expect(screen.getByRole('checkbox', { name: 'Видеть заявки' })).toHaveProperty('disabled', false);
    screen.getByText('У вас самих этого права нет');
  });

  it('S-01: the reach by client categories asks for them, and the refusal stands at the field', async () => {
    const network = server({
      'PATCH /roles/r2': new Refusal(422, {
        code: 'validation',
        errors: [
          {
            pointer: '/categoryIds',
            code: 'people.categoriesNeeded',
            message: 'Укажите хотя бы одну категорию клиентов',
          },
          { pointer: '/name/en', code: 'length', message: 'Слишком длинно' },
        ],
      }),
    });
    const user = userEvent.setup();
    openAgent('/people/roles/r2');
    await user.click(await screen.findByRole('radio', { name: 'Выбранные категории клиентов' }));
    await user.click(await screen.findByRole('combobox', { name: /Категории клиентов/ }));
    await user.click(await screen.findByRole('option', { name: 'VIP', hidden: true }));
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await screen.findByText('Укажите хотя бы одну категорию клиентов');
    screen.getByText('Слишком длинно');
    expect(network.sent('PATCH /roles/r2')).toEqual([
      expect.objectContaining({ scope: 'categories', categoryIds: ['vip'] }),
    ]);
  });
});

describe('employees', () => {
  it('S-02: the issued password of a new employee is shown once', async () => {
    const network = server({ 'POST /employees': { employee: person, issuedPassword: 'sosna-7731' } });
    const user = userEvent.setup();
    openAgent('/people/employees/new');
    const form = await screen.findByRole('dialog');
    await user.type(within(form).getByRole('textbox', { name: /^Имя/ }), 'Мария Иванова');
    await user.type(within(form).getByRole('textbox', { name: /Электронная почта/ }), 'maria@opora.example');
    await user.click(within(form).getByRole('button', { name: 'Добавить сотрудника' }));
    await screen.findByText('sosna-7731');
    expect(network.sent('POST /employees')).toEqual([
      {
        name: 'Мария Иванова',
        email: 'maria@opora.example',
        phone: null,
        phoneExtension: null,
        locale: 'ru',
        timeZone: null,
        position: '',
        managerId: null,
        roleIds: [],
        teamIds: [],
      },
    ]);
    await user.click(screen.getByRole('button', { name: 'Сохранил, закрыть' }));
    await waitFor(() => expect(screen.queryByText('sosna-7731')).toBeNull());
  });

  it('S-02: a refused address is told at its field, another refusal in words', async () => {
    server({
      'PATCH /employees/e1': new Refusal(422, {
        code: 'validation',
        errors: [{ pointer: '/email', code: 'isEmail', message: 'Ожидается адрес почты' }],
      }),
    });
    const user = userEvent.setup();
    openAgent('/people/employees/e1');
    await user.click(await screen.findByRole('button', { name: 'Сохранить' }));
    await screen.findByText('Ожидается адрес почты');
    expect(screen.getByRole('textbox', { name: /Электронная почта/ }).getAttribute('aria-invalid')).toBe('true');
  });

  it('S-02: a new password asks first, then is shown once', async () => {
    const network = server({ 'POST /employees/e1/reset-password': { employee: person, issuedPassword: 'buk-9042' } });
    const user = userEvent.setup();
    openAgent('/people/employees/e1');
    await user.click(await screen.findByRole('button', { name: 'Новый пароль' }));
    expect(network.sent('POST /employees/e1/reset-password')).toHaveLength(0);
    const question = await screen.findByRole('dialog', { name: 'Мария Иванова: выдать новый пароль?' });
    await user.click(within(question).getByRole('button', { name: 'Новый пароль' }));
    await screen.findByText('buk-9042');
  });

  it('S-02: who may only look has no form and no deeds', async () => {
    server({}, ['people.read']);
    openAgent('/people/employees/e1');
    await screen.findByText('Инженер', { selector: 'dd' });
    for (const name of ['Сохранить', 'Новый пароль', 'В архив', 'Новый сотрудник'])
      expect(screen.queryByRole('button', { name })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Ключи API' })).toBeNull();
  });
});

describe('teams', () => {
  it('S-02: a team is saved with its line, people and limits', async () => {
    const network = server({ 'PATCH /teams/t1': team });
    const user = userEvent.setup();
    openAgent('/people/teams/t1');
    await user.click(await screen.findByRole('switch', { name: /^Не видит контакты клиентов/ }));
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() =>
      expect(network.sent('PATCH /teams/t1')).toEqual([
        {
          name: 'Вторая линия',
          line: 2,
          leadId: null,
          memberIds: ['e1'],
          forbidsClientReplies: true,
          hidesClientContacts: true,
        },
      ]),
    );
  });
});

describe('API keys', () => {
  it('I-07: the secret of a new key is shown once and is nowhere afterwards', async () => {
    const network = server({ 'POST /api-keys': { apiKey: key, secret: 'opora_ab12_s3cret' } });
    const user = userEvent.setup();
    const { container } = openAgent('/people/api-keys');
    await user.click(await screen.findByRole('button', { name: 'Новый ключ' }));
    await user.type(await screen.findByRole('textbox', { name: /^Название/ }), 'Обмен с 1С');
    expect(screen.getByRole('button', { name: 'Создать ключ' })).toHaveProperty('disabled', true);
    await user.click(await screen.findByRole('checkbox', { name: 'Видеть заявки' }));
    await user.click(screen.getByRole('button', { name: 'Создать ключ' }));
    await screen.findByText('opora_ab12_s3cret');
    await user.keyboard('{Escape}');
    screen.getByText('opora_ab12_s3cret');
    await user.click(screen.getByRole('button', { name: 'Сохранил, закрыть' }));
    await waitFor(() => expect(screen.queryByText('opora_ab12_s3cret')).toBeNull());
    expect(container.ownerDocument.body.innerHTML).not.toContain('s3cret');
    const [sent] = network.sent('POST /api-keys') as { expiresAt: string; permissions: string[] }[];
    expect(sent?.permissions).toEqual(['tickets.read']);
    expect(Date.parse(sent?.expiresAt ?? '')).toBeGreaterThan(Date.now() + 89 * 86_400_000);
  });

  it('I-07: a key is revoked only after the question', async () => {
    const network = server({ 'DELETE /api-keys/k1': undefined });
    const user = userEvent.setup();
    openAgent('/people/api-keys');
    await user.click(await screen.findByRole('button', { name: 'Отозвать ключ «Обмен с 1С»' }));
    expect(network.sent('DELETE /api-keys/k1')).toHaveLength(0);
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Отозвать' }));
    await waitFor(() => expect(network.sent('DELETE /api-keys/k1')).toHaveLength(1));
  });
});
