import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Answer } from '@/testing/network';
import { openAgent, pressKey, signedIn } from '@/testing/render';
import { aTicket, ticketAnswers } from '@/testing/tickets';

const aField = (name: string, label: string) => ({
  ...{ name, label, type: 'text', hint: null, reference: null, isVisible: true, isRequired: false },
  ...{ isReadOnly: false, allowed: null, options: null, config: {}, because: [] },
});
const customFields = { serial: 'A-1', model: 'B-2' };
const customTexts = customFields;
const ticket = aTicket({ customFields, customTexts });

function server(answers: Record<string, Answer>) {
  signedIn();
  return mockNetwork({
    ...ticketAnswers([], ticket),
    'POST /ticket-forms/verdict': {
      fields: [aField('cf.serial', 'Серийный номер'), aField('cf.model', 'Модель')],
      problems: [],
    },
    ...answers,
  });
}

/** The ticket with the panel of its fields. */
async function openFields() {
  openAgent('/tickets/7?pane=full');
  await screen.findByRole('button', { name: 'Не печатает принтер' });
  pressKey('KeyI', 'ш');
}

/** Opens a field for writing and puts a text into it. */
async function write(stored: string, label: string, text: string) {
  await userEvent.click(await screen.findByRole('button', { name: stored }));
  const input = screen.getByRole('textbox', { name: label });
  await userEvent.clear(input);
  await userEvent.type(input, text);
  return input;
}

it('T-03: what is being written stays when the field before it is saved', async () => {
  let letPatchAnswer: () => void = () => undefined;
  const patched = new Promise<void>((done) => (letPatchAnswer = done));
  const after = aTicket({
    version: 4,
    customFields: { ...customFields, serial: 'A-9' },
    customTexts: { ...customTexts, serial: 'A-9' },
  });
  const network = server({ 'PATCH /tickets/7': () => patched.then(() => after) });
  await openFields();
  await write('A-1', 'Серийный номер', 'A-9{Enter}');
  const model = await write('B-2', 'Модель', 'B-3');
  await act(async () => letPatchAnswer());
  await screen.findByRole('button', { name: 'A-9' });
  expect(model.isConnected).toBe(true);
  expect(model).toHaveProperty('value', 'B-3');
  expect(network.sent('PATCH /tickets/7')).toEqual([{ customFields: { serial: 'A-9' } }]);
});

it('T-03: somebody else’s value of the same field stays beside one’s own until one decides', async () => {
  const theirs = aTicket({
    version: 4,
    customFields: { ...customFields, serial: 'C-7' },
    customTexts: { ...customTexts, serial: 'C-7' },
  });
  const conflict = { field: 'customFields.serial', base: 'A-1', yours: 'A-9', theirs: 'C-7', by: 'Мария', at: null };
  const network = server({
    'PATCH /tickets/7': new Refusal(412, { code: 'tickets.conflict', current: theirs, conflicts: [conflict] }),
  });
  await openFields();
  await write('A-1', 'Серийный номер', 'A-9');
  network.answers['GET /tickets/7'] = theirs;
  await userEvent.keyboard('{Enter}');
  const dialog = await screen.findByRole('dialog', { name: 'Это поле уже изменили' });
  await waitFor(() => expect(network.calls.filter(({ route }) => route === 'GET /tickets/7')).toHaveLength(2));
  await act(() => new Promise((drawn) => setTimeout(drawn, 50)));
  expect(dialog.isConnected).toBe(true);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Оставить как есть' }));
  await screen.findByRole('button', { name: 'C-7' });
  expect(screen.queryByRole('textbox', { name: 'Серийный номер' })).toBeNull();
  expect(network.sent('PATCH /tickets/7')).toHaveLength(1);
});
