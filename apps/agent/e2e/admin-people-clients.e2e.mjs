/** An administrator's day: a new colleague with a role of his own, a key for a program, a client with objects and people. */
import assert from 'node:assert/strict';

const PASSWORD = 'opora-demo';

async function signIn(page, baseUrl, login = 'admin@opora.demo', password = PASSWORD) {
  await page.goto(`${baseUrl}/`);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
}

const button = (scope, name) => scope.getByRole('button', { name, exact: true });
const field = (scope, name) => scope.getByRole('textbox', { name });

/** S-01, S-02 */
export async function colleagueWithOwnRole({ page, browser, baseUrl, shot }) {
  const stamp = Date.now();
  await signIn(page, baseUrl);
  await page.getByRole('link', { name: 'Сотрудники' }).click();
  await page.getByRole('link', { name: 'Роли' }).click();
  const row = page.getByRole('table').getByRole('row', { name: /Управлять ролями/ });
  await row.waitFor();
  assert.ok((await row.getByRole('img', { name: 'нет' }).count()) > 3, 'only the administrator manages roles');
  await page
    .getByRole('list', { name: 'Роли' })
    .getByRole('link', { name: /^Инженер/ })
    .click();
  await page.getByRole('link', { name: 'Копировать в свою роль' }).click();
  await field(page, /Название по-русски/).fill(`Стажёр ${stamp}`);
  await field(page, /Название по-английски/).fill(`Trainee ${stamp}`);
  await page.getByRole('checkbox', { name: 'Назначать ответственных' }).uncheck();
  await button(page, 'Создать роль').click();
  await page
    .getByRole('list', { name: 'Роли' })
    .getByRole('link', { name: new RegExp(`Стажёр ${stamp}`) })
    .waitFor();

  await page.getByRole('link', { name: 'Сотрудники' }).first().click();
  await button(page, 'Новый сотрудник').waitFor();
  await page.keyboard.press('KeyN');
  const form = page.getByRole('dialog');
  await field(form, /^Имя/).fill(`Новиков Пётр ${stamp}`);
  await field(form, /Электронная почта/).fill('admin@opora.demo');
  await form.getByRole('combobox', { name: 'Роли' }).click();
  await page.keyboard.type(`Стажёр ${stamp}`);
  await page.getByRole('option', { name: `Стажёр ${stamp}` }).click();
  await page.keyboard.press('Escape');
  await button(form, 'Добавить сотрудника').click();
  await form.getByText('Этот адрес уже занят другим сотрудником').waitFor();
  await field(form, /Электронная почта/).fill(`petr-${stamp}@opora.demo`);
  await button(form, 'Добавить сотрудника').click();
  const issued = (await page.getByTestId('secret').textContent()).trim();
  await shot('admin-issued-password');
  await button(page, 'Сохранил, закрыть').click();
  assert.equal(await page.getByTestId('secret').count(), 0);

  const other = await browser.newContext({ locale: 'ru-RU' });
  const his = await other.newPage();
  await signIn(his, baseUrl, `petr-${stamp}@opora.demo`, issued);
  await his
    .getByRole('button', { name: /Сменить пароль|пароль/i })
    .first()
    .waitFor();
  assert.equal(
    await his.getByRole('link', { name: /Новая заявка/ }).count(),
    0,
    'an issued password opens nothing but its change',
  );
  await other.close();
}

/** I-07 */
export async function keyOfAProgram({ page, baseUrl, api, shot }) {
  const name = `Обмен ${Date.now()}`;
  await signIn(page, baseUrl);
  await page
    .getByRole('link', { name: /Новая заявка/ })
    .first()
    .waitFor();
  await page.goto(`${baseUrl}/people/api-keys`);
  await button(page, 'Новый ключ').first().click();
  await field(page, /^Название/).fill(name);
  await page.getByRole('checkbox', { name: 'Видеть заявки' }).check();
  await button(page, 'Создать ключ').click();
  const secret = (await page.getByTestId('secret').textContent()).trim();
  assert.match(secret, /^opora_\w+_\w+/);
  await button(page, 'Сохранил, закрыть').click();
  assert.ok(!(await page.content()).includes(secret), 'the secret is not on the page any more');

  const headers = { authorization: `Bearer ${secret}` };
  assert.equal((await api.get('/tickets?limit=1', undefined, headers)).status, 200);
  assert.equal((await api.get('/employees?limit=1', undefined, headers)).status, 403);
  await button(page, `Отозвать ключ «${name}»`).click();
  await button(page.getByRole('dialog'), 'Отозвать').click();
  await page.getByText('Ключ отозван').waitFor();
  assert.equal((await api.get('/tickets?limit=1', undefined, headers)).status, 401);
  await shot('admin-api-keys');
}

