import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal } from '@/testing/network';
import { openPortal } from '@/testing/render';

const asked = {
  number: 12,
  title: 'Замена сервера',
  text: 'Работы вне договора',
  kind: { id: 'k1', label: 'Работы вне договора' },
  amount: '125000.00',
  currency: 'RUB',
  initiator: 'Анна Диспетчер',
  person: 'Пётр Клиентов',
  askedAt: '2026-11-20T10:00:00Z',
  dueAt: '2026-11-21T10:00:00Z',
  isOverdue: false,
  documents: [],
  missing: [],
  decisions: ['approve', 'return', 'decline'],
  confirmation: 'c-1',
};
const signedOut = { 'POST /portal/auth/refresh': new Refusal(401, { code: 'auth.sessionRevoked' }) };
const DECIDE = 'POST /approvals/link/abc/decision';

describe('the page behind the button of a mail', () => {
  it('AP-08: opening the link decides nothing; the button does', async () => {
    const network = mockNetwork({
      ...signedOut,
      'GET /approvals/link/abc': asked,
      [DECIDE]: { decision: 'approve', state: 'approved' },
    });
    const user = userEvent.setup();
    await openPortal('/approve#t=abc');

    await screen.findByText('Замена сервера');
    expect(screen.getByText(/125\s000,00/)).toBeTruthy();
    expect(network.sent(DECIDE)).toEqual([]);
    expect(screen.getByRole('button', { name: 'Отправить решение' })).toHaveProperty('disabled', true);

    await user.click(screen.getByRole('radio', { name: 'Согласую' }));
    await user.click(screen.getByRole('button', { name: 'Отправить решение' }));

    await screen.findByText('Вы согласовали');
    expect(network.sent(DECIDE)).toEqual([{ decision: 'approve', confirmation: 'c-1' }]);
  });

  it('AP-08: a refusal is sent only with its reason', async () => {
    const network = mockNetwork({
      ...signedOut,
      'GET /approvals/link/abc': asked,
      [DECIDE]: { decision: 'decline', state: 'declined' },
    });
    const user = userEvent.setup();
    await openPortal('/approve#t=abc');

    await user.click(await screen.findByRole('radio', { name: 'Отказать' }));
    const button = screen.getByRole('button', { name: 'Отправить решение' });
    expect(button).toHaveProperty('disabled', true);
    await user.type(screen.getByRole('textbox'), 'Дорого');
    await user.click(button);

    await screen.findByText('Вы отказали');
    expect(network.sent(DECIDE)).toEqual([{ decision: 'decline', comment: 'Дорого', confirmation: 'c-1' }]);
  });

  it('AP-04: without its documents it cannot be approved', async () => {
    mockNetwork({ ...signedOut, 'GET /approvals/link/abc': { ...asked, missing: [{ id: 'd1', label: 'Счёт' }] } });
    await openPortal('/approve#t=abc');
    expect(await screen.findByRole('radio', { name: 'Согласую' })).toHaveProperty('disabled', true);
    expect(screen.getByText(/Счёт/)).toBeTruthy();
  });

  it.each([
    [404, 'Ссылка больше не действует'],
    [410, 'Решение больше не нужно'],
  ])('AP-08: a dead link (%i) says so in words', async (status, words) => {
    mockNetwork({ ...signedOut, 'GET /approvals/link/abc': new Refusal(status, { code: 'x', title: 'Уже решено' }) });
    await openPortal('/approve#t=abc');
    await screen.findByText(words);
    await waitFor(() => expect(screen.queryByRole('radio')).toBeNull());
  });
});
