import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import type { Process, Status, Transition } from './processes.queries';

const text = (ru: string) => ({ ru, en: ru });
const aStatus = (id: string, position: number, status: Partial<Status> = {}): Status => ({
  ...{
    id,
    code: id,
    label: id,
    name: text(id),
    clientName: text(`клиенту: ${id}`),
    color: 'blue',
    category: 'in_work',
    position,
    isFinal: false,
  },
  ...status,
});
const aWay = (fromId: string, toId: string, way: Partial<Transition> = {}): Transition => ({
  ...{
    id: `${fromId}-${toId}`,
    fromId,
    toId,
    name: null,
    typeIds: null,
    roleCodes: null,
    requiresComment: false,
    availableForClient: false,
    position: 0,
  },
  ...way,
});

const aProcess = (): Process => ({
  ...{
    id: 'p1',
    code: 'default',
    label: 'Основная',
    name: text('Основная'),
    initialStatusId: 'Новая',
    isDefault: true,
  },
  statuses: [
    aStatus('Решена', 3, { isFinal: true, category: 'done' }),
    aStatus('Новая', 1, { category: 'new' }),
    aStatus('В работе', 2),
    aStatus('Забытая', 4),
    aStatus('Тупик', 5),
  ],
  transitions: [
    aWay('Новая', 'В работе'),
    aWay('В работе', 'Решена', { requiresComment: true }),
    aWay('Решена', 'В работе', { availableForClient: true }),
    aWay('В работе', 'Тупик'),
    aWay('Забытая', 'В работе'),
  ],
  problems: [
    { statusId: 'Забытая', kind: 'unreachable' },
    { statusId: 'Тупик', kind: 'dead_end' },
  ],
});

const answers = (process = aProcess()) => ({
  'GET /ticket-views': { data: [] },
  'GET /notifications/count': { unread: 0 },
  'GET /processes': { data: [process] },
  'GET /processes/p1': process,
  'GET /ticket-types': { data: [] },
  'GET /roles': { data: [], page: { next: null, limit: 200 } },
});

const drawn = () =>
  [...document.querySelectorAll('svg [data-transition]')].map((line) => line.getAttribute('data-transition')).sort();
const listed = () =>
  [...document.querySelectorAll('table [data-transition]')].map((way) => way.getAttribute('data-transition')).sort();
const nodes = () => [...document.querySelectorAll('svg [data-status]')];

/** Keystroke by keystroke takes seconds in a long form. */
const fill = (input: Element, value: string) => void fireEvent.change(input, { target: { value } });

beforeEach(() => signedIn({ permissions: ['tickets.read', 'tickets.configure', 'people.read'] }));

test('T-05: the diagram and the table are drawn from one definition', async () => {
  const process = aProcess();
  mockNetwork(answers(process));
  openAgent('/ticket-config/processes/p1');
  await screen.findByRole('img', { name: /статусов 5, переходов 5/ }, { timeout: 20_000 });
  const ids = process.transitions.map(({ id }) => id).sort();
  expect(drawn()).toEqual(ids);
  expect(listed()).toEqual(ids);
  expect(nodes()).toHaveLength(5);
  const rows = within(screen.getByRole('table')).getAllByRole('rowheader');
  expect(rows.map((row) => within(row).getByRole('button').textContent)).toEqual([
    'Новая',
    'В работе',
    'Решена',
    'Забытая',
    'Тупик',
  ]);
  const ways = within(screen.getByRole('list', { name: 'Переходы из статуса «В работе»' })).getAllByRole('button', {
    name: /^Переход/,
  });
  expect(ways.map((way) => way.getAttribute('aria-label'))).toEqual([
    'Переход «В работе» → «Решена»',
    'Переход «В работе» → «Тупик»',
  ]);
});

