/** Work that comes round: a rule is written and seen, its tickets appear, a date is moved on the calendar. */
import assert from 'node:assert/strict';
import { PASSWORD, signIn, until } from './desk.mjs';

const DAY = 86_400_000;

const local = (at) =>
  `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;

/** T-17: the first working day of a month: what the editor shows is what the server keeps. */
export async function planIsWritten({ page, baseUrl, api, shot }) {
  const name = `Осмотр ${Date.now()}`;
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/planning/plans/new`);
  await page.getByRole('textbox', { name: /Название плана/ }).fill(name);
  await page.getByRole('button', { name: 'Первый понедельник' }).click();
  const preview = page.getByRole('region', { name: 'Ближайшие даты' });
  await preview.getByText('каждый месяц, первый понедельник, в 09:00').waitFor();
  await until(async () => {
    const texts = await preview.locator('ol > li').allInnerTexts();
    return texts.length === 10 && texts.every((text) => text.startsWith('пн'));
  }, 'ten Mondays');

  await page.getByRole('button', { name: 'Каждый месяц' }).click();
  await page.getByRole('combobox', { name: 'Если выпал выходной' }).click();
  await page.getByRole('option', { name: 'Перенести на следующий рабочий день' }).click();
  await preview
    .getByText(/перенесено с/)
    .first()
    .waitFor();
  await page.getByText('Все подходящие').click();
  await page.getByRole('combobox', { name: 'Виды объектов' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Магазин' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: /Тема заявки/ }).fill('Осмотр: {{object.name}}');
  await preview.getByText(/На два месяца вперёд/).waitFor();
  await shot('plan-editor');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page.getByRole('heading', { name }).waitFor();

  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body: plans } = await admin.get(`/planned-tickets?q=${encodeURIComponent(name)}`);
  assert.equal(plans.data[0].rule.rrule, 'FREQ=MONTHLY;BYMONTHDAY=1');
  const { body: kept } = await admin.get(
    `/planned-occurrences/calendar?from=${new Date().toISOString()}&to=${new Date(Date.now() + 60 * DAY).toISOString()}&plannedId=${plans.data[0].id}`,
  );
  assert.ok(kept.data.length >= 1 && kept.data[0].total > 1, 'dates are laid out for every shop');
  await admin.delete(`/planned-tickets/${plans.data[0].id}`);
}

/** T-17: a ticket appears at its moment; another date is moved with the keyboard and left out with a reason. */
export async function dateIsMadeMovedAndSkipped({ page, baseUrl, api, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const soon = new Date(Date.now() + 4000);
  const name = `Обход ${Date.now()}`;
  const { status, body: plan } = await admin.post('/planned-tickets', {
    name,
    ticket: { subject: `${name} {{date}}` },
    rule: { rrule: 'FREQ=DAILY', dtstart: soon.toISOString(), timeZone: 'UTC' },
  });
  assert.equal(status, 201, JSON.stringify(plan));
  const dates = async () => {
    const from = new Date(soon.getTime() - 1000).toISOString();
    const to = new Date(soon.getTime() + 6 * DAY).toISOString();
    return (await admin.get(`/planned-occurrences?from=${from}&to=${to}&plannedId=${plan.id}`)).body.data;
  };
  const made = await until(async () => (await dates())[0].ticket, 'the ticket of the first date');
  const { body: ticket } = await admin.get(`/tickets/${made.number}`);
  assert.equal(ticket.source, 'schedule');
  assert.ok(Date.parse(ticket.createdAt) - soon.getTime() < 5000, 'within five seconds of its moment');

  await signIn(page, baseUrl);
  const tomorrow = new Date(soon.getTime() + DAY);
  await page.goto(`${baseUrl}/planning/calendar?span=week&day=${local(tomorrow)}`);
  const chip = page.locator(`[data-day="${local(tomorrow)}"]`).getByRole('button', { name: new RegExp(name) });
  await chip.focus();
  await page.keyboard.press('Alt+ArrowRight');
  const dialog = page.getByRole('dialog', { name: 'Перенести' });
  await dialog.getByLabel('Почему').fill('Просьба клиента');
  await shot('move-date');
  await dialog.getByRole('button', { name: 'Перенести' }).click();
  await until(async () => (await dates()).some(({ at, ruleAt }) => at !== ruleAt), 'the moved date');

  const later = new Date(soon.getTime() + 3 * DAY);
  await page.goto(`${baseUrl}/planning/calendar?span=week&day=${local(later)}`);
  await page
    .locator(`[data-day="${local(later)}"]`)
    .getByRole('button', { name: new RegExp(name) })
    .click();
  await page.getByRole('button', { name: 'Пропустить' }).click();
  const skipping = page.getByRole('dialog', { name: 'Пропустить' });
  await skipping.getByLabel('Почему').fill('Переучёт');
  await skipping.getByRole('button', { name: 'Пропустить' }).click();
  await until(async () => (await dates()).some(({ state }) => state === 'skipped'), 'the skipped date');
  await shot('planning-week');
  await admin.delete(`/planned-tickets/${plan.id}`);
}
