/** What every journey of the desk needs. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Of everybody in the demo. */
export const PASSWORD = 'opora-demo';

export async function signIn(page, baseUrl, login = 'admin@opora.demo') {
  await page.goto(`${baseUrl}/`);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page
    .getByRole('link', { name: /Новая заявка/ })
    .or(page.getByRole('button', { name: /Новая заявка/ }))
    .first()
    .waitFor();
}

/** What was found, once something is. */
export async function until(look, what, limit = 40_000) {
  for (const end = Date.now() + limit; Date.now() < end; await sleep(300)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${what}: not within ${limit / 1000} s`);
}
