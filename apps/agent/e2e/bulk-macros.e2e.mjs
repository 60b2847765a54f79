/** Many tickets changed at once, with a guard in the way, and taken back; a macro by keyboard; an answer by `/`; a template. */
import assert from 'node:assert/strict';
import { PASSWORD, signIn } from './desk.mjs';

const blur = (page) =>
  page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());

/** T-20 */
export async function bulkOverAFilter({ page, baseUrl, api, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const word = `пачка${Date.now()}`;
  const tickets = [];
  for (let index = 0; index < 8; index++) {
    const { status, body } = await admin.post('/tickets', { subject: `${word} ${index}` });
    assert.equal(status, 201);
    tickets.push(body);
  }
  const items = [{ title: 'Согласовать с клиентом', isRequired: true, requiredTo: ['in_work'] }];
  const held = await admin.post(`/tickets/${tickets[3].id}/checklists`, { name: 'Допуск', items });
  assert.equal(held.status, 201);

  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/tickets?q=${encodeURIComponent(word)}`);
  await page.getByText(`${word} 0`).first().waitFor();
  await blur(page);
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyX');
  await page.getByRole('toolbar', { name: 'Выбор заявок' }).waitFor();
  await page.getByRole('button', { name: 'Выбрать все 8 по фильтру' }).click();
  await page.getByText('Выбрано 8 заявок').first().waitFor();
  await shot('bulk selection');
  await blur(page);
  await page.keyboard.press('KeyB');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Добавить действие' }).click();
  await page.getByRole('menuitem', { name: 'Сменить статус' }).click();
  await dialog
    .getByRole('textbox', { name: 'Статус' })
    .or(dialog.getByRole('combobox', { name: 'Статус' }))
    .first()
    .click();
  await page.getByRole('option', { name: 'В работе' }).click();
  await dialog.getByRole('button', { name: 'Посмотреть, что изменится' }).click();
  await dialog.getByText('Изменятся 7 заявок').waitFor();
  await dialog.getByText('Согласовать с клиентом').first().waitFor();
  await shot('bulk preview');
  await dialog.getByRole('button', { name: 'Изменить 8 заявок' }).click();
  await dialog.getByText('Готово: 7 из 8').waitFor({ timeout: 30_000 });
  await dialog.getByText('Согласовать с клиентом').first().waitFor();
  await shot('bulk done');
  const statusOf = async (ticket) => (await admin.get(`/tickets/${ticket.id}`)).body.status.category;
  assert.equal(await statusOf(tickets[0]), 'in_work');
  assert.equal(await statusOf(tickets[3]), 'new');
  await dialog.getByRole('button', { name: 'Отменить в 7 заявках' }).click();
  await dialog.getByText('Отменено: 7 из 7').waitFor({ timeout: 30_000 });
  assert.equal(await statusOf(tickets[0]), 'new');
}

/** T-16 */
export async function macroByKeyboard({ page, baseUrl, api, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body: ticket } = await admin.post('/tickets', { subject: `Макрос ${Date.now()}` });
  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/tickets/${ticket.number}`);
  await page.getByRole('button', { name: 'Макросы' }).waitFor();
  await blur(page);
  await page.keyboard.press('KeyM');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Найти макрос' }).waitFor();
  await page.keyboard.type('Взять');
  await dialog.getByText('В работе').first().waitFor();
  await shot('macro preview');
  await page.keyboard.press('Enter');
  await page.getByText('Выполнен макрос «Взять в работу»').waitFor();
  assert.equal((await admin.get(`/tickets/${ticket.id}`)).body.status.category, 'in_work');
  await page.getByRole('button', { name: 'Отменить' }).click();
  await page.getByText('Отменено: заявка как была').waitFor();
  const { body: back } = await admin.get(`/tickets/${ticket.id}`);
  assert.equal(back.status.category, 'new');
  assert.equal(back.assignee, null);
  assert.equal((await admin.get(`/tickets/${ticket.id}/comments`)).body.data.length, 0);
}

/** T-16 */
export async function answerBySlash({ page, baseUrl, api, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body: ticket } = await admin.post('/tickets', { subject: `Ответ ${Date.now()}` });
  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/tickets/${ticket.number}`);
  const editor = page.locator('.ProseMirror').first();
  await editor.click();
  await page.keyboard.type('/прин');
  await page.getByRole('option', { name: /Приняли в работу/ }).waitFor();
  await page.getByText(`Заявка № ${ticket.number} принята в работу.`).first().waitFor();
  await shot('answer by slash');
  await page.keyboard.press('Enter');
  await editor.getByText(`Заявка № ${ticket.number} принята в работу.`).waitFor();
  const text = await editor.innerText();
  assert.ok(!text.includes('/прин'), text);
  assert.ok(!text.includes('{{'), text);
}

/** T-16 */
export async function ticketByTemplate({ page, baseUrl, api, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/tickets/new`);
  await page.getByRole('combobox', { name: 'Шаблон' }).click();
  await page.getByRole('option', { name: 'Ввод кассы в работу' }).click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('input')].some(
      (input) => input.value === 'Ввод кассы в работу' && input.getAttribute('role') !== 'combobox',
    ),
  );
  await shot('ticket template');
  const created = page.waitForResponse(
    (response) => response.url().endsWith('/api/v1/tickets') && response.request().method() === 'POST',
  );
  await page.getByRole('button', { name: 'Зарегистрировать' }).click();
  const ticket = await (await created).json();
  assert.equal(ticket.subject, 'Ввод кассы в работу');
  await page.waitForURL(new RegExp(`/tickets/${ticket.number}`));
  const { body } = await admin.get(`/tickets/${ticket.id}/checklists`);
  assert.equal(body.data.length, 1);
}