/** C-01, C-03, C-04 */
export async function clientFromNothing({ page, baseUrl, api, shot }) {
  const stamp = Date.now();
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const domain = `c${stamp}.example`;
  const first = await admin.post('/companies', {
    name: `Первая ${stamp}`,
    site: `https://${domain}`,
    address: 'Тула, Ленина, 5',
  });
  assert.equal(first.status, 201);
  await signIn(page, baseUrl);
  await page.getByRole('link', { name: 'Клиенты' }).click();
  // The list of tickets is a grid, too, and hears the same key.
  await button(page, 'Новая компания').waitFor();
  await page.keyboard.press('KeyN');
  const form = page.getByRole('dialog');
  await field(form, /^Название/).fill(`Вторая ${stamp}`);
  await field(form, 'Сайт').fill(`https://${domain}`);
  await field(form, 'ИНН').fill('123');
  await button(form, 'Добавить компанию').click();
  await form.getByText(/Ожидается ИНН/).waitFor();
  await field(form, 'ИНН').fill('');
  await button(form, 'Добавить компанию').click();
  await form.getByRole('link', { name: `Первая ${stamp}` }).waitFor();
  await button(form, 'Всё равно создать').click();
  await page.getByRole('heading', { name: `Вторая ${stamp}` }).waitFor();
  const id = page.url().split('/').pop();

  await page.getByRole('button', { name: /^Адрес: .*Изменить/ }).click();
  await page.getByRole('textbox', { name: 'Адрес', exact: true }).fill('Тверь, Мира, 1');
  const seen = await admin.get(`/companies/${id}`);
  const changed = await admin.patch(
    `/companies/${id}`,
    { address: 'Орёл, Садовая, 2' },
    { 'if-match': seen.headers.get('etag') },
  );
  assert.equal(changed.status, 200);
  await page.keyboard.press('Enter');
  const stale = page.getByRole('dialog', { name: 'Это поле уже изменили' });
  // The live news may have brought the other value before Enter; then there is nothing to ask.
  await Promise.race([stale.waitFor(), page.getByRole('button', { name: /^Адрес: Тверь/ }).waitFor()]);
  if (await stale.count()) {
    await stale.getByText('Орёл, Садовая, 2').waitFor();
    await shot('admin-company-conflict');
    await button(stale, 'Записать моё').click();
  }
  await page.getByRole('button', { name: /^Адрес: Тверь, Мира, 1/ }).waitFor();

  const objects = page.getByRole('region', { name: 'Объекты обслуживания' });
  await button(objects, 'Добавить').click();
  await field(page.getByRole('dialog'), /^Название/).fill('Склад');
  await button(page.getByRole('dialog'), 'Добавить объект').click();
  await page.getByRole('dialog').getByText(`унаследовано: компания Вторая ${stamp}`).first().waitFor();
  await page.keyboard.press('Escape');
  await objects.getByRole('treeitem', { name: /Склад/ }).waitFor();

  const people = page.getByRole('region', { name: 'Контактные лица' });
  await button(people, 'Добавить').click();
  await page.getByRole('menuitem', { name: 'Новое контактное лицо' }).click();
  const card = page.getByRole('dialog');
  await field(card, /^Имя/).fill(`Анна Ветрова ${stamp}`);
  await field(card, 'Адреса почты: основной').fill(`anna@${domain}`);
  await card.getByRole('checkbox', { name: 'Администратор компании' }).check();
  await button(card, 'Добавить контактное лицо').click();
  await people.getByRole('link', { name: `Анна Ветрова ${stamp}` }).click();
  await page.getByText('Администратор компании').waitFor();
  await button(page, 'Пригласить на портал').click();
  await page.getByRole('menuitem', { name: 'Выдать пароль' }).click();
  const issued = (await page.getByTestId('secret').textContent()).trim();
  await button(page, 'Сохранил, закрыть').click();
  await api.portalSignIn(`anna@${domain}`, issued);
  await shot('admin-contact');
}
