import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal, type Answer } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { withMarks, type Checklist, type Mark } from './checklists.queries';

const TEMPLATE = {
  id: 't1',
  name: 'Ввод кассы',
  types: [],
  isAutomatic: false,
  axis: null,
  itemCount: 1,
  version: 4,
  archivedAt: null,
  updatedAt: '2026-11-20T09:00:00.000Z',
  items: [
    {
      kind: 'item',
      title: 'Напряжение',
      hint: '',
      isRequired: true,
      requiredTo: ['done'],
      requiredFrom: [],
      isClientVisible: false,
      resultKind: 'number',
      resultLimits: { min: 210, max: 240 },
      assigneeId: null,
      assignee: null,
      plannedSeconds: null,
    },
  ],
};

function open(more: Record<string, Answer> = {}) {
  signedIn({ permissions: ['tickets.read', 'checklists.tick', 'checklists.manage'] });
  const network = mockNetwork({
    'GET /ticket-views': { data: [] },
    'GET /notifications/count': { unread: 0 },
    'GET /ticket-types': { data: [] },
    'GET /checklist-templates/t1': TEMPLATE,
    'PATCH /checklist-templates/t1': { ...TEMPLATE, version: 5 },
    ...more,
  });
  openAgent('/checklists/t1');
  return network;
}
const titles = () => screen.getAllByRole<HTMLInputElement>('textbox', { name: 'Текст' });

describe('editor of checklist templates', () => {
  it('T-12: Enter adds a line, Backspace in an empty one takes it away, a pasted list becomes lines', async () => {
    const network = open();
    await screen.findByDisplayValue('Напряжение');
    await userEvent.click(titles()[0]!);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(titles()[1]));
    await userEvent.keyboard('Чек напечатан{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(titles()[2]));
    await userEvent.keyboard('{Backspace}');
    await waitFor(() => expect(titles().map(({ value }) => value)).toEqual(['Напряжение', 'Чек напечатан']));
    await userEvent.click(titles()[1]!);
    await userEvent.paste('# Сдача\n- Подпись\n- Фото');
    await waitFor(() =>
      expect(titles().map(({ value }) => value)).toEqual(['Напряжение', 'Чек напечатан', 'Сдача', 'Подпись', 'Фото']),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Сохранить' }));
    await waitFor(() => expect(network.sent('PATCH /checklist-templates/t1')).toHaveLength(1));
    const [sent] = network.sent('PATCH /checklist-templates/t1') as { items: { kind: string; title: string }[] }[];
    expect(sent?.items.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'item Напряжение',
      'item Чек напечатан',
      'heading Сдача',
      'item Подпись',
      'item Фото',
    ]);
    expect(sent?.items[0]).toMatchObject({ resultLimits: { min: 210, max: 240 }, requiredTo: ['done'] });
    const patch = network.calls.find(({ route }) => route === 'PATCH /checklist-templates/t1');
    expect(patch?.headers.get('if-match')).toBe('"4"');
  });

  it('T-12: a refusal is shown at its line', async () => {
    const message = 'Наибольшее значение меньше наименьшего';
    const errors = [{ pointer: '/items/0/resultLimits/max', code: 'checklists.limitsCrossed', message }];
    open({ 'PATCH /checklist-templates/t1': new Refusal(422, { code: 'request.invalid', errors }) });
    await screen.findByDisplayValue('Напряжение');
    await userEvent.click(screen.getByRole('button', { name: 'Сохранить' }));
    expect(await screen.findByText(message)).toBeTruthy();
  });
});

describe('ticks on the screen', () => {
  const mark = (itemId: string, subjectId: string | null): Mark => ({
    itemId,
    subjectId,
    state: 'done',
    result: null,
    files: [],
    reason: '',
    by: { kind: 'employee', id: 'me', name: 'Я' },
    at: '2026-11-20T09:00:00.000Z',
  });
  const list = {
    items: [
      { id: 'a', isRequired: true },
      { id: 'b', isRequired: false },
    ],
    marks: [mark('a', 's1'), mark('b', 's1')],
    progress: { done: 2, total: 4, required: 2, requiredDone: 1 },
  } as unknown as Checklist;

  it('T-12: a cell that is cleared goes, one that is ticked comes, the rest stay', () => {
    const cleared = withMarks(list, [{ itemId: 'a', subjectId: 's1', state: null }], []);
    expect(cleared.marks).toEqual([mark('b', 's1')]);
    expect(cleared.progress).toMatchObject({ done: 1, requiredDone: 0, total: 4 });
    const ticked = withMarks(list, [{ itemId: 'a', subjectId: 's2', state: 'done' }], [mark('a', 's2')]);
    expect(ticked.progress).toMatchObject({ done: 3, requiredDone: 2 });
  });
});
