import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, Refusal } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import { aTicket, ticketAnswers } from '@/testing/tickets';

const FIRST = { id: 't1', name: 'Первая линия', line: 1 };
const ALIKE = { id: 't2', name: 'Вечерняя смена', line: 1 };
const THIRD = { id: 't3', name: 'Разработка', line: 3 };
const TEAMS = { data: [FIRST, ALIKE, THIRD], page: { next: null, limit: 200 } };
const can = aTicket().can;

beforeEach(() => signedIn());

describe('R-05: handing over', () => {
  const onFirst = aTicket({ team: FIRST, handoverCount: 2 });
  const answers = {
    ...ticketAnswers([], onFirst),
    'GET /directory/teams': TEAMS,
    'POST /tickets/7/assign': aTicket({ team: THIRD, handoverCount: 3 }),
  };
  const pick = async (name: string) => {
    await userEvent.click(await screen.findByRole('combobox', { name: 'Группа' }));
    await userEvent.clear(screen.getByRole('combobox', { name: 'Группа' }));
    await userEvent.click(await screen.findByRole('option', { name: new RegExp(name), hidden: true }));
  };

  it('to another line asks why, and the ticket says how often it went around', async () => {
    const network = mockNetwork(answers);
    openAgent('/tickets/7');
    expect(await screen.findByText('Передана 2 раза')).toBeTruthy();
    await pick('Разработка');
    const dialog = await screen.findByRole('dialog', { name: 'Передать группе «Разработка»?' });
    expect(within(dialog).getByText(/с линии 1 на линию 3/)).toBeTruthy();
    const send = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Передать' });
    expect(send.disabled).toBe(true);
    expect(network.sent('POST /tickets/7/assign')).toEqual([]);
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Почему/ }), '  Ошибка в коде ');
    await userEvent.click(send);
    await waitFor(() =>
      expect(network.sent('POST /tickets/7/assign')).toEqual([{ teamId: 't3', reason: 'Ошибка в коде' }]),
    );
    expect(await screen.findByText('Передана 3 раза')).toBeTruthy();
  });

  it('is not done when the question is closed', async () => {
    const network = mockNetwork(answers);
    openAgent('/tickets/7');
    await pick('Разработка');
    await userEvent.click(
      within(await screen.findByRole('dialog', { name: /Передать группе/ })).getByRole('button', { name: 'Отмена' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog', { name: /Передать группе/ })).toBeNull());
    expect(network.sent('POST /tickets/7/assign')).toEqual([]);
    expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Группа' }).value).toBe('Первая линия');
  });

  it('within a line asks nothing', async () => {
    const network = mockNetwork(answers);
    openAgent('/tickets/7');
    await pick('Вечерняя смена');
    await waitFor(() => expect(network.sent('POST /tickets/7/assign')).toEqual([{ teamId: 't2' }]));
    expect(screen.queryByRole('dialog', { name: /Передать группе/ })).toBeNull();
  });
});

describe('T-26: sight of a ticket given by name', () => {
  const grant = {
    kind: 'employee',
    id: 'maria',
    name: 'Мария Кузнецова',
    expiresAt: '2099-01-01T09:00:00.000Z',
    grantedBy: 'Алексей Иванов',
    createdAt: '2026-11-20T09:00:00.000Z',
  };
  const granted = (more = {}) =>
    mockNetwork({
      ...ticketAnswers([], aTicket({ can: { ...can, grant: true } })),
      'GET /tickets/7/grants': { data: [grant] },
      ...more,
    });
  const openGrants = async () => {
    openAgent('/tickets/7');
    await userEvent.click(await screen.findByRole('button', { name: 'Ещё' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Доступ к заявке', hidden: true }));
    return screen.findByRole('dialog', { name: 'Кто ещё видит заявку № 7' });
  };

  const pickDevelopers = async (dialog: HTMLElement) => {
    await userEvent.click(within(dialog).getByRole('combobox', { name: 'Кому' }));
    await userEvent.click(
      (await screen.findAllByRole('option', { name: /Разработка/, hidden: true })).at(-1) as HTMLElement,
    );
  };

  it('is listed with until when, given and taken back', async () => {
    const network = granted({
      'GET /directory/teams': TEAMS,
      'PUT /tickets/7/grants/team/t3': { ...grant, kind: 'team', id: 't3', name: 'Разработка' },
      'DELETE /tickets/7/grants/employee/maria': undefined,
    });
    const dialog = await openGrants();
    const line = (await within(dialog).findByText('Мария Кузнецова')).closest('li') as HTMLElement;
    expect(within(line).getByText(/^до 1 янв/)).toBeTruthy();
    expect(within(line).getByText(/выдал\(а\) Алексей Иванов/)).toBeTruthy();

    await userEvent.click(within(dialog).getByRole('radio', { name: 'Группа' }));
    await pickDevelopers(dialog);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Дать доступ' }));
    await waitFor(() => expect(network.sent('PUT /tickets/7/grants/team/t3')).toHaveLength(1));
    const [{ expiresAt }] = network.sent('PUT /tickets/7/grants/team/t3') as [{ expiresAt: string }];
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.1);

    await userEvent.click(within(dialog).getByRole('button', { name: 'Отозвать доступ: Мария Кузнецова' }));
    await waitFor(() => expect(network.sent('DELETE /tickets/7/grants/employee/maria')).toHaveLength(1));
    expect(network.sent('GET /tickets/7/grants').length).toBeGreaterThan(1);
  });

  it('is refused in the words of the server', async () => {
    const words = 'Срок доступа: от сегодня до 366 дней';
    granted({
      'GET /directory/teams': TEAMS,
      'PUT /tickets/7/grants/team/t3': new Refusal(422, {
        code: 'request.invalid',
        detail: 'Проверьте поля',
        errors: [{ pointer: '/expiresAt', code: 'tickets.grantExpiry', message: words }],
      }),
    });
    const dialog = await openGrants();
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Группа' }));
    await pickDevelopers(dialog);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Дать доступ' }));
    expect((await within(dialog).findByRole('alert')).textContent).toBe(words);
  });

  it('is not offered to who may not give it', async () => {
    mockNetwork(ticketAnswers([]));
    openAgent('/tickets/7');
    await userEvent.click(await screen.findByRole('button', { name: 'Ещё' }));
    await screen.findByRole('menuitem', { name: 'Скопировать ссылку', hidden: true });
    expect(screen.queryByRole('menuitem', { name: 'Доступ к заявке', hidden: true })).toBeNull();
  });
});

it('a colleague who has left fades, and is gone a while later', async () => {
  let people = [{ id: 'maria', name: 'Мария Кузнецова', state: 'viewing', until: '2099-01-01T00:00:00.000Z' }];
  mockNetwork({ ...ticketAnswers([]), 'GET /tickets/7/presence': () => ({ data: people }) });
  jest.useFakeTimers({ advanceTimers: true });
  openAgent('/tickets/7');
  expect(await screen.findByTitle('Мария Кузнецова смотрит заявку')).toBeTruthy();
  people = [];
  await act(() => jest.advanceTimersByTimeAsync(20_500));
  const faded = await screen.findByTitle('Мария Кузнецова: только что смотрел(а) заявку');
  expect(faded.closest('[data-state]')?.getAttribute('data-state')).toBe('left');
  await act(() => jest.advanceTimersByTimeAsync(20_500));
  await waitFor(() => expect(screen.queryByTitle(/Мария Кузнецова/)).toBeNull());
  jest.useRealTimers();
});
