/** Two calls about one trouble become one ticket, and come apart again. */
import assert from 'node:assert/strict';
import { PASSWORD, signIn } from './desk.mjs';

/** T-18: found with the keyboard, previewed, merged, taken apart; the old number leads to the survivor meanwhile. */
export async function ticketsAreMergedAndTakenApart({ page, baseUrl, api, shot }) {
  const stamp = Date.now();
  const agent = await api.signIn('admin@opora.demo', PASSWORD);
  const make = async (subject) => (await agent.post('/tickets', { subject, description: `<p>${subject}</p>` })).body;
  const survivor = await make(`Авария на линии ${stamp}`);
  const lost = await make(`Авария на линии связи ${stamp}`);
  await agent.post(`/tickets/${lost.id}/comments`, { html: '<p>Бригада выехала</p>' });

  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/tickets/${survivor.number}?pane=full`);
  await page.getByRole('article', { name: new RegExp(String(survivor.number)) }).waitFor();
  await page.keyboard.press('Shift+M');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('option', { name: new RegExp(`связи ${stamp}`) }).waitFor();
  await shot('merge: what looks alike');
  await dialog.getByRole('combobox').fill(String(lost.number));
  await dialog.getByText('Найдено').waitFor();
  await dialog.getByRole('option', { name: new RegExp(`связи ${stamp}`) }).waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByText(/Переедут: .*Комментарии — 1/).waitFor();
  await shot('merge: what moves');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Объединена 1 заявка').waitFor();
  await page.getByText('Бригада выехала').waitFor();
  await page.getByText('Объединённая заявка', { exact: true }).waitFor();

  await page.goto(`${baseUrl}/tickets/${lost.number}?pane=full`);
  await page.waitForURL(new RegExp(`/tickets/${survivor.number}`));
  await page.getByText(`№ ${lost.number} объединена с этой заявкой`).waitFor();
  await shot('merge: an old number');

  await page.getByRole('button', { name: `Разъединить с № ${lost.number}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Разъединить' }).click();
  await page.getByText(`№ ${lost.number} снова отдельная заявка`).waitFor();
  await page.goto(`${baseUrl}/tickets/${lost.number}?pane=full`);
  await page.getByText('Бригада выехала').waitFor();
  assert.equal((await agent.get(`/tickets/${lost.number}`)).body.commentCount, 1);
}

/** T-18: a message becomes a ticket of its own, which is linked; the next one about it is warned of while it is typed. */
export async function ticketIsSplitAndItsTwinNoticed({ page, baseUrl, api, shot }) {
  const stamp = Date.now();
  const agent = await api.signIn('admin@opora.demo', PASSWORD);
  const ticket = (await agent.post('/tickets', { subject: `Две беды ${stamp}` })).body;
  await agent.post(`/tickets/${ticket.id}/comments`, { html: '<p>И ещё протекает кондиционер</p>' });
  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/tickets/${ticket.number}?pane=full`);
  await page.getByRole('button', { name: 'Ещё' }).first().click();
  await page.getByRole('menuitem', { name: 'Выделить в новую заявку…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /Тема новой заявки/ }).fill(`Протекает кондиционер ${stamp}`);
  await dialog.getByRole('checkbox', { name: /протекает кондиционер/ }).check();
  await shot('split: the choice');
  await dialog.getByRole('button', { name: 'Выделить' }).click();
  await page.getByText(/Выделена заявка № \d+/).waitFor();
  await page.getByRole('region', { name: 'Связи' }).getByText('выделена из').waitFor();
  await page.getByText('И ещё протекает кондиционер').waitFor();

  await page.goto(`${baseUrl}/tickets/new`);
  await page.getByRole('textbox', { name: /Тема/ }).fill(`Кондиционер протекает ${stamp}`);
  const warned = page.getByRole('region', { name: 'Похожие заявки уже есть' });
  await warned.getByText(`Протекает кондиционер ${stamp}`).waitFor();
  await shot('create: a twin is noticed');
}
