/** A client's ticket from the phone to the rating; the staff's part is played over the API. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const PASSWORD = 'opora-demo';
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function signIn(page, baseUrl, login) {
  await page.goto(`${baseUrl}/portal/`);
  await page.getByLabel(/Электронная почта/).fill(login);
  await page.getByRole('textbox', { name: /Пароль/ }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Мои заявки' }).waitFor();
}

const ok = ({ status, body }, expected = 200) => {
  assert.equal(status, expected, JSON.stringify(body));
  return body;
};

/** Takes the ticket along the process until its status is of this category. */
async function moveTo(staff, id, category) {
  const { transitions } = ok(await staff.get(`/tickets/${id}`));
  const transition = transitions.find(({ to }) => to.category === category);
  assert.ok(transition, `no way to ${category} among ${JSON.stringify(transitions)}`);
  ok(await staff.post(`/tickets/${id}/transition`, { transitionId: transition.id }));
}

/** The address of the one-time link in the latest mail to somebody, from the local mailbox. */
async function linkMailedTo(baseUrl, email) {
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(500)) {
    const list = await (await fetch(`${baseUrl}/dev/mailbox?to=${encodeURIComponent(email)}`)).text();
    const [path] = list.match(/\/dev\/mailbox\/[0-9a-f-]{36}/) ?? [];
    if (!path) continue;
    const body = await (await fetch(`${baseUrl}${path}/body`)).text();
    const [, token] = body.replaceAll('&#x3D;', '=').match(/#token=([\w-]+)/) ?? [];
    if (token) return `${baseUrl}/portal/sign-in#token=${token}`;
  }
  throw new Error(`no link was mailed to ${email}`);
}

/** PO-01, PO-06, Q-01, Q-03 */
export async function fileAnswerAndRate({ page, baseUrl, api, shot }) {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, baseUrl, 'client@retail.demo');

  const began = Date.now();
  const subject = `Не печатает чеки ${began}`;
  await page.getByRole('link', { name: 'Новая заявка' }).click();
  await page.getByRole('button', { name: /Инцидент/ }).click();
  await page.getByRole('textbox', { name: /Коротко о вопросе/ }).fill(subject);
  await page.getByRole('textbox', { name: /Подробности/ }).fill('Лента заправлена, индикатор мигает');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'касса.png', mimeType: 'image/png', buffer: PHOTO });
  await shot('portal new ticket');
  await page.getByRole('button', { name: 'Отправить заявку' }).click();
  await page.getByText(/Заявка № \d+ принята/).waitFor();
  assert.ok(Date.now() - began < 60_000, 'a ticket takes less than a minute');
  await page.getByRole('link', { name: /касса\.png/ }).waitFor();
  const number = page.url().split('/').pop();

  const staff = await api.signIn('engineer@opora.demo', PASSWORD);
  const ticket = ok(await staff.post(`/tickets/${number}/take`));
  ok(
    await staff.post(`/tickets/${ticket.id}/comments`, { html: '<p>Выезжаем сегодня</p>', audience: ['client'] }),
    201,
  );
  // The engineer has ten seconds to take his words back: a client sees them after that, without a reload.
  await page.getByText('Выезжаем сегодня').waitFor({ timeout: 30_000 });
  await page.getByText(`Заявкой занимается ${ticket.assignee.name}.`).waitFor();

  await page.getByRole('textbox', { name: 'Ваш ответ' }).fill('Спасибо, ждём');
  await page.getByRole('button', { name: 'Отправить', exact: true }).click();
  await page.getByText('Сообщение отправлено').waitFor();
  await page.getByText('Спасибо, ждём').waitFor();

  await moveTo(staff, ticket.id, 'done');
  await page.locator('label', { hasText: 'Хорошо' }).click();
  await page.getByRole('textbox', { name: /Комментарий/ }).fill('Быстро приехали');
  await page.getByRole('button', { name: 'Отправить оценку' }).click();
  await page.getByText('Ваша оценка: Хорошо').waitFor();
  await page.getByRole('button', { name: 'Изменить оценку' }).click();
  await page.locator('label', { hasText: 'Нормально' }).click();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page.getByText('Ваша оценка: Нормально').waitFor();
  await shot('portal rated');

  const [rating] = ok(await staff.get(`/tickets/${ticket.id}/rating`)).ratings;
  assert.equal(rating.score, 'normal');
  assert.deepEqual(
    rating.previous.map(({ score }) => score),
    ['good'],
  );
}

/** PO-02: what one sees is decided by the rights in the company. */
export async function companyByRight({ page, browser, baseUrl, api }) {
  const user = await api.portalSignIn('user@retail.demo', PASSWORD);
  const subject = `Только моя ${Date.now()}`;
  const [type] = ok(await user.get('/portal/ticket-types')).data;
  const mine = ok(await user.post('/portal/tickets', { subject, typeId: type.id }), 201);

  await signIn(page, baseUrl, 'client@retail.demo');
  await page.getByPlaceholder(/Номер или слова/).fill(subject);
  await page.getByText('Ничего не нашлось').waitFor();
  await page.locator('label', { hasText: 'Всей компании' }).click();
  await page.getByRole('link', { name: new RegExp(subject) }).click();
  await page.getByRole('button', { name: 'Закрыть заявку' }).click();
  await page.getByRole('button', { name: 'Да, закрыть' }).click();
  await page.getByText('Заявка закрыта.').waitFor();
  assert.equal(ok(await user.get(`/portal/tickets/${mine.id}`)).status.category, 'closed');

  const other = await browser.newContext({ locale: 'ru-RU' });
  try {
    const his = await other.newPage();
    await signIn(his, baseUrl, 'user@retail.demo');
    assert.equal(await his.getByText('Всей компании').count(), 0);
    assert.equal(await his.getByRole('link', { name: 'Сотрудники' }).count(), 0);
  } finally {
    await other.close();
  }
}

/** PO-02, PO-07: an administrator invites a colleague, who signs in by the link of the mail. */
export async function inviteColleague({ page, browser, baseUrl, shot }) {
  await signIn(page, baseUrl, 'client@retail.demo');
  const email = `colleague-${Date.now()}@retail.example`;
  await page.getByRole('link', { name: 'Сотрудники' }).click();
  await page.getByRole('button', { name: 'Пригласить сотрудника' }).click();
  await page.getByRole('textbox', { name: /Имя и фамилия/ }).fill('Глеб Кассиров');
  await page.getByRole('textbox', { name: /Электронная почта/ }).fill(email);
  await page.getByRole('checkbox', { name: 'Видит все заявки компании' }).check();
  await shot('portal invite');
  await page.getByRole('button', { name: 'Отправить приглашение' }).click();
  await page.getByText(`Приглашение отправлено: ${email}`).waitFor();

  const link = await linkMailedTo(baseUrl, email);
  const other = await browser.newContext({ locale: 'ru-RU' });
  try {
    const his = await other.newPage();
    await his.goto(link);
    await his.getByRole('button', { name: 'Войти на портал' }).click();
    await his.getByRole('heading', { level: 1, name: 'Мои заявки' }).waitFor();
    assert.equal(await his.getByText('Всей компании').count(), 1);
    await his.goto('about:blank');
    await his.goto(link);
    await his.getByRole('button', { name: 'Войти на портал' }).click();
    await his.getByText('Ссылка устарела или уже использована').waitFor();
  } finally {
    await other.close();
  }
}
