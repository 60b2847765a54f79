/** A promise from its calendar to its explanation: hours, a rule, a ticket that ticks, why it is due then. */
import assert from 'node:assert/strict';
import { PASSWORD, signIn, until } from './desk.mjs';

/** SLA-02, SLA-08: the year on the screen is the server's year, and the tester's story adds up. */
export async function calendarIsWrittenAndTried({ page, baseUrl, api, shot }) {
  const name = `Смены ${Date.now()}`;
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/sla-config/calendars/new`);
  await page.getByRole('textbox', { name: /Название/ }).fill(name);
  await page.getByRole('button', { name: 'С обедом 13–14' }).click();
  const to = page.getByRole('textbox', { name: 'суббота, до, промежуток 1' });
  await page.getByRole('button', { name: 'Добавить промежуток: суббота' }).click();
  await to.fill('6');
  await to.press('Enter');
  await page.getByText('до следующего дня').waitFor();

  const year = new Date().getFullYear();
  const day = page.locator(`[data-date="${year}-07-01"]`);
  await day.focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.date), `${year}-07-02`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Исключение на эту дату' }).click();
  await page.locator(`[data-date="${year}-07-02"][data-kind^="special"]`).waitFor();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page.getByRole('heading', { name }).waitFor();
  await shot('calendar');

  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body: list } = await admin.get('/sla/calendars');
  const calendar = list.data.find((each) => each.name === name);
  const { body: served } = await admin.get(`/sla/calendars/${calendar.id}/years/${year}`);
  const open = served.days.filter(({ intervals }) => intervals.length > 0).map(({ date }) => date);
  const shown = await page
    .locator(
      'button[data-date]:is([data-kind="open"], [data-kind="short"], [data-kind="moved"], [data-kind="special"])',
    )
    .evaluateAll((days) => days.map((each) => each.dataset.date));
  assert.deepEqual(shown, open);

  const { body: preview } = await admin.post('/sla/preview', {
    calendarId: calendar.id,
    start: `${year}-07-01T06:00:00Z`,
    durationSeconds: 8 * 3600,
  });
  const counted = preview.explanation.segments.reduce((sum, { countedSeconds }) => sum + countedSeconds, 0);
  assert.equal(counted, 8 * 3600);
  await page.getByLabel('Начало').fill(`${year}-07-01T09:00`);
  const told = new Intl.DateTimeFormat('ru', {
    ...{ timeZone: 'Europe/Moscow', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  }).formatToParts(new Date(preview.dueAt));
  const part = (type) => told.find((each) => each.type === type).value;
  await until(async () => {
    const words = await page.getByTestId('preview-due').innerText();
    return words.startsWith(`${part('day')} ${part('month')}`) && words.endsWith(`${part('hour')}:${part('minute')}`);
  }, 'the tester answers as the API does');
  const sums = page.getByRole('row', { name: /^Всего/ });
  assert.match(await sums.innerText(), /8 ч/);
}

/** SLA-01, SLA-03, SLA-08, T-27: a rule is written, a ticket follows it, both clocks tick, the deadline explains itself. */
export async function promiseIsMadeAndExplained({ page, baseUrl, api, shot }) {
  const stamp = Date.now();
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const day = [{ from: '00:00', to: '24:00' }];
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((each) => [each, day]));
  await admin.post('/sla/calendars', { name: `Всегда ${stamp}`, timeZone: 'Europe/Moscow', week });
  await signIn(page, baseUrl);

  await page.goto(`${baseUrl}/sla-config/policies/new`);
  await page.getByRole('textbox', { name: /Название/ }).fill(`Договор ${stamp}`);
  await page.getByRole('button', { name: 'Условие', exact: true }).click();
  await page.getByRole('combobox', { name: 'Поле' }).click();
  await page.getByRole('option', { name: 'Тема', exact: true }).click();
  await page.getByRole('combobox', { name: 'Сравнение' }).click();
  await page.getByRole('option', { name: 'содержит', exact: true }).click();
  await page.getByRole('textbox', { name: 'Тема: значение' }).fill(`акт ${stamp}`);
  await page
    .getByRole('combobox', { name: /^Календарь/ })
    .first()
    .click();
  await page.getByRole('option', { name: `Всегда ${stamp}` }).click();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page.getByRole('heading', { name: `Договор ${stamp}` }).waitFor();
  await shot('policy');

  await page.goto(`${baseUrl}/sla-config/policies`);
  const handle = page.getByRole('button', { name: `Переместить «Договор ${stamp}»` });
  await handle.focus();
  await page.keyboard.press('Home');
  await until(async () => {
    const { body } = await admin.get('/sla/policies');
    return body.data[0].name === `Договор ${stamp}`;
  }, 'the rule stands first');

  const { body: companies } = await admin.get('/directory/companies?limit=1');
  const made = await admin.post('/tickets', {
    subject: `Подписать акт ${stamp}`,
    ...(companies.data[0] ? { companyId: companies.data[0].id } : {}),
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { number } = made.body;
  await until(async () => (await admin.get(`/tickets/${number}`)).body.sla?.resolution, 'clocks of the ticket');
  await page.goto(`${baseUrl}/tickets/${number}?pane=full`);
  await page.getByRole('tab', { name: 'Сроки' }).click();
  const panel = page.getByRole('tabpanel');
  await panel.getByText(`Договор ${stamp}`).first().waitFor();
  await panel.getByText('Чьё это время').waitFor();
  await page.getByRole('button', { name: /^Решение: осталось 7 ч 5\d м/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/^Почему срок/).waitFor();
  assert.match(await dialog.getByRole('row', { name: /^Всего/ }).innerText(), /8 ч\s+8 ч/);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Скачать CSV' }).click(),
  ]);
  assert.match(file.suggestedFilename(), /resolution\.csv$/);
  await shot('why it is due then');
  await page.keyboard.press('Escape');

  await panel.getByRole('button', { name: 'Назначить срок вручную' }).click();
  const due = new Date(Date.now() + 3 * 86_400_000);
  due.setHours(15, 0, 0, 0);
  const pad = (value) => String(value).padStart(2, '0');
  await dialog
    .getByLabel(/Решить до/)
    .fill(`${due.getFullYear()}-${pad(due.getMonth() + 1)}-${pad(due.getDate())}T15:00`);
  await dialog.getByLabel(/Причина/).fill('Договорились с клиентом');
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await panel.getByText(/Обещано вручную/).waitFor();
  const { body: sla } = await admin.get(`/tickets/${number}/sla`);
  assert.equal(sla.manual.reason, 'Договорились с клиентом');
  assert.notEqual(sla.clocks.find(({ metric }) => metric === 'resolution').dueAt, sla.manual.dueAt);
  assert.equal(
    sla.owners.reduce((sum, { seconds }) => sum + seconds, 0),
    sla.totalSeconds,
  );
  await shot('deadlines of a ticket');

  await page.goto(`${baseUrl}/sla/report?by=line`);
  await page.getByRole('heading', { name: 'Отчёт SLA' }).waitFor();
  await page.goto(`${baseUrl}/tickets?q=${encodeURIComponent(`is:open ${stamp}`)}`);
  await page
    .getByRole('grid')
    .getByRole('img', { name: /^Решение: осталось/ })
    .first()
    .waitFor();
}
