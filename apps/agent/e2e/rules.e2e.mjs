/** What the desk does by itself: a rule is written and tried, fires, tells why; two that undo each other are stopped, and told. */
import assert from 'node:assert/strict';
import { PASSWORD, signIn, until } from './desk.mjs';

async function choose(scope, label, option, page) {
  await scope
    .getByRole('combobox', { name: label, exact: true })
    .or(scope.getByRole('textbox', { name: label, exact: true }))
    .last()
    .click();
  await page.getByRole('option', { name: option, exact: true }).first().click();
}

/** the editor reads as a sentence, the tester shows clause by clause what would happen, the ticket says which rule it was. */
export async function ruleIsWrittenTriedAndFires({ page, baseUrl, api, shot }) {
  const word = `Плоттер${Date.now()}`;
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body: old } = await admin.post('/tickets', { subject: `${word} скрипит` });
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/rules/new`);
  await page.getByRole('textbox', { name: /Название/ }).fill(word);
  // A rule without an action is refused with words at its place.
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page
    .getByRole('group', { name: 'то' })
    .locator('[role=alert], p, div')
    .getByText(/действи/i)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Условие', exact: true }).click();
  const condition = page.getByRole('group', { name: 'выполнены все условия' });
  await choose(condition, 'Поле', 'Тема', page);
  await choose(condition, 'Сравнение', 'содержит', page);
  await page.getByRole('textbox', { name: 'Тема: значение' }).fill(word);
  await page.getByRole('button', { name: 'Добавить действие' }).click();
  await page.getByRole('menuitem', { name: 'Изменить приоритет' }).click();
  await choose(page.getByRole('group', { name: 'то' }), 'Приоритет', 'Высокий', page);

  const tester = page.getByRole('region', { name: 'Проверка на заявке' });
  await tester
    .getByRole('combobox', { name: 'Заявка' })
    .or(tester.getByRole('textbox', { name: 'Заявка' }))
    .last()
    .fill(word);
  await page
    .getByRole('option', { name: new RegExp(word) })
    .first()
    .click();
  await tester.getByRole('button', { name: 'Проверить' }).click();
  await tester.getByText('Сработает', { exact: true }).waitFor();
  await tester.getByText('на самом деле:').waitFor();
  await tester.getByText('Высокий').waitFor();
  await shot('rule');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page.getByRole('heading', { name: new RegExp(`№\\d+ ${word}`) }).waitFor();

  const { body: ticket } = await admin.post('/tickets', { subject: `${word} мигает` });
  const fired = await until(async () => {
    const { body } = await admin.get(`/tickets/${ticket.id}`);
    return body.priority.code === 'high' && body;
  }, 'the rule fires');
  assert.equal(fired.number, ticket.number);
  const { body: untouched } = await admin.get(`/tickets/${old.id}`);
  assert.equal(untouched.priority.code, 'normal', 'a ticket that was there before is left alone');
  await page.setViewportSize({ width: 1600, height: 900 });
  await page.goto(`${baseUrl}/tickets/${ticket.number}`);
  const met = page.getByRole('region', { name: 'Автоматика' });
  await met.getByRole('button', { name: new RegExp(word) }).click();
  const why = page.getByRole('dialog');
  await why.getByText('Изменилось').waitFor();
  await why.getByText(`${word} мигает`).first().waitFor();
  await shot('why');
}

/** two rules that undo each other stop by themselves; the page says which, why and on what ticket, until somebody settles it. */
export async function loopIsStoppedAndTold({ page, baseUrl, api, shot }) {
  const word = `Качели ${Date.now()}`;
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const { body: priorities } = await admin.get('/priorities');
  const idOf = (code) => priorities.data.find((each) => each.code === code).id;
  const rule = (from, to) => ({
    name: `${word} ${from}`,
    trigger: { kind: 'event', event: 'ticket.changed', fields: ['priorityId'] },
    when: {
      all: [
        { field: 'subject', op: 'is', value: word },
        { field: 'priorityCode', op: 'is', value: from },
      ],
    },
    actions: [{ action: 'set_priority', params: { priorityId: idOf(to) } }],
  });
  const { body: up } = await admin.post('/rules', rule('low', 'high'));
  const { body: down } = await admin.post('/rules', rule('high', 'low'));
  const { body: ticket } = await admin.post('/tickets', { subject: word });
  const { status } = await admin.patch(
    `/tickets/${ticket.id}`,
    { priorityId: idOf('low') },
    { 'if-match': `"${ticket.version}"` },
  );
  assert.equal(status, 200);
  await until(
    async () => (await admin.get('/rule-alarms')).body.data.some((each) => each.ticket.id === ticket.id),
    'the alarm',
  );
  await signIn(page, baseUrl);
  await page.goto(`${baseUrl}/rules`);
  await page.getByText('Правила остановлены').waitFor();
  await page
    .getByText(/отменяет то, что делает это правило/)
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'Почему так' }).click();
  const alarm = page.getByRole('listitem').filter({ hasText: word }).first();
  await alarm.getByText(/цепочка длиннее 5/).waitFor();
  await shot('alarm');
  const open = page.getByRole('listitem').filter({ hasText: word });
  for (let left = await open.count(); left > 0; left = await open.count()) {
    await open.first().getByRole('button', { name: 'Разобрано' }).click();
    await until(async () => (await open.count()) < left, 'the alarm is settled');
  }
  const { body: usable } = await admin.get(`/tickets/${ticket.id}`);
  const { status: changed } = await admin.patch(
    `/tickets/${ticket.id}`,
    { subject: 'Качели стоят' },
    { 'if-match': `"${usable.version}"` },
  );
  assert.equal(changed, 200, 'the ticket stays usable');
  for (const { id } of [up, down]) await admin.delete(`/rules/${id}`);
}
