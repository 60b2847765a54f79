/** What an administrator sets up: a process seen as a picture, a mail nobody knew what to do with, the words of a mail. */
import assert from 'node:assert/strict';
import { PASSWORD, signIn, until } from './desk.mjs';

const choose = async (page, field, option) => {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

/** T-02, T-05 */
export async function processIsBuiltAndDrawn({ page, baseUrl, api, shot }) {
  const stamp = Date.now();
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/ticket-config/processes`);
  await page.getByRole('button', { name: 'Новый процесс' }).click();
  await page.getByRole('textbox', { name: /Название по-русски/ }).fill(`Выезды ${stamp}`);
  await page.getByRole('textbox', { name: /Название по-английски/ }).fill(`Visits ${stamp}`);
  await page.getByRole('textbox', { name: /Код/ }).fill(`visits_${stamp}`);
  await page.getByRole('button', { name: 'Создать' }).click();
  await page.getByRole('heading', { name: `Выезды ${stamp}` }).waitFor();
  const picture = page.locator('figure svg[role=img]');
  await picture.waitFor();
  const [nodes, lines] = [
    await picture.locator('[data-status]').count(),
    await picture.locator('[data-transition]').count(),
  ];
  assert.equal(await page.locator('table [data-transition]').count(), lines);

  await page.getByRole('button', { name: 'Новый статус' }).click();
  await page.getByRole('textbox', { name: /Название по-русски/ }).fill('Едем к клиенту');
  await page.getByRole('textbox', { name: /Название по-английски/ }).fill('On the way');
  await page.getByRole('textbox', { name: /Код/ }).fill('on_the_way');
  await page.getByRole('button', { name: 'Создать' }).click();
  await page.getByRole('button', { name: /Едем к клиенту.*в него не попасть/ }).waitFor();
  assert.equal(await picture.locator('[data-status]').count(), nodes + 1);

  await page.getByRole('button', { name: 'Новый переход из «Новая»' }).click();
  await choose(page, /В статус/, 'Едем к клиенту');
  await page.getByRole('button', { name: 'Создать' }).click();
  await page.getByRole('button', { name: /Едем к клиенту.*из него нет выхода/ }).waitFor();
  assert.equal(await picture.locator('[data-transition]').count(), lines + 1);
  assert.equal(await page.locator('table [data-transition]').count(), lines + 1);
  await shot('process with a dead end');
  await page.getByRole('button', { name: 'Опубликовать' }).click();
  await page.getByRole('dialog').getByText('Сначала исправьте:').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Новый переход из «Едем к клиенту»' }).click();
  await choose(page, /В статус/, 'Выполнена');
  await page.getByRole('button', { name: 'Создать' }).click();
  await page.getByRole('button', { name: /Едем к клиенту.*из него нет выхода/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Опубликовать' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click();
  await page.getByText(/Опубликована версия/).waitFor();

  await page.goto(`${baseUrl}/ticket-config/types/new`);
  await page.getByRole('textbox', { name: /Название по-русски/ }).fill(`Выезд ${stamp}`);
  await page.getByRole('textbox', { name: /Название по-английски/ }).fill(`Visit ${stamp}`);
  await page.getByRole('textbox', { name: /Код/ }).fill('Плохой код');
  await choose(page, /Процесс/, `Выезды ${stamp}`);
  await page.getByRole('button', { name: 'Создать' }).click();
  await page.locator('[aria-invalid=true]').waitFor();
  await page.getByRole('textbox', { name: /Код/ }).fill(`visit_${stamp}`);
  await page.getByRole('button', { name: 'Создать' }).click();
  await page.getByRole('grid').getByText(`Выезд ${stamp}`).waitFor();
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body } = await admin.get('/ticket-types');
  const type = body.data.find(({ code }) => code === `visit_${stamp}`);
  const process = await admin.get(`/processes/${type.processId}`);
  assert.ok(process.body.statuses.some(({ code }) => code === 'on_the_way'));
  await admin.patch(`/ticket-types/${type.id}`, { isArchived: true });
}

/** CH-01 */
export async function heldMailIsAttached({ page, baseUrl, api, sendMail, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body } = await admin.get('/tickets?limit=1&q=is:open');
  const { number, id } = body.data[0];
  const word = `прохожий-${Date.now()}`;
  const from = `guest-${Date.now()}@elsewhere.example`;
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/channels/intake`);
  await sendMail({ from, to: 'support@opora.localhost', subject: `Re: [#${number}] ${word}`, text: `Слова: ${word}` });
  // Without a reload: the journal hears of it.
  await page.getByRole('grid').getByText(word).click();
  await page.getByText('Что сделать с письмом').waitFor();
  await page.getByRole('combobox', { name: 'Заявка' }).fill(String(number));
  await page.getByRole('option', { name: new RegExp(`№ ${number} ·`) }).click();
  await shot('held mail');
  await page.getByRole('button', { name: 'Решить' }).click();
  await page.getByText('Письмо приложено к заявке').waitFor();
  await until(async () => {
    const answer = await admin.get(`/tickets/${id}/comments?limit=200`);
    return answer.body.data?.some(({ html }) => html.includes(word));
  }, 'the comment');
  const journal = await admin.get(`/intake?q=${encodeURIComponent(word)}`);
  assert.equal(journal.body.data[0].state, 'comment_added');
  assert.equal(journal.body.data[0].ticketNumber, number);
}

/** R-08, O-07 */
export async function mailIsRewordedAndShown({ page, baseUrl, api, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/system/templates/channels.ticketRegistered`);
  const subject = page.getByRole('textbox', { name: /Тема/ });
  await subject.fill('Приняли № {{ticket.number}}, {{organisation.name}}');
  await page.getByRole('heading', { name: /^Приняли № \d+, \S/ }).waitFor();
  await shot('template preview');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page.getByRole('button', { name: 'Вернуть исходный' }).waitFor();
  const find = async () => {
    const { body } = await admin.get('/message-templates');
    return body.data.find(({ key, locale }) => key === 'channels.ticketRegistered' && locale === 'ru');
  };
  assert.equal((await find()).isChanged, true);
  await page.getByRole('button', { name: 'Вернуть исходный' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Вернуть исходный' }).click();
  await until(async () => !(await find()).isChanged, 'the shipped text');
  await page.goto(`${baseUrl}/system/outbox?state=done`);
  await page.getByRole('grid').getByRole('row').nth(1).waitFor();
}