test('T-05: statuses nobody reaches or leaves are told in words and marked in the picture', async () => {
  mockNetwork(answers());
  openAgent('/ticket-config/processes/p1');
  await screen.findByRole('img', { name: /Схема процесса/ });
  expect(screen.getByText(/В статус «Забытая» не попадает ни одна заявка/)).toBeTruthy();
  expect(screen.getByText(/Из статуса «Тупик» нет выхода/)).toBeTruthy();
  const marked = nodes().filter((node) => node.hasAttribute('data-problem'));
  expect(marked.map((node) => node.getAttribute('data-status')).sort()).toEqual(['Забытая', 'Тупик']);
});

test('T-05: a new transition appears in the picture and in the table at once', async () => {
  const process = aProcess();
  const added = aWay('Тупик', 'Решена');
  const network = mockNetwork({
    ...answers(process),
    'POST /processes/p1/transitions': { ...process, transitions: [...process.transitions, added], problems: [] },
  });
  const user = userEvent.setup();
  openAgent('/ticket-config/processes/p1');
  await screen.findByRole('img', { name: /переходов 5/ });
  await user.click(screen.getByRole('button', { name: 'Новый переход из «Тупик»' }));
  await user.click(await screen.findByRole('combobox', { name: /В статус/ }));
  // Both lists of statuses are in the page; the second one belongs to «В статус».
  await user.click((await screen.findAllByRole('option', { name: 'Решена', hidden: true })).at(-1) as HTMLElement);
  network.answers['GET /processes/p1'] = { ...process, transitions: [...process.transitions, added], problems: [] };
  await user.click(screen.getByRole('button', { name: 'Создать' }));
  await waitFor(() => expect(drawn()).toContain('Тупик-Решена'));
  expect(listed()).toContain('Тупик-Решена');
  expect(network.sent('POST /processes/p1/transitions')).toEqual([
    expect.objectContaining({ fromId: 'Тупик', toId: 'Решена', name: null, typeIds: null, roleCodes: null }),
  ]);
  expect(screen.queryByText('В процессе есть разрывы')).toBeNull();
});

test('T-05: who may not configure sees the process without buttons to change it', async () => {
  signedIn({ permissions: ['tickets.read'] });
  mockNetwork(answers());
  openAgent('/ticket-config/processes/p1');
  await screen.findByRole('img', { name: /Схема процесса/ });
  expect(screen.queryByRole('button', { name: /Новый переход/ })).toBeNull();
  expect(screen.queryByRole('button', { name: /Новый статус/ })).toBeNull();
});

test("T-02: a type's form sends the asked fields in order; the server's refusal lands on its field", async () => {
  const network = mockNetwork({
    ...answers(),
    'POST /ticket-types': () =>
      new Refusal(422, {
        code: 'request.invalid',
        detail: 'Проверьте поля',
        errors: [{ pointer: '/name/en', code: 'x', message: 'Слишком длинно' }],
      }),
  });
  const user = userEvent.setup();
  openAgent('/ticket-config/types/new');
  fill(await screen.findByRole('textbox', { name: /Название по-русски/ }), 'Выезд');
  fill(screen.getByRole('textbox', { name: /Название по-английски/ }), 'Visit');
  fill(screen.getByRole('textbox', { name: /Код/ }), 'visit');
  await user.click(screen.getByRole('checkbox', { name: 'Объект обслуживания: Сотрудникам, обязательно' }));
  await user.click(screen.getByRole('checkbox', { name: 'Файлы: Сотрудникам, спросить' }));
  await user.click(screen.getByRole('checkbox', { name: 'Файлы: На портале, спросить' }));
  await user.click(screen.getByRole('button', { name: 'Выше: Объект обслуживания' }));
  await user.click(screen.getByRole('button', { name: 'Создать' }));
  expect(await screen.findByText('Слишком длинно')).toBeTruthy();
  const [sent] = network.sent('POST /ticket-types') as {
    name: object;
    form: { field: string; isRequired: boolean }[];
  }[];
  expect(sent?.name).toEqual({ ru: 'Выезд', en: 'Visit' });
  expect(sent?.form.map(({ field }) => field)).toEqual(['description', 'companyId', 'objectId', 'contactId']);
  expect(sent?.form.find(({ field }) => field === 'objectId')?.isRequired).toBe(true);
});
