import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import type { Process, ProcessProblem, Status, Transition, Whole } from './processes.queries';

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
    x: null,
    y: null,
    isInherited: false,
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
    guards: [],
    isInherited: false,
  },
  ...way,
});

const aProblem = (statusId: string, kind: ProcessProblem['kind'], message: string): ProcessProblem => ({
  ...{ statusId, kind, message, transitionId: null, typeId: null, processId: null },
});

const aProcess = (): Process => ({
  ...{
    id: 'p1',
    code: 'default',
    label: 'Основная',
    name: text('Основная'),
    initialStatusId: 'Новая',
    isDefault: true,
    baseId: null,
    version: 2,
    revision: 5,
    hasDraft: false,
  },
  base: null,
  draft: null,
  own: {
    name: text('Основная'),
    initialStatusId: 'Новая',
    statuses: [],
    transitions: [],
    hiddenStatusIds: [],
    hiddenTransitionIds: [],
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
    aProblem('Забытая', 'unreachable', 'В статус «Забытая» не попадает ни одна заявка'),
    aProblem('Тупик', 'dead_end', 'Из статуса «Тупик» нет выхода'),
  ],
});

const answers = (process = aProcess()) => ({
  'GET /ticket-views': { data: [] },
  'GET /notifications/count': { unread: 0 },
  'GET /processes': { data: [process] },
  'GET /processes/p1': process,
  'GET /ticket-types': { data: [] },
  'GET /custom-fields': { data: [] },
  'GET /transition-guards': { data: [] },
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
  expect(screen.getAllByText(/В статус «Забытая» не попадает ни одна заявка/)).not.toHaveLength(0);
  expect(screen.getAllByText(/Из статуса «Тупик» нет выхода/)).not.toHaveLength(0);
  const marked = nodes().filter((node) => node.hasAttribute('data-problem'));
  expect(marked.map((node) => node.getAttribute('data-status')).sort()).toEqual(['Забытая', 'Тупик']);
});

const drafted = (process: Process, change: Partial<Whole>): Process => ({
  ...process,
  hasDraft: true,
  revision: process.revision + 1,
  draft: {
    definition: process.own,
    initialStatusId: process.initialStatusId,
    statuses: process.statuses,
    transitions: process.transitions,
    problems: [],
    savedAt: '2026-11-22T09:00:00.000Z',
    savedBy: 'Администратор',
    ...change,
  },
});

test('T-05: a new transition goes into a draft and appears in the picture and in the table at once', async () => {
  const process = aProcess();
  const added = aWay('Тупик', 'Решена');
  const after = drafted(process, { transitions: [...process.transitions, added] });
  const network = mockNetwork({ ...answers(process), 'PUT /processes/p1/draft': after });
  const user = userEvent.setup();
  openAgent('/ticket-config/processes/p1');
  await screen.findByRole('img', { name: /переходов 5/ });
  await user.click(screen.getByRole('button', { name: 'Новый переход из «Тупик»' }));
  await user.click(await screen.findByRole('combobox', { name: /В статус/ }));
  // Both lists of statuses are in the page; the second one belongs to «В статус».
  await user.click((await screen.findAllByRole('option', { name: 'Решена', hidden: true })).at(-1) as HTMLElement);
  network.answers['GET /processes/p1'] = after;
  await user.click(screen.getByRole('button', { name: 'Создать' }));
  await waitFor(() => expect(drawn()).toContain('Тупик-Решена'));
  expect(listed()).toContain('Тупик-Решена');
  const [call] = network.calls.filter(({ route }) => route === 'PUT /processes/p1/draft');
  expect(call?.headers.get('if-match')).toBe('"5"');
  expect(call?.body).toMatchObject({
    transitions: [{ fromId: 'Тупик', toId: 'Решена', name: null, typeIds: null, roleCodes: null, guards: [] }],
  });
  expect(screen.queryByText('В процессе есть разрывы')).toBeNull();
  expect(screen.getByText(/по нему ещё никто не работает/)).toBeTruthy();
});

test('T-05: a draft with faults is not published; without them tickets of a vanished status need a place', async () => {
  const process = drafted(aProcess(), {});
  const check = { problems: [aProblem('Тупик', 'dead_end', 'Из «Тупик» нет выхода')], moves: [] as object[] };
  const network = mockNetwork({
    ...answers(process),
    'POST /processes/p1/check': () => check,
    'POST /processes/p1/publish': { ...aProcess(), version: 3, revision: 7 },
  });
  const user = userEvent.setup();
  openAgent('/ticket-config/processes/p1');
  await user.click(await screen.findByRole('button', { name: 'Опубликовать' }));
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByText('Из «Тупик» нет выхода');
  expect(within(dialog).getByRole('button', { name: 'Опубликовать' })).toHaveProperty('disabled', true);
  await user.click(within(dialog).getByRole('button', { name: 'Отмена' }));

  check.problems = [];
  check.moves = [{ statusId: 'Старый', name: 'Старый', tickets: 4 }];
  await user.click(screen.getByRole('button', { name: 'Опубликовать' }));
  const again = await screen.findByRole('dialog');
  await user.click(await within(again).findByRole('combobox', { name: /Старый.*4/ }));
  expect(within(again).getByRole('button', { name: 'Опубликовать' })).toHaveProperty('disabled', true);
  await user.click(await screen.findByRole('option', { name: 'В работе', hidden: true }));
  await user.click(within(again).getByRole('button', { name: 'Опубликовать' }));
  await waitFor(() => expect(network.sent('POST /processes/p1/publish')).toEqual([{ moves: { Старый: 'В работе' } }]));
});

test('T-05: a variant shows what is of its base, and hides it instead of changing it', async () => {
  const base = aProcess();
  const process: Process = {
    ...aProcess(),
    baseId: 'p0',
    statuses: aProcess().statuses.map((status) => ({ ...status, isInherited: status.id !== 'Тупик' })),
    transitions: aProcess().transitions.map((way) => ({ ...way, isInherited: true })),
    base: {
      id: 'p0',
      label: 'Основная',
      initialStatusId: 'Новая',
      statuses: base.statuses,
      transitions: base.transitions,
    },
    own: { ...base.own, initialStatusId: null, hiddenStatusIds: [], statuses: [], transitions: [] },
  };
  const network = mockNetwork({ ...answers(process), 'PUT /processes/p1/draft': drafted(process, {}) });
  const user = userEvent.setup();
  openAgent('/ticket-config/processes/p1');
  await screen.findByRole('img', { name: /Схема процесса/ });
  expect(nodes().filter((node) => node.hasAttribute('data-inherited'))).toHaveLength(4);
  await user.click(screen.getByRole('button', { name: 'Статус «Забытая»' }));
  const card = await screen.findByRole('dialog');
  expect(within(card).getByRole('textbox', { name: /Название по-русски/ })).toHaveProperty('disabled', true);
  await user.click(within(card).getByRole('button', { name: 'Скрыть в этом варианте' }));
  await waitFor(() =>
    expect(network.sent('PUT /processes/p1/draft')).toEqual([
      expect.objectContaining({ hiddenStatusIds: ['Забытая'] }),
    ]),
  );
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
