/** What the organisation asks by its own rules and how tickets move by its own process, as an administrator and an engineer do it. */
import assert from 'node:assert/strict';
import { PASSWORD, signIn, until } from './desk.mjs';

const ok = ({ status, body }, expected = 200) => {
  assert.equal(status, expected, JSON.stringify(body));
  return body;
};

const choose = async (place, field, option, page) => {
  await place.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

/** T-03, T-04: a field and a rule made on screen shape the form at once, and the ticket keeps what was asked. */
export async function fieldAndRuleShapeTheForm({ page, baseUrl, api, shot }) {
  const stamp = Date.now().toString(36);
  const [field, code] = [`Номер печати ${stamp}`, `seal_${stamp}`];
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/fields/ticket/new`);
  await page
    .getByRole('textbox', { name: /^Название/ })
    .first()
    .fill(field);
  await page.getByRole('textbox', { name: /^Код/ }).fill(code);
  await page.getByRole('button', { name: 'Создать' }).click();
  await page.getByRole('grid').getByText(field).waitFor();

  await page.goto(`${baseUrl}/fields/rules/new`);
  await page.getByRole('textbox', { name: 'Название' }).fill(`Печать ${stamp}`);
  await page.getByRole('button', { name: 'Условие', exact: true }).click();
  const condition = page.getByRole('group', { name: 'выполнены все условия' });
  await choose(condition, 'Поле', 'Тема', page);
  await choose(condition, 'Сравнение', 'содержит', page);
  await page.getByRole('textbox', { name: 'Тема: значение' }).fill(stamp);
  await page.getByText(`Тема содержит «${stamp}»`).waitFor();
  await page.getByPlaceholder('Поле').click();
  await page.getByRole('option', { name: field, exact: true }).click();
  await shot('form rule');
  await page.getByRole('button', { name: 'Создать' }).click();
  await page
    .getByRole('listitem')
    .filter({ hasText: `Печать ${stamp}` })
    .waitFor();

  await page.goto(`${baseUrl}/tickets/new`);
  await page.getByRole('textbox', { name: 'Тема' }).fill(`Потеряли печать ${stamp}`);
  const asked = page.getByRole('textbox', { name: new RegExp(field) });
  await asked.waitFor();
  assert.equal(await asked.evaluate((input) => input.required), true);
  await shot('form by rule');
  await asked.fill('П-7');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/tickets\/\d+/);
  const number = page.url().match(/tickets\/(\d+)/)[1];
  assert.equal(ok(await admin.get(`/tickets/${number}`)).customFields[code], 'П-7');

  await page.goto(`${baseUrl}/tickets/${number}?pane=full`);
  const side = page.getByRole('region', { name: 'Поля' });
  await side.getByRole('button', { name: 'П-7' }).click();
  await side.getByRole('textbox', { name: field }).fill('П-8');
  await page.keyboard.press('Enter');
  await side.getByRole('button', { name: 'П-8' }).waitFor();
  await until(
    async () => ok(await admin.get(`/tickets/${number}`)).customFields[code] === 'П-8',
    'the changed value on the server',
  );
  const [rule] = ok(await admin.get('/form-rules')).data.filter(({ name }) => name === `Печать ${stamp}`);
  await admin.delete(`/form-rules/${rule.id}`);
}

/** T-05, T-06: a transition gets its conditions in the editor, a draft is published, and the ticket says all that is missing at once. */
export async function guardedTransitionTellsWhatIsMissing({ page, baseUrl, api, shot }) {
  const stamp = Date.now().toString(36);
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const name = { ru: `Ремонт ${stamp}`, en: `Repair ${stamp}` };
  const process = ok(await admin.post('/processes', { name, code: `repair_${stamp}` }), 201);
  const type = ok(await admin.post('/ticket-types', { code: `repair_${stamp}`, name, processId: process.id }), 201);

  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/ticket-config/processes/${process.id}`);
  await page.getByRole('button', { name: 'Переход «В работе» → «Выполнена»' }).click();
  const card = page.getByRole('dialog');
  await card.getByRole('checkbox', { name: 'Указаны трудозатраты' }).check();
  await card.getByRole('checkbox', { name: 'Дочерние заявки закрыты' }).check();
  await card.getByRole('button', { name: 'Сохранить' }).click();
  await card.waitFor({ state: 'detached' });
  await page.getByText('по нему ещё никто не работает').waitFor();
  await shot('process draft');
  await page.getByRole('button', { name: 'Опубликовать' }).click();
  const publish = page.getByRole('dialog');
  await publish.getByText('Ошибок нет').waitFor();
  await publish.getByRole('button', { name: 'Опубликовать' }).click();
  await publish.waitFor({ state: 'detached' });
  await page.getByText('Версия 2', { exact: true }).waitFor();

  const ticket = ok(await admin.post('/tickets', { subject: `Ремонт кассы ${stamp}`, typeId: type.id }), 201);
  ok(await admin.post('/tickets', { subject: `Запчасть ${stamp}`, parentId: ticket.id }), 201);
  const inWork = ticket.transitions.find(({ to }) => to.category === 'in_work');
  ok(await admin.post(`/tickets/${ticket.number}/transition`, { transitionId: inWork.id }));
  await page.goto(`${baseUrl}/tickets/${ticket.number}?pane=full`);
  await page.getByRole('button', { name: /^Статус: В работе/ }).click();
  await page.getByRole('menuitem', { name: /Выполнить/ }).click();
  const refusal = page.getByRole('dialog');
  await refusal.getByText('Сначала нужно сделать:').waitFor();
  assert.equal(await refusal.getByRole('listitem').count(), 2);
  await shot('unmet conditions');
  await refusal.getByRole('button', { name: 'К дочерним заявкам' }).click();
  await refusal.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Связанные заявки' }).getByText(`Запчасть ${stamp}`).waitFor();
}

