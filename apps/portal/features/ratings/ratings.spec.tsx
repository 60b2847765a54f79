import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal } from '@/testing/network';
import { openPortal } from '@/testing/render';
import { readRatingLink } from './rating-link';

const linked = {
  ticketNumber: 7,
  ticketSubject: 'Не печатает принтер',
  rating: null,
  canRate: true,
  until: '2026-12-20T10:00:00Z',
};
const rated = (score: string, comment: string | null = null) => ({
  ...linked,
  rating: { score, comment, changedAt: '2026-11-20T10:00:00Z' },
});
const signedOut = { 'POST /portal/auth/refresh': new Refusal(401, { code: 'auth.sessionRevoked' }) };

describe('the rating page of a mail', () => {
  it('Q-02: opening the link records nothing; the button does', async () => {
    let state: object = linked;
    const network = mockNetwork({
      ...signedOut,
      'GET /portal/ratings/link/abc': () => state,
      'POST /portal/ratings/link': () => (state = rated('good', 'Быстро')),
    });
    const user = userEvent.setup();
    await openPortal('/rate#t=abc&s=good');

    expect(await screen.findByRole('radio', { name: 'Хорошо' })).toHaveProperty('checked', true);
    expect(network.sent('POST /portal/ratings/link')).toEqual([]);

    await user.type(screen.getByRole('textbox'), 'Быстро');
    await user.click(screen.getByRole('button', { name: 'Отправить оценку' }));

    await screen.findByText('Спасибо за оценку!');
    expect(network.sent('POST /portal/ratings/link')).toEqual([{ token: 'abc', score: 'good', comment: 'Быстро' }]);
  });

  it('Q-03: the wrong smile can be changed afterwards', async () => {
    let state: object = rated('bad');
    const network = mockNetwork({
      ...signedOut,
      'GET /portal/ratings/link/abc': () => state,
      'POST /portal/ratings/link': () => (state = rated('good')),
    });
    const user = userEvent.setup();
    await openPortal('/rate#t=abc');

    await screen.findByText('Ваша оценка: Плохо');
    await user.click(screen.getByRole('button', { name: 'Изменить оценку' }));
    await user.click(screen.getByRole('radio', { name: 'Хорошо' }));
    await user.click(screen.getByRole('button', { name: 'Отправить оценку' }));

    await screen.findByText('Ваша оценка: Хорошо');
    expect(network.sent('POST /portal/ratings/link')).toEqual([{ token: 'abc', score: 'good' }]);
  });

  it('Q-03: after the time for it the mark stands', async () => {
    mockNetwork({ ...signedOut, 'GET /portal/ratings/link/abc': { ...rated('bad'), canRate: false } });
    await openPortal('/rate#t=abc&s=good');
    await screen.findByText('Ваша оценка: Плохо');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('Q-02: a dead link says so in words', async () => {
    mockNetwork({ ...signedOut, 'GET /portal/ratings/link/abc': new Refusal(404, { code: 'feedback.linkUnknown' }) });
    await openPortal('/rate#t=abc&s=good');
    await screen.findByText('Ссылка больше не действует');
    await waitFor(() => expect(screen.queryByRole('radio')).toBeNull());
  });

  it.each([
    ['#t=abc&s=good', { token: 'abc', score: 'good' }],
    ['#t=abc&s=excellent', { token: 'abc', score: null }],
    ['#s=good', { token: null, score: 'good' }],
    ['', { token: null, score: null }],
  ])('Q-02: the fragment %j is read as %j', (hash, read) => expect(readRatingLink(hash)).toEqual(read));
});
