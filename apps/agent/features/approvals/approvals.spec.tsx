import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Answer } from '@/testing/network';
import { openAgent, pressKey, signedIn } from '@/testing/render';
import type { Approval, ApprovalPerson } from './approvals.queries';

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
