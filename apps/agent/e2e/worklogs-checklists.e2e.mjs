/** Worked time by one line and by the timer; a checklist ticked by keyboard, within limits, before «Выполнена». */
import assert from 'node:assert/strict';
import { PASSWORD, signIn } from './desk.mjs';

async function aTicket(api, subject) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { status, body } = await admin.post('/tickets', { subject });
  assert.equal(status, 201);
  return { admin, ticket: body };
}

/** B-01 */
export async function worklogByOneLine({ page, baseUrl, api, shot }) {
  const { admin, ticket } = await aTicket(api, `Учёт времени ${Date.now()}`);
  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/tickets/${ticket.number}`);
  await page.getByRole('button', { name: 'Отметить время' }).waitFor();
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  // The key and the words without a pause: nothing of them may be lost.
  await page.keyboard.press('KeyW');
  await page.keyboard.type('30 удалённо');
  await page.keyboard.press('Enter');
  await page.getByText('Непонятно, часы это или минуты').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('30м удалённо');
  await page.keyboard.press('Enter');
  await page.getByText('Записано: 30 мин.').waitFor();
  const { body } = await admin.get(`/tickets/${ticket.number}/time-entries`);
  assert.deepEqual(
    body.data.map(({ seconds, comment }) => [seconds, comment]),
    [[1800, 'удалённо']],
  );

  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.keyboard.press('Shift+KeyW');
  await page.getByRole('timer').first().waitFor();
  // The clock goes on over a reload: it is the server's.
  await page.reload();
  await page.getByRole('timer').first().waitFor();
  await shot('worklog timer');
  await page.getByRole('button', { name: 'Остановить таймер и записать' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Что сделано').fill('По таймеру');
  await dialog.getByRole('button', { name: 'Записать' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.goto(`${baseUrl}/worklogs`);
  await page.getByText('По таймеру').first().waitFor();
  await shot('worklogs page');
}

/** T-12, T-06 */
export async function checklistBeforeDone({ page, baseUrl, api, shot }) {
  const { admin, ticket } = await aTicket(api, `Чек-лист ${Date.now()}`);
  const list = {
    name: 'Приёмка',
    items: [
      { title: 'Питание подано', isRequired: true },
      { title: 'Давление', isRequired: true, resultKind: 'number', resultLimits: { min: 2, max: 4, unit: 'бар' } },
    ],
  };
  assert.equal((await admin.post(`/tickets/${ticket.number}/checklists`, list)).status, 201);
  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/tickets/${ticket.number}`);
  await page.getByRole('button', { name: 'Чек-листы 0/2' }).click();
  const boxes = page.locator('input[data-item]');
  await boxes.first().focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Чек-листы 1/2' }).waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  const field = page.getByRole('textbox', { name: 'Давление' });
  await field.fill('9');
  await page.keyboard.press('Enter');
  await page.getByText('Не больше 4').waitFor();
  await shot('checklist limits');
  const { body: guarded } = await admin.get(`/tickets/${ticket.number}`);
  const done = guarded.transitions.find(({ to }) => to.category === 'done');
  if (done) assert.match(done.blockedBy.join(), /Давление/);
  await field.fill('3,5');
  await page.keyboard.press('Enter');
  await page.getByText('3,5 бар').waitFor();
  const { body } = await admin.get(`/tickets/${ticket.number}/checklists`);
  assert.deepEqual(body.data[0].progress, { done: 2, total: 2, requiredDone: 2, required: 2 });
}
