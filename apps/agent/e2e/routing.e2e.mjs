/** Whose work a ticket is: a route is written and tried, somebody is away, his work goes to his substitute. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { PASSWORD, signIn } from './desk.mjs';

async function choose(page, label, words) {
  const input = page.getByRole('combobox', { name: label, exact: true }).or(page.getByRole('textbox', { name: label }));
  await input.last().click();
  await input.last().fill(words);
  await page
    .getByRole('option', { name: new RegExp(words) })
    .first()
    .click();
}

/** R-01: a row is written, the tester shows the way, the order changes it by a key, the ticket tells why it is there. */
export async function routeIsWrittenTriedAndFollowed({ page, baseUrl, api, shot }) {
  const word = `Сканер${Date.now()}`;
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body: teams } = await admin.get('/directory/teams?limit=200');
  const [team] = teams.data;
  const when = { field: 'subject', op: 'contains', value: word };
  const { body: made } = await admin.post('/routing-rows', { name: word, when, teamId: team.id });
  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/routing`);
  // The demo's last row takes everything: behind it ours never gets its turn.
  await page
    .getByText(/До строки не доходит/)
    .first()
    .waitFor();
  await page.getByRole('textbox', { name: 'Тема' }).fill(`Не включается ${word}`);
  const result = page.getByRole('status').filter({ hasText: 'Получит' });
  await result.waitFor();
  await page.getByRole('button', { name: `Переместить «${word}»` }).focus();
  await page.keyboard.press('Home');
  await result.getByText(`строка «${word}»`).waitFor();
  assert.match(await result.innerText(), new RegExp(team.name));
  await shot('routing');
  await page.getByRole('link', { name: word, exact: true }).click();
  await page.getByRole('dialog').getByText('Кто получает').waitFor();
  await page.keyboard.press('Escape');
  const { body: ticket } = await admin.post('/tickets', { subject: `Не включается ${word}` });
  assert.equal(ticket.team.id, team.id);
  await page.goto(`${baseUrl}/tickets/${ticket.number}`);
  await page.getByRole('button', { name: 'Почему эта группа' }).click();
  await page.getByText(`Маршрут «${word}»`).waitFor();
  await page.goto(`${baseUrl}/routing`);
  await page.getByRole('switch', { name: `Строка «${word}» включена` }).click({ force: true });
  for (const end = Date.now() + 20_000; ; await sleep(300)) {
    const { body: row } = await admin.get(`/routing-rows/${made.id}`);
    if (!row.isActive) break;
    assert.ok(Date.now() < end, 'the row is switched off');
  }
  await admin.delete(`/routing-rows/${made.id}`);
}

/** R-02: an absence is told on the screen; the open tickets go to the substitute on request, the team sees who stands in. */
export async function workOfSomebodyAwayIsHandedOver({ page, baseUrl, api, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body: people } = await admin.get('/directory/people?limit=200');
  const idOf = (login) => people.data.find(({ email }) => email === `${login}@opora.demo`);
  const [away, substitute] = [idOf('expert'), idOf('expert2')];
  const { body: ticket } = await admin.post('/tickets', { subject: 'Заявка отсутствующего', assigneeId: away.id });
  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/people/absences/new`);
  await choose(page, 'Сотрудник', away.name);
  await choose(page, 'Заместитель', substitute.name);
  await page.getByRole('button', { name: 'Отметить', exact: true }).click();
  const bar = page.getByRole('button', { name: new RegExp(`^${away.name}: Отпуск`) });
  await bar.waitFor();
  await shot('absences');
  await bar.click();
  await page.getByRole('button', { name: /^Передать \d+ заяв/ }).click();
  await page.getByText('0 открытых заявок').waitFor();
  const { body: after } = await admin.get(`/tickets/${ticket.number}`);
  assert.equal(after.assignee.id, substitute.id);
  const { body: list } = await admin.get(`/absences?employeeId=${away.id}`);
  for (const { id } of list.data) await admin.delete(`/absences/${id}`);
}

/** R-05: another line asks why; the ticket counts how often it came back. */
export async function handingBackIsAskedForAndCounted({ page, baseUrl, api, shot }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body: teams } = await admin.get('/directory/teams?limit=200');
  const first = teams.data.find(({ line }) => line === 2);
  const other = teams.data.find(({ line }) => line === 3);
  const { body: ticket } = await admin.post('/tickets', { subject: 'Туда и обратно', teamId: first.id });
  const refused = await admin.post(`/tickets/${ticket.id}/assign`, { teamId: other.id });
  assert.equal(refused.status, 422);
  await admin.post(`/tickets/${ticket.id}/assign`, { teamId: other.id, reason: 'Нужна доработка' });
  await signIn(page, baseUrl, 'admin@opora.demo');
  await page.goto(`${baseUrl}/tickets/${ticket.number}`);
  await choose(page, 'Группа', first.name);
  const dialog = page.getByRole('dialog', { name: new RegExp('Передать группе') });
  await dialog.getByRole('textbox').fill('Не наш вопрос');
  await dialog.getByRole('button', { name: 'Передать' }).click();
  await page.getByText('Передана 2 раза, из них 1 возврат').waitFor();
  await shot('handover');
  const { body: found } = await admin.get(`/tickets?q=${encodeURIComponent(`pingpong:>0 number:${ticket.number}`)}`);
  assert.deepEqual(
    found.data.map(({ number }) => number),
    [ticket.number],
  );
}
