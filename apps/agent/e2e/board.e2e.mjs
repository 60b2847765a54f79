/** One list as rows, as a board and as a calendar: a card is carried to another status, a ticket to another day. */
import assert from 'node:assert/strict';

const PASSWORD = 'opora-demo';

async function api(baseUrl, login) {
  const call = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${baseUrl}/api/v1${path}`, {
      method,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      body: body ? JSON.stringify(body) : undefined,
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return { body: text ? JSON.parse(text) : null, etag: answer.headers.get('etag') };
  };
  const { accessToken } = (await call('POST', '/auth/sign-in', { login, password: PASSWORD })).body;
  return (method, path, body, headers = {}) =>
    call(method, path, body, { authorization: `Bearer ${accessToken}`, ...headers });
}

/** T-19 */
export async function boardAndCalendar({ page, baseUrl, shot }) {
  const call = await api(baseUrl, 'dispatcher@opora.demo');
  const word = `доска${Date.now()}`;
  const { body: ticket } = await call('POST', '/tickets', { subject: `Сканер молчит ${word}` });
  const way = ticket.transitions.find(({ to, blockedBy }) => to.category === 'in_work' && !blockedBy?.length);
  assert.ok(way, 'a new ticket can be begun');

  await page.goto(`${baseUrl}/`);
  await page.locator('input[type=password]').waitFor();
  await page.locator('input').first().fill('dispatcher@opora.demo');
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page
    .getByRole('link', { name: /Новая заявка/ })
    .first()
    .waitFor();

  await page.goto(`${baseUrl}/tickets?q=${encodeURIComponent(word)}`);
  await page.getByText(word).first().waitFor();
  await page.getByTitle('Доской по статусам').click();
  await page.waitForURL(/layout=board/);
  const from = page.getByRole('region', { name: ticket.status.name, exact: true });
  const to = page.getByRole('region', { name: way.to.name, exact: true });
  const card = page.getByText(word).last();
  await from.getByText(word).waitFor();
  await shot('agent board');
  await card.dragTo(to);
  await to.getByText(word).waitFor({ timeout: 15_000 });
  for (const until = Date.now() + 10_000; ;) {
    const { body } = await call('GET', `/tickets/${ticket.number}`);
    if (body.status.id === way.to.id) break;
    assert.ok(Date.now() < until, 'the ticket has moved');
    await page.waitForTimeout(300);
  }

  const now = new Date();
  const at = new Date(now.getFullYear(), now.getMonth(), 10, 12);
  const { etag } = await call('GET', `/tickets/${ticket.number}`);
  await call('PATCH', `/tickets/${ticket.number}`, { scheduledFor: at.toISOString() }, { 'if-match': etag });
  await page.goto(`${baseUrl}/tickets?q=${encodeURIComponent(word)}&layout=calendar&field=scheduledFor`);
  const month = at.toLocaleDateString('ru', { month: 'long', day: 'numeric' }).split(' ')[1];
  const day = (number) => page.getByRole('region', { name: new RegExp(`(^|\\D)${number} ${month}`) });
  await day(10).getByText(word).waitFor();
  await shot('agent calendar');
  await day(10).getByText(word).dragTo(day(12));
  await day(12).getByText(word).waitFor({ timeout: 15_000 });
  for (const until = Date.now() + 10_000; ;) {
    const { body } = await call('GET', `/tickets/${ticket.number}`);
    if (new Date(body.scheduledFor).getTime() === at.getTime() + 2 * 86_400_000) break;
    assert.ok(Date.now() < until, 'the ticket stands on the other day');
    await page.waitForTimeout(300);
  }

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('heading', { name: new RegExp(`12 ${month}`) }).waitFor();
  await shot('agent calendar phone');
  await page.setViewportSize({ width: 1440, height: 900 });
}
