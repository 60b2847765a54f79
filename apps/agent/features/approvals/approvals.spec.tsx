import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Answer } from '@/testing/network';
import { openAgent, pressKey, signedIn } from '@/testing/render';
import type { Approval, ApprovalPerson } from './approvals.queries';
import { newApprover, newStage, type ApprovalRoute } from './route-draft';

const AT = '2026-11-20T09:00:00.000Z';
const DECIDE = 'POST /approvals/12/decision';
const me: ApprovalPerson = { id: 'me', kind: 'employee', name: 'Алексей Иванов', position: 'Экономист' };
const anna: ApprovalPerson = { id: 'e2', kind: 'employee', name: 'Анна Диспетчер', position: null };
const bill = { id: 'd1', label: 'Счёт' };

const asked: Approval = {
  id: 'a1',
  number: 12,
  title: 'Замена сервера',
  text: 'Старый не держит нагрузку',
  kind: { id: 'k1', label: 'Закупка' },
  route: { id: 'r1', label: 'Закупка до 100 МРП' },
  amount: '125000.00',
  currency: 'KZT',
  date: '2026-11-20',
  state: 'waiting',
  isOverdue: false,
  stage: { index: 0, count: 1, name: 'Экономист' },
  initiator: anna,
  waitsFor: [{ person: me, askedAt: AT, dueAt: null, isOverdue: false }],
  ticket: null,
  createdAt: AT,
  finishedAt: null,
  mine: { stepId: 's1', dueAt: null, isOverdue: false },
  choice: {
    route: { id: 'r1', label: 'Закупка до 100 МРП' },
    amount: '125000.00',
    currency: 'KZT',
    date: '2026-11-20',
    by: 'kind',
    routes: [],
  },
  round: 1,
  returned: null,
  basedOn: null,
  foundedHere: [],
  stages: [],
  copies: [],
  executors: [],
  documents: [],
  history: [],
  canDecide: { stepId: 's1', decisions: ['approve', 'return', 'decline'], missing: [] },
  canRecall: false,
  canResubmit: false,
  canHandOver: true,
  canAddDocuments: true,
  sheetHash: null,
  version: 1,
};
const over: Approval = { ...asked, state: 'approved', canDecide: null, mine: null, version: 2 };

function server(approval: Approval, answers: Record<string, Answer> = {}) {
  signedIn({ permissions: ['tickets.read', 'approvals.start'] });
  return mockNetwork({
    'GET /ticket-views': { data: [] },
    'GET /notifications/count': { unread: 0 },
    'GET /approvals/counts': { inbox: 1, overdue: 0, returned: 0, tasks: 0 },
    'GET /approvals/12': approval,
    [DECIDE]: over,
    ...answers,
  });
}

async function openBar(approval: Approval, answers?: Record<string, Answer>) {
  const network = server(approval, answers);
  openAgent('/approvals/12');
  const bar = within(await screen.findByRole('region', { name: 'Ваше решение' }));
  return { network, bar, user: userEvent.setup() };
}

describe('a decision', () => {
  it('AP-01: one press of A agrees', async () => {
    const { network } = await openBar(asked);
    network.answers['GET /approvals/12'] = over;
    pressKey('KeyA', 'ф');
    await waitFor(() => expect(network.sent(DECIDE)).toEqual([{ decision: 'approve', stepId: 's1' }]));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Ваше решение' })).toBeNull());
    expect(await screen.findAllByText('Согласовано')).toHaveLength(2);
  });

  it.each([
    ['KeyR', 'return', 'Вернуть', 'Напишите, что нужно исправить'],
    ['KeyD', 'decline', 'Отклонить', 'Напишите, почему отказываете'],
  ])('AP-01: %s asks for the reason first', async (code, decision, button, words) => {
    const { network, bar, user } = await openBar(asked);
    pressKey(code);
    await bar.findByText(words);
    expect(network.sent(DECIDE)).toEqual([]);
    const reason = bar.getByRole('textbox');
    expect(document.activeElement).toBe(reason);
    await user.type(reason, 'Дорого');
    await user.click(bar.getByRole('button', { name: button }));
    await waitFor(() => expect(network.sent(DECIDE)).toEqual([{ decision, stepId: 's1', comment: 'Дорого' }]));
  });

  it('AP-04: there is no yes without the document, by the button or by the key', async () => {
    const missing = [{ kind: bill, by: 'initiator' as const, isGiven: false }];
    const { network, bar } = await openBar({ ...asked, canDecide: { ...asked.canDecide!, missing } });
    bar.getByText('Сначала приложите: Счёт');
    expect(bar.getByRole('button', { name: 'Согласовать' })).toHaveProperty('disabled', true);
    expect(bar.getByRole('button', { name: 'Вернуть' })).toHaveProperty('disabled', false);
    pressKey('KeyA');
    pressKey('KeyD');
    await bar.findByText('Напишите, почему отказываете');
    expect(network.sent(DECIDE)).toEqual([]);
  });

  it('AP-01: a refusal of the server is told beside the buttons', async () => {
    const refusal = new Refusal(409, { code: 'approvals.notAsked', title: 'Сейчас решения ждут не от вас' });
    const { bar, user } = await openBar(asked, { [DECIDE]: refusal });
    await user.click(bar.getByRole('button', { name: 'Согласовать' }));
    await bar.findByText('Сейчас решения ждут не от вас');
  });
});

