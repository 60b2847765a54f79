/** The lead's board: a ticket goes to a person by one drag, back by one press, and to another without a mouse. */
import assert from 'node:assert/strict';
import { PASSWORD, signIn, until } from './desk.mjs';

/** A ticket nobody has, with a name of its own, and a person of the field team without visits next week. */
async function scene(api, subject) {
  const dispatcher = await api.signIn('dispatcher@opora.demo', PASSWORD);
  const { body: teams } = await dispatcher.get('/directory/teams?limit=200');
  const team = teams.data.find(({ name }) => name === 'Выездная служба');
  const { body: ticket } = await dispatcher.post('/tickets', { subject, teamId: team.id });
  await dispatcher.post(`/tickets/${ticket.number}/assign`, { assigneeId: null });
  const date = new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 10);
  const { body: board } = await dispatcher.get(`/dispatch/board?teamId=${team.id}&date=${date}`);
  const card = async () => (await dispatcher.get(`/tickets/${ticket.number}`)).body;
  return { ticket, team, date, board, card };
}

/** The row of the ticket once the queue shows nothing else: before, it may still be drawn anew under the hand. */
async function onlyRow(page, { number }) {
  const rows = page.locator('section[aria-label="Без ответственного"] [data-ticket]');
  const row = rows.and(page.locator(`[data-ticket="${number}"]`));
  await row.waitFor();
  await until(async () => (await rows.count()) === 1, 'the queue shows what was asked for');
  return row;
}

/** one drag sets who and when, the toast takes it back, a block moves along its lane. */
export async function ticketIsDraggedOnALane({ page, baseUrl, api, shot }) {
  const subject = `Перетащить ${Date.now()}`;
  const { ticket, team, date, board, card } = await scene(api, subject);
  const person = board.people[0];
  await signIn(page, baseUrl, 'dispatcher@opora.demo');
  await page.goto(`${baseUrl}/dispatch?team=${team.id}&date=${date}`);
  await page.getByRole('textbox', { name: 'Поиск и фильтры' }).fill(`"${subject}"`);
  const row = await onlyRow(page, ticket);
  const lane = page.locator(`[data-person="${person.id}"]`);
  const { width } = await lane.boundingBox();
  await row.dragTo(lane, { targetPosition: { x: Math.round(width * 0.3), y: 20 } });
  const block = lane.locator(`[data-ticket="${ticket.number}"]`);
  await block.waitFor();
  await row.waitFor({ state: 'detached' });
  const first = await until(async () => {
    const { assignee, scheduledFor } = await card();
    return assignee?.id === person.id && scheduledFor;
  }, 'the drag is saved');
  assert.equal(new Date(first).getUTCMinutes() % 15, 0);
  await shot('dispatch-board');

  await block.dragTo(lane, { targetPosition: { x: Math.round(width * 0.6), y: 20 } });
  await until(async () => (await card()).scheduledFor > first, 'the block has moved');
  await page.getByRole('button', { name: 'Отменить' }).last().click();
  await until(async () => (await card()).scheduledFor === first, 'the move is taken back');
}

/** the same by keys: J to the ticket, A for who should go, arrows and Enter; the phone shows the same people. */
export async function ticketIsHandedOverByKeys({ page, baseUrl, api, shot }) {
  const subject = `Передать ${Date.now()}`;
  const { ticket, team, date, card } = await scene(api, subject);
  await signIn(page, baseUrl, 'dispatcher@opora.demo');
  await page.goto(`${baseUrl}/dispatch?team=${team.id}&date=${date}`);
  await page.getByRole('textbox', { name: 'Поиск и фильтры' }).fill(`"${subject}"`);
  const row = await onlyRow(page, ticket);
  await page.getByRole('heading', { name: 'Доска' }).click();
  await page.keyboard.press('j');
  await page.locator(`[data-ticket="${ticket.number}"][data-current]`).waitFor();
  await page.keyboard.press('a');
  const sheet = page.getByRole('dialog', { name: 'Кого послать' });
  const list = sheet.getByRole('list');
  await list.getByRole('button').first().waitFor();
  await shot('dispatch-suggestions');
  await list.getByRole('button').first().focus();
  await page.keyboard.press('ArrowDown');
  const name = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press('Enter');
  const { assignee } = await until(async () => {
    const present = await card();
    return present.assignee && present;
  }, 'the ticket is handed over');
  assert.ok(name.includes(assignee.name), `${name} is not ${assignee.name}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByText(assignee.name).first().waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `the phone's page is ${wide} px too wide`);
}