/** T-04, T-05: a status asks a field; the transition's dialog asks it there and both happen at once. */
export async function transitionAsksTheFieldsOfItsStatus({ page, baseUrl, api, shot }) {
  const stamp = Date.now().toString(36);
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const [code, name] = [`cause_${stamp}`, { ru: `Итог ${stamp}`, en: `Outcome ${stamp}` }];
  ok(await admin.post('/custom-fields', { subject: 'ticket', code, name, type: 'text' }), 201);
  const clauses = [
    { field: 'subject', op: 'contains', value: stamp },
    { field: 'statusCategory', op: 'is', value: 'waiting_partner' },
  ];
  const effects = [{ field: `cf.${code}`, effect: 'require' }];
  const rule = ok(await admin.post('/form-rules', { name: `Итог ${stamp}`, when: { all: clauses }, effects }), 201);
  const ticket = ok(await admin.post('/tickets', { subject: `Ждём ${stamp}` }), 201);
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/tickets/${ticket.number}?pane=full`);
  await page.getByRole('button', { name: /^Статус: Новая/ }).click();
  await page.getByRole('menuitem', { name: /Ожидаем партнёра/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: new RegExp(name.ru) }).fill('Жду запчасть');
  await shot('fields of a status');
  await dialog.getByRole('button', { name: 'Ожидаем партнёра' }).click();
  await page.getByRole('button', { name: /^Статус: Ожидаем партнёра/ }).waitFor();
  const moved = ok(await admin.get(`/tickets/${ticket.number}`));
  assert.equal(moved.customFields[code], 'Жду запчасть');
  assert.equal(moved.status.category, 'waiting_partner');
  await admin.delete(`/form-rules/${rule.id}`);
}

/** T-05: two people move one ticket; the second is shown both versions. */
export async function secondPersonSeesBothVersions({ page, baseUrl, api, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const ticket = ok(await admin.post('/tickets', { subject: `Двое ${Date.now()}` }), 201);
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/tickets/${ticket.number}?pane=full`);
  await page.getByRole('button', { name: /^Статус: Новая/ }).click();
  await page.getByRole('menuitem', { name: /Ожидаем партнёра/ }).waitFor();
  // The other person is faster by one request.
  let isFirst = true;
  await page.route('**/tickets/*/transition', async (route) => {
    if (isFirst) {
      isFirst = false;
      const way = ticket.transitions.find(({ to }) => to.category === 'in_work');
      await admin.post(`/tickets/${ticket.number}/transition`, { transitionId: way.id });
    }
    await route.continue();
  });
  await page.getByRole('menuitem', { name: /Ожидаем партнёра/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Статус уже изменили' });
  await dialog.getByText('Вы видели').waitFor();
  await dialog.getByText('Новая').waitFor();
  await dialog.getByText('В работе', { exact: true }).waitFor();
  await shot('status moved');
}

/** T-07: put aside until tomorrow morning by two clicks, back by one. */
export async function ticketIsPutAside({ page, baseUrl, api, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const ticket = ok(await admin.post('/tickets', { subject: `Подождёт ${Date.now()}` }), 201);
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/tickets/${ticket.number}?pane=full`);
  await page.getByRole('button', { name: 'Отложить' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('textbox', { name: /До какого времени|Почему/ })
    .first()
    .waitFor();
  await shot('put aside');
  await dialog.getByRole('button', { name: 'завтра утром' }).click();
  await page
    .getByText(/^Отложена до/)
    .first()
    .waitFor();
  const { putAsideUntil } = ok(await admin.get(`/tickets/${ticket.number}`));
  assert.ok(Date.parse(putAsideUntil) > Date.now());
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await page.getByRole('button', { name: 'Отложить' }).waitFor();
  assert.equal(ok(await admin.get(`/tickets/${ticket.number}`)).putAsideUntil, null);
}

/** T-19, T-03: a saved view is edited: its name, its columns, an own field among them. */
export async function viewHasOwnColumns({ page, baseUrl, api, shot }) {
  const stamp = Date.now().toString(36);
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const name = { ru: `Полка ${stamp}`, en: `Shelf ${stamp}` };
  ok(await admin.post('/custom-fields', { subject: 'ticket', code: `shelf_${stamp}`, name, type: 'text' }), 201);
  const body = { name: `Мой вид ${stamp}`, query: 'is:open', columns: ['number', 'subject'] };
  const view = ok(await admin.post('/ticket-views', body), 201);
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/tickets?view=${view.id}`);
  await page.getByRole('button', { name: 'Действия со списком' }).click();
  await page.getByRole('menuitem', { name: 'Изменить представление' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Название' }).fill(`Мои полки ${stamp}`);
  await dialog.getByRole('checkbox', { name: name.ru }).check();
  await shot('view columns');
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await page.getByRole('columnheader', { name: name.ru }).waitFor();
  await page.getByRole('heading', { name: `Мои полки ${stamp}` }).waitFor();
  const saved = ok(await admin.get('/ticket-views')).data.find(({ id }) => id === view.id);
  assert.deepEqual(saved.columns, ['number', 'subject', `cf.shelf_${stamp}`]);
  await admin.delete(`/ticket-views/${view.id}`);
}