const economist = { ...newApprover('role'), roleId: 'role1', label: 'Экономист' };
const stage = (id: string, ru: string) => ({ ...newStage([]), id, name: { ru, en: ru }, approvers: [economist] });
const route: ApprovalRoute = {
  id: 'r1',
  code: null,
  name: { ru: 'Закупка до 100 МРП', en: 'Purchase' },
  label: 'Закупка до 100 МРП',
  kind: { id: 'k1', label: 'Закупка' },
  isActive: true,
  position: 1,
  version: 3,
  over: null,
  upTo: { value: '100', in: 'index', indexId: 'i1' },
  definition: {
    stages: [stage('s1', 'Финансы'), { ...stage('s2', 'Комиссия'), mode: 'k_of_n', k: 9 }],
    copies: [],
    executors: [],
    mergesRepeated: false,
    returnsTo: 'stage',
    needsBase: false,
  },
  archivedAt: null,
  updatedAt: AT,
};
const item = { code: null, name: { ru: '', en: '' }, isActive: true };

function settings(answers: Record<string, Answer>) {
  signedIn({ permissions: ['tickets.read', 'approvals.manage'] });
  return mockNetwork({
    'GET /ticket-views': { data: [] },
    'GET /notifications/count': { unread: 0 },
    'GET /approvals/counts': { inbox: 0, overdue: 0, returned: 0, tasks: 0 },
    'GET /approval-kinds': { data: [{ ...item, id: 'k1', label: 'Закупка' }] },
    'GET /approval-document-kinds': { data: [] },
    'GET /approval-roles': { data: [{ ...item, id: 'role1', label: 'Экономист', holders: [me] }] },
    'GET /approval-indexes': { data: [{ ...item, id: 'i1', label: 'МРП (показатель)', currency: 'KZT', values: [] }] },
    'GET /approval-settings': { currency: 'KZT' },
    'GET /approval-routes': { data: [route], page: { next: null, limit: 200 } },
    'GET /approval-routes/r1': route,
    'GET /approval-routes/r1/versions': { data: [] },
    ...answers,
  });
}

describe('routes', () => {
  it('AP-02: a row tells for which amounts it is and who decides', async () => {
    settings({});
    openAgent('/approvals/routes');
    await screen.findByRole('link', { name: 'Закупка до 100 МРП' });
    await screen.findByText('до 100 МРП');
    screen.getByText('Экономист → Экономист');
  });

  it('AP-01: a route is saved over the version that was read, a refusal stands at its field', async () => {
    const SAVE = 'PATCH /approval-routes/r1';
    const problem = { pointer: '/definition/stages/1/k', code: 'x', message: 'Столько людей в этапе нет' };
    const network = settings({ [SAVE]: new Refusal(422, { code: 'validation.failed', errors: [problem] }) });
    const user = userEvent.setup();
    openAgent('/approvals/routes/r1');
    const votes = await screen.findByRole('textbox', { name: 'Сколько' });
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await screen.findByText('Столько людей в этапе нет');
    expect(votes.getAttribute('aria-invalid')).toBe('true');

    network.answers[SAVE] = { ...route, version: 4 };
    await user.clear(votes);
    await user.type(votes, '2');
    await user.click(screen.getByRole('button', { name: 'Сохранить' }));
    await screen.findByText('Сохранено');
    const last = network.calls.filter((call) => call.route === SAVE).at(-1);
    expect(last?.headers.get('if-match')).toBe('"3"');
    const stages = (last?.body as { definition: { stages: unknown[] } }).definition.stages;
    expect(stages[1]).toMatchObject({ id: 's2', k: 2, approvers: [{ by: 'role', roleId: 'role1' }] });
  });

  it('AP-01: an older version is put into the form and saved as a new one', async () => {
    const { over, upTo, definition } = route;
    const older = {
      version: 2,
      savedAt: AT,
      savedBy: null,
      name: { ru: 'Прежняя', en: 'Former' },
      over,
      upTo,
      definition,
    };
    settings({ 'GET /approval-routes/r1/versions': { data: [{ ...older, version: 3, name: route.name }, older] } });
    const user = userEvent.setup();
    openAgent('/approvals/routes/r1');
    const name = await screen.findByRole('textbox', { name: 'Название по-русски' });
    expect(name).toHaveProperty('value', 'Закупка до 100 МРП');
    await user.click(await screen.findByRole('button', { name: 'Взять за основу' }));
    expect(name).toHaveProperty('value', 'Прежняя');
  });
});
