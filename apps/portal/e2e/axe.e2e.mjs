/** The main screens of the portal have no WCAG 2.2 A/AA violation that axe can find, on a phone and a desk, light and dark. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';

const PASSWORD = 'opora-demo';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
async function check(page, name, found) {
  await page.locator('h1').first().waitFor();
  await page.waitForTimeout(400);
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  for (const { id, nodes } of violations)
    found.push(`${name}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) found.push(`${name}: ${overflow} px wider than the screen`);
}

async function walk(page, baseUrl, ticketNumber, found) {
  await page.goto(`${baseUrl}/portal/sign-in`);
  await check(page, 'sign-in', found);
  await page.getByLabel(/Электронная почта/).fill('client@retail.demo');
  await page.getByRole('textbox', { name: /Пароль/ }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Мои заявки' }).waitFor();
  const screens = {
    list: '/tickets?scope=company',
    finished: '/tickets?state=closed&scope=company',
    types: '/tickets/new',
    ticket: `/tickets/${ticketNumber}`,
    people: '/people',
    profile: '/profile',
    missing: '/no-such-page',
  };
  for (const [name, path] of Object.entries(screens)) {
    await page.goto(`${baseUrl}/portal${path}`);
    await check(page, name, found);
  }
  await page.goto(`${baseUrl}/portal/tickets/new`);
  await page.getByRole('button', { name: /Инцидент/ }).click();
  await page.getByRole('textbox', { name: /Коротко о вопросе/ }).waitFor();
  await page.getByRole('button', { name: 'Отправить заявку' }).click();
  await check(page, 'form with a missing field', found);
  await page.goto(`${baseUrl}/portal/people`);
  await page.getByRole('button', { name: 'Пригласить сотрудника' }).click();
  await check(page, 'invitation', found);
  await page.goto(`${baseUrl}/portal/rate#t=unknown&s=good`);
  await check(page, 'rating by a dead link', found);
}

async function inLook({ browser, baseUrl, api }, look) {
  const person = await api.portalSignIn('client@retail.demo', PASSWORD);
  const { body } = await person.get('/portal/tickets?scope=company&limit=1');
  const context = await browser.newContext({ locale: 'ru-RU', ...look });
  const found = [];
  try {
    await walk(await context.newPage(), baseUrl, body.data[0].number, found);
  } finally {
    await context.close();
  }
  assert.deepEqual(found, []);
}

export const noViolationsOnAPhone = (tools) =>
  inLook(tools, { viewport: { width: 390, height: 844 }, colorScheme: 'light' });

export const noViolationsOnADesk = (tools) =>
  inLook(tools, { viewport: { width: 1360, height: 860 }, colorScheme: 'dark' });
