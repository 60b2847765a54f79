/** A request arrives by mail, appears live, is taken, answered, solved and rated: the whole loop in a browser. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { signIn } from './desk.mjs';

/** The newest mail to somebody whose subject holds these words: its page and its body, from the local mailbox. */
async function mailTo(baseUrl, address, words) {
  for (const until = Date.now() + 40_000; Date.now() < until; await sleep(500)) {
    const list = await (await fetch(`${baseUrl}/dev/mailbox?to=${encodeURIComponent(address)}`)).text();
    for (const [, path] of list.matchAll(/href="(\/dev\/mailbox\/[0-9a-f-]{36})"/g)) {
      const [shown, body] = await Promise.all(
        [path, `${path}/body`].map(async (part) => (await fetch(`${baseUrl}${part}`)).text()),
      );
      if (body.includes(words)) return { shown, body };
    }
  }
  throw new Error(`no mail to ${address} with «${words}»`);
}

/** CH-01, T-10, T-11, T-23, Q-01, Q-02 */
export async function fromMailToRating({ page, baseUrl, sendMail, context, shot }) {
  const client = `client-${Date.now()}@shop.example`;
  const subject = `Не включается касса ${Date.now()}`;
  await signIn(page, baseUrl, 'dispatcher@opora.demo');
  await page.goto(`${baseUrl}/tickets?q=${encodeURIComponent('is:open sort:-createdAt')}`);
  await page.getByText('Статус').first().waitFor();

  await sendMail({
    from: `Пётр Клиентов <${client}>`,
    to: 'support@opora.localhost',
    subject,
    text: 'Здравствуйте! Касса не включается с утра.',
  });
  // Without a reload: the list hears of it.
  await page.getByText(subject).first().waitFor({ timeout: 20_000 });
  await shot('agent live list');
  await page.getByText(subject).first().click();
  await page.getByText('Касса не включается с утра').waitFor();

  // «Т» on a Russian keyboard is another letter: hotkeys follow the physical key.
  const take = page.getByRole('button', { name: 'Взять', exact: true });
  await take.waitFor();
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.keyboard.press('KeyT');
  await take.waitFor({ state: 'hidden' });
  await page
    .getByRole('button', { name: /В работе/ })
    .first()
    .waitFor();

  const editor = page.locator('[contenteditable=true]').last();
  await editor.click();
  await editor.pressSequentially('Добрый день! Подключаемся к кассе.');
  await page.getByRole('button', { name: /Отправить клиенту: 1 получатель/ }).click();
  await page.getByText('Ответ отправляется клиенту').waitFor();
  await shot('agent answer');

  const answer = await mailTo(baseUrl, client, 'Подключаемся к кассе');
  const replyTo = /support\+[\w.]+@[\w.-]+/.exec(answer.shown)?.[0];
  const messageId = /Message-ID: &lt;([^&]+)&gt;/.exec(answer.shown)?.[1];
  assert.ok(replyTo && messageId, 'the answer carries a signed reply address and an id');

  await sendMail({
    from: client,
    to: replyTo,
    subject: `Re: ${subject}`,
    inReplyTo: `<${messageId}>`,
    text: 'Спасибо, заработала!',
  });
  await page.getByText('Спасибо, заработала!').waitFor({ timeout: 20_000 });

  await page
    .getByRole('button', { name: /В работе/ })
    .first()
    .click();
  await page
    .getByRole('menuitem', { name: /Выполнить|Выполнена/ })
    .first()
    .click();
  await page.getByText('Выполнена').first().waitFor();
  await shot('agent solved');

  const solved = await mailTo(baseUrl, client, '/portal/rate#t=');
  const link = /http[^"]*\/portal\/rate#t=[^"]*s=good/.exec(solved.body)?.[0].replaceAll('&amp;', '&');
  assert.ok(link, 'the mail about the solution has three smiles');
  const rating = await context.newPage();
  await rating.goto(link.replace(/^https?:\/\/[^/]+/, baseUrl));
  await rating.getByText(subject).waitFor();
  await rating
    .getByRole('button', { name: /Отправить оценку|Подтвердить|Оценить/ })
    .first()
    .click();
  await rating
    .getByText(/Спасибо/)
    .first()
    .waitFor();
  await rating.close();
}
