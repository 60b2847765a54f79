import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { ticketAnswers } from '@/testing/tickets';

const change = (id: string, field: string, after: string) => ({
  id,
  at: '2026-11-20T09:00:00.000Z',
  field,
  before: null,
  after,
  beforeLabel: null,
  afterLabel: null,
  version: 2,
  actor: { kind: 'employee', id: 'me', name: 'Алексей Иванов' },
  cause: { kind: 'user', id: null, name: null, reason: null },
});

it('B-01: the day of worked time is read in the language of the screen', async () => {
  signedIn();
  mockNetwork({
    ...ticketAnswers([]),
    'GET /tickets/7/history': {
      data: [
        change('h1', 'timeEntries', '1:30 · Алексей Иванов · 2026-11-22 · акт от 2026-01-31'),
        change('h2', 'customFields.bought', '2025-03-01'),
      ],
      page: { next: null, limit: 100 },
    },
  });
  openAgent('/tickets/7?pane=full');
  await userEvent.click(await screen.findByRole('button', { name: 'О заявке' }));
  await userEvent.click(await screen.findByRole('tab', { name: 'История' }));
  // What somebody has written himself stays as he wrote it.
  expect(await screen.findByText('→ 1:30 · Алексей Иванов · 22 нояб. 2026 г. · акт от 2026-01-31')).toBeTruthy();
  expect(screen.getByText('→ 1 мар. 2025 г.')).toBeTruthy();
});
