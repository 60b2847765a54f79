import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { ticketAnswers } from '@/testing/tickets';
import { macroSlots } from './slots';

const aTemplate = (id: string, name: string, values: object) => ({
  ...{ id, name, values, description: null, checklistTemplateIds: [], problems: [] },
});

it('T-16: a template that is looked up late takes nothing from what was typed meanwhile, the last chosen counts', async () => {
  signedIn();
  let letAnswer: () => void = () => undefined;
  const asked = new Promise<void>((done) => (letAnswer = done));
  mockNetwork({
    ...ticketAnswers([]),
    'POST /ticket-forms/verdict': new Refusal(503, {}),
    'GET /ticket-templates': {
      data: [
        aTemplate('t1', 'Замена кассы', { companyId: 'c1', subject: 'Заменить кассу' }),
        aTemplate('t2', 'Выезд', { companyId: 'c2', description: '<p>Выехать</p>' }),
      ],
      page: { next: null, limit: 200 },
    },
    'GET /companies/c1': () => asked.then(() => ({ id: 'c1', name: 'Ромашка' })),
    'GET /companies/c2': () => asked.then(() => ({ id: 'c2', name: 'Берёзка' })),
  });
  openAgent('/tickets/new', { create: macroSlots.create! });
  const choose = async (name: string) => {
    await userEvent.click(await screen.findByRole('combobox', { name: 'Шаблон' }));
    await userEvent.click(await screen.findByRole('option', { name, hidden: true }));
  };
  await choose('Замена кассы');
  await choose('Выезд');
  const subject = screen.getByRole('textbox', { name: /Тема/ });
  await userEvent.type(subject, 'Своя тема');
  await act(async () => letAnswer());
  await waitFor(() => expect(document.body.textContent).toContain('Выехать'));
  await act(() => new Promise((drawn) => setTimeout(drawn, 50)));
  expect(subject).toHaveProperty('value', 'Своя тема');
});
