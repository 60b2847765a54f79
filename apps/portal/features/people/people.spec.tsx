import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fieldRefusal, mockNetwork, Refusal } from '@/testing/network';
import { aMe, NO_RIGHTS, openPortal, signInAs } from '@/testing/render';
import { pageOf } from '@/testing/tickets';

const admin = aMe({ isAdmin: true });
const boris = {
  id: 'boris',
  name: 'Борис Кассиров',
  email: 'boris@retail.example',
  position: null,
  rights: NO_RIGHTS,
  objects: [] as { id: string; name: string }[],
  isMe: false,
};
const myself = {
  ...boris,
  id: 'me',
  name: admin.name,
  email: admin.email,
  rights: { ...NO_RIGHTS, isAdmin: true },
  isMe: true,
};
const shop = { id: 'shop', name: 'Магазин № 7', ancestors: [], address: 'Тверь, Мира, 1' };
const server = (answers: Record<string, unknown> = {}) =>
  mockNetwork({
    'GET /portal/me': signInAs(admin),
    'GET /portal/people': pageOf(myself, boris),
    'POST /portal/people': boris,
    'PATCH /portal/people/boris': boris,
    'DELETE /portal/people/boris': undefined,
    'GET /portal/objects': pageOf(shop),
    ...answers,
  });

describe('the people of a company', () => {
  it('PO-02: whoever is no administrator has neither the section nor the page', async () => {
    const me = signInAs(aMe({ seesCompany: true }));
    const network = mockNetwork({ 'GET /portal/me': me });
    await openPortal('/people');
    await screen.findByText('Сотрудниками управляет администратор вашей компании');
    expect(screen.queryByRole('link', { name: 'Сотрудники' })).toBeNull();
    expect(network.calls.filter(({ route }) => route.includes('people'))).toEqual([]);
  });

  it('PO-02: the administrator invites a person with rights', async () => {
    const network = server();
    const user = userEvent.setup();
    await openPortal('/people');

    await user.click(await screen.findByRole('button', { name: 'Пригласить сотрудника' }));
    await user.type(screen.getByRole('textbox', { name: /Имя и фамилия/ }), 'Борис Кассиров');
    await user.type(screen.getByRole('textbox', { name: /Электронная почта/ }), 'boris@retail.example');
    await user.click(screen.getByRole('checkbox', { name: 'Видит все заявки компании' }));
    await user.click(screen.getByRole('button', { name: 'Отправить приглашение' }));

    await screen.findByText('Приглашение отправлено: boris@retail.example');
    expect(network.sent('POST /portal/people')).toEqual([
      {
        companyId: 'retail',
        name: 'Борис Кассиров',
        email: 'boris@retail.example',
        seesCompany: true,
        closesCompany: false,
        isAdmin: false,
        objectIds: [],
      },
    ]);
  });

  it('PO-02: a refused address is told at its field', async () => {
    server({ 'POST /portal/people': fieldRefusal('/email', 'Этот адрес пригласить нельзя') });
    const user = userEvent.setup();
    await openPortal('/people');
    await user.click(await screen.findByRole('button', { name: 'Пригласить сотрудника' }));
    await user.type(screen.getByRole('textbox', { name: /Имя и фамилия/ }), 'Кто-то');
    await user.type(screen.getByRole('textbox', { name: /Электронная почта/ }), 'x@opora.example');
    await user.click(screen.getByRole('button', { name: 'Отправить приглашение' }));
    await screen.findByText('Этот адрес пригласить нельзя');
  });

  it('PO-02: rights are changed in place', async () => {
    const network = server();
    const user = userEvent.setup();
    await openPortal('/people');
    await user.click(await screen.findByRole('button', { name: 'Изменить права: Борис Кассиров' }));
    const card = within(screen.getByRole('article', { name: 'Борис Кассиров' }));
    await user.click(card.getByRole('checkbox', { name: 'Закрывает заявки компании' }));
    await user.click(card.getByRole('button', { name: 'Сохранить' }));
    await screen.findByText('Права сохранены: Борис Кассиров');
    expect(network.sent('PATCH /portal/people/boris')).toEqual([
      { seesCompany: false, closesCompany: true, isAdmin: false, objectIds: [] },
    ]);
  });

  it('PO-02: removing asks first; nobody removes himself', async () => {
    const network = server();
    const user = userEvent.setup();
    await openPortal('/people');
    const mine = within(await screen.findByRole('article', { name: admin.name }));
    expect(mine.queryByRole('button', { name: 'Убрать из компании' })).toBeNull();

    await user.click(
      within(screen.getByRole('article', { name: 'Борис Кассиров' })).getByRole('button', {
        name: 'Убрать из компании',
      }),
    );
    expect(network.calls.some(({ route }) => route.startsWith('DELETE'))).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Да, убрать' }));
    await waitFor(() => expect(network.calls.some(({ route }) => route === 'DELETE /portal/people/boris')).toBe(true));
  });

  it('PO-02: a refusal is shown where it was asked for', async () => {
    server({
      'DELETE /portal/people/boris': new Refusal(409, {
        code: 'clients.lastAdmin',
        detail: 'Нужен хотя бы один администратор',
      }),
    });
    const user = userEvent.setup();
    await openPortal('/people');
    const card = within(await screen.findByRole('article', { name: 'Борис Кассиров' }));
    await user.click(card.getByRole('button', { name: 'Убрать из компании' }));
    await user.click(card.getByRole('button', { name: 'Да, убрать' }));
    await card.findByText('Нужен хотя бы один администратор');
  });

  it('PO-02: rights may be limited to chosen objects, and not to none', async () => {
    const network = server();
    const user = userEvent.setup();
    await openPortal('/people');
    await user.click(await screen.findByRole('button', { name: 'Изменить права: Борис Кассиров' }));
    const card = within(screen.getByRole('article', { name: 'Борис Кассиров' }));
    await user.click(await card.findByRole('radio', { name: 'Только выбранные' }));
    expect(card.getByRole('button', { name: 'Сохранить' })).toHaveProperty('disabled', true);
    await user.click(await card.findByRole('button', { name: /Магазин № 7/ }));
    await user.click(card.getByRole('button', { name: 'Сохранить' }));
    await screen.findByText('Права сохранены: Борис Кассиров');
    expect(network.sent('PATCH /portal/people/boris')).toEqual([{ ...NO_RIGHTS, objectIds: ['shop'] }]);
  });
});
