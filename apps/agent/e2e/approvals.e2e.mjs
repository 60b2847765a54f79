/** A request goes from person to person to its sheet; it is returned and sent again; a mail's link decides only by its button. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PASSWORD = 'opora-demo';

async function signIn(page, baseUrl, login) {
  await page.goto(`${baseUrl}/`);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Согласования' }).first().waitFor();
}

/** Somebody else at another browser. */
async function pageOf(browser, baseUrl, login) {
  const context = await browser.newContext({ locale: 'ru-RU', timezoneId: 'Europe/Moscow' });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await signIn(page, baseUrl, login);
  return page;
}

/** The login of whoever is asked now. */
async function askedLogin(admin, number) {
  const { body } = await admin.get(`/approvals/${number}`);
  const id = body.waitsFor[0].person.id;
  const { body: people } = await admin.get('/directory/people?limit=200');
  return people.data.find((person) => person.id === id).email;
}

/** A discount: the lead of the team, then the financial director. */
async function startDiscount(api, title) {
  const initiator = await api.signIn('engineer2@opora.demo', PASSWORD);
  const { body: kinds } = await initiator.get('/approval-kinds');
  const kindId = kinds.data.find(({ code }) => code === 'discount').id;
  const made = await initiator.post('/approvals', { kindId, title, amount: '45000.00', currency: 'RUB' });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body;
}

/** AP-01: started on the screen with its way shown before, decided by two people, saved as a sheet. */
export async function requestGoesItsWayToTheSheet({ page, browser, baseUrl, api, shot }) {
  const title = `Скидка на обслуживание ${Date.now()}`;
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  await signIn(page, baseUrl, 'engineer2@opora.demo');
  await page.goto(`${baseUrl}/approvals/new`);
  await page.getByLabel('Вид', { exact: false }).first().selectOption({ label: 'Скидка' });
  await page.getByRole('textbox', { name: 'Предмет' }).fill(title);
  await page.getByRole('textbox', { name: 'Сумма' }).fill('45 000,50');
  const plan = page.getByRole('complementary', { name: 'Как пойдёт' });
  await plan.getByText('2. Финансовый директор').waitFor();
  await shot('approval: the way before sending');
  await page.getByRole('button', { name: 'Отправить на согласование' }).click();
  await page.waitForURL(/\/approvals\/\d+$/);
  const number = page.url().split('/').pop();
  await page.getByText('На согласовании').first().waitFor();

  const first = await pageOf(browser, baseUrl, await askedLogin(admin, number));
  await first.goto(`${baseUrl}/approvals/inbox`);
  await first.getByText(title).click();
  await first.getByRole('region', { name: 'Ваше решение' }).waitFor();
  await first.keyboard.press('a');
  await first.getByText('Согласовано', { exact: true }).waitFor();
  await first.context().close();

  const second = await pageOf(browser, baseUrl, await askedLogin(admin, number));
  await second.goto(`${baseUrl}/approvals/${number}`);
  await second.getByRole('button', { name: 'Согласовать' }).click();
  await second.getByText('Согласовано', { exact: true }).first().waitFor();
  await second.context().close();

  await page.goto(`${baseUrl}/approvals/${number}`);
  await page.getByText('Согласовано', { exact: true }).first().waitFor();
  await shot('approval: approved');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Лист согласования' }).click();
  const sheet = await saving;
  assert.equal(sheet.suggestedFilename(), `Лист согласования ${number}.pdf`);
  const bytes = fs.readFileSync(await sheet.path());
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  assert.ok(bytes.length > 5000, `the sheet has ${bytes.length} bytes`);
}

/** AP-01: a return needs its reason; the initiator mends and sends again, the same person is asked anew. */
export async function returnedRequestIsSentAgain({ page, browser, baseUrl, api, shot }) {
  const { number } = await startDiscount(api, `Скидка с вопросом ${Date.now()}`);
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const login = await askedLogin(admin, number);
  const approver = await pageOf(browser, baseUrl, login);
  await approver.goto(`${baseUrl}/approvals/${number}`);
  const bar = approver.getByRole('region', { name: 'Ваше решение' });
  await bar.waitFor();
  await approver.keyboard.press('r');
  await bar.getByText('Напишите, что нужно исправить').waitFor();
  assert.equal((await admin.get(`/approvals/${number}`)).body.state, 'waiting');
  await bar.getByRole('textbox').fill('Не указан договор');
  await bar.getByRole('button', { name: 'Вернуть' }).click();
  await bar.waitFor({ state: 'detached' });

  await signIn(page, baseUrl, 'engineer2@opora.demo');
  await page.goto(`${baseUrl}/approvals/${number}`);
  const form = page.getByRole('form', { name: 'Запрос вернули' });
  await form.getByText('Не указан договор').waitFor();
  await shot('approval: returned');
  await form.getByRole('textbox', { name: 'Обоснование' }).fill('Договор 14-ТО от 1 марта');
  await form.getByRole('textbox', { name: 'Что изменилось' }).fill('Дописал договор');
  await form.getByRole('button', { name: 'Отправить снова' }).click();
  await form.waitFor({ state: 'detached' });

  assert.equal(await askedLogin(admin, number), login);
  await approver.goto(`${baseUrl}/approvals/${number}`);
  await bar.waitFor();
  await approver.getByText('Договор 14-ТО от 1 марта').waitFor();
  await approver.context().close();
}

/** The link of the newest mail to somebody about a request, from the local mailbox. */
async function linkFromMail(baseUrl, address, title) {
  for (const end = Date.now() + 40_000; Date.now() < end; await sleep(500)) {
    const list = await (await fetch(`${baseUrl}/dev/mailbox?to=${encodeURIComponent(address)}`)).text();
    for (const [, path] of list.matchAll(/href="(\/dev\/mailbox\/[0-9a-f-]{36})"/g)) {
      const mail = await (await fetch(`${baseUrl}${path}/body`)).text();
      const token = /\/portal\/approve#t=([\w.~-]+)/.exec(mail.includes(title) ? mail : '')?.[1];
      if (token) return token;
    }
  }
  throw new Error(`no mail to ${address} about «${title}»`);
}

/** AP-08: programs that open links decide nothing; the button of the page does, once, without a sign-in. */
export async function linkOfAMailDecidesByItsButtonOnly({ page, baseUrl, api, shot }) {
  const title = `Скидка по письму ${Date.now()}`;
  const { number } = await startDiscount(api, title);
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const token = await linkFromMail(baseUrl, await askedLogin(admin, number), title);
  const states = async () => {
    const { body } = await admin.get(`/approvals/${number}`);
    return body.stages.flatMap(({ steps }) => steps).map(({ state }) => state);
  };
  const before = await states();
  for (let times = 0; times < 3; times += 1) assert.equal((await api.get(`/approvals/link/${token}`)).status, 200);
  await page.goto(`${baseUrl}/portal/approve#t=${token}`);
  await page.getByRole('heading', { name: title }).waitFor();
  await shot('approval: from a mail');
  assert.deepEqual(await states(), before);
  await page.getByRole('radio', { name: 'Согласую' }).check();
  await page.getByRole('button', { name: 'Отправить решение' }).click();
  await page.getByText('Вы согласовали').waitFor();
  assert.equal((await states())[0], 'approved');
  assert.equal((await api.get(`/approvals/link/${token}`)).status, 410);
}
