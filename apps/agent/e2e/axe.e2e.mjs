/** The main screens of the staff's application have no WCAG 2.2 A/AA violation that axe can find, light and dark. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';

const PASSWORD = 'opora-demo';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
async function check(page, name, found) {
  // The words of a screen come after its frame; a skeleton has nothing to find fault with.
  await page.locator('main, form').first().waitFor();
  await page.waitForTimeout(1500);
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  for (const { id, nodes } of violations)
    found.push(`${name}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
}

async function walk(page, baseUrl, number, found) {
  await page.goto(`${baseUrl}/`);
  await check(page, 'sign-in', found);
  await page.locator('input[name=login]').fill('admin@opora.demo');
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await page.locator('input[name=password]').waitFor({ state: 'detached' });
  const screens = {
    list: '/tickets',
    ticket: `/tickets/${number}`,
    'new ticket': '/tickets/new',
    employees: '/people/employees',
    roles: '/people/roles',
    companies: '/clients/companies',
    types: '/ticket-config/types',
    account: '/account',
  };
  for (const [name, path] of Object.entries(screens)) {
    await page.goto(`${baseUrl}${path}`);
    await check(page, name, found);
  }
}

async function inLook({ browser, baseUrl, api }, look) {
  const person = await api.signIn('admin@opora.demo', PASSWORD);
  const { body } = await person.get('/tickets?limit=1');
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
  inLook(tools, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });

export const noViolationsOnADesk = (tools) =>
  inLook(tools, { viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
