import { act, screen, waitFor } from '@testing-library/react';
import { mockNetwork } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { aTicket, ticketAnswers } from '@/testing/tickets';

beforeEach(() => signedIn());

it('T-18: an old number leads to the survivor and goes on saying so when the views answer later', async () => {
  const answers = ticketAnswers([]);
  let letViewsAnswer: () => void = () => undefined;
  const asked = new Promise<void>((done) => (letViewsAnswer = done));
  mockNetwork({
    ...answers,
    'GET /tickets/5': aTicket({ number: 5, mergedInto: { id: '7', number: 7, subject: 'Касса' } }),
    'GET /ticket-views': () => asked.then(() => answers['GET /ticket-views']),
  });
  const { address } = openAgent('/tickets/5?pane=full');
  await screen.findByText(/№ 5 объединена с этой заявкой/);
  letViewsAnswer();
  await waitFor(() => expect(address()).toBe('/tickets/7?pane=full&view=v-open'));
  await act(() => new Promise((drawn) => setTimeout(drawn, 50)));
  expect(screen.getByText(/№ 5 объединена с этой заявкой/)).toBeTruthy();
});

it.each([0, 1, 2, 4, 8, 16])('T-18: so does one whose views answer %i ms after the ticket', async (delay) => {
  const answers = ticketAnswers([]);
  let letViewsAnswer: () => void = () => undefined;
  const asked = new Promise<void>((done) => (letViewsAnswer = done));
  mockNetwork({
    ...answers,
    'GET /tickets/5': () => {
      setTimeout(letViewsAnswer, delay);
      return aTicket({ number: 5, mergedInto: { id: '7', number: 7, subject: 'Касса' } });
    },
    'GET /ticket-views': () => asked.then(() => answers['GET /ticket-views']),
  });
  const { address } = openAgent('/tickets/5?pane=full');
  await waitFor(() => expect(address()).toBe('/tickets/7?pane=full&view=v-open'));
  await screen.findByText(/№ 5 объединена с этой заявкой/);
  await act(() => new Promise((drawn) => setTimeout(drawn, 50)));
  expect(screen.getByText(/№ 5 объединена с этой заявкой/)).toBeTruthy();
});
