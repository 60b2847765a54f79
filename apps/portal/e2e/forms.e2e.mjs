/** The portal asks what the rules ask of staff: the same verdict, in the client's words. */
import assert from 'node:assert/strict';

const PASSWORD = 'opora-demo';
const ok = ({ status, body }, expected = 200) => {
  assert.equal(status, expected, JSON.stringify(body));
  return body;
};

/** T-03, T-04, PO-01 */
export async function clientIsAskedByTheSameRules({ page, baseUrl, api, shot }) {
  await page.setViewportSize({ width: 390, height: 844 });
  const stamp = Date.now().toString(36);
  const code = `plate_${stamp}`;
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const user = await api.portalSignIn('user@retail.demo', PASSWORD);
  const name = { ru: `Госномер ${stamp}`, en: `Plate ${stamp}` };
  const visible = { isClientVisible: true, isClientEditable: true };
  ok(await admin.post('/custom-fields', { subject: 'ticket', code, name, type: 'text', ...visible }), 201);
  const rule = ok(
    await admin.post('/form-rules', {
      name: `Машины ${stamp}`,
      when: { all: [{ field: 'subject', op: 'contains', value: stamp }] },
      effects: [{ field: `cf.${code}`, effect: 'require' }],
    }),
    201,
  );
  try {
    const [type] = ok(await user.get('/portal/ticket-types')).data;
    const subject = `Не едет машина ${stamp}`;
    const refused = await user.post('/portal/tickets', { subject, typeId: type.id });
    assert.equal(refused.status, 422);
    assert.deepEqual(
      refused.body.errors.map(({ pointer }) => pointer),
      [`/customFields/${code}`],
    );

    await page.goto(`${baseUrl}/portal/`);
    await page.getByLabel(/Электронная почта/).fill('user@retail.demo');
    await page.getByRole('textbox', { name: /Пароль/ }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Войти', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Мои заявки' }).waitFor();
    await page.goto(`${baseUrl}/portal/tickets/new?type=${type.code}`);
    await page.getByRole('textbox', { name: /Коротко о вопросе/ }).fill(subject);
    const asked = page.getByRole('textbox', { name: new RegExp(name.ru) });
    await asked.waitFor();
    await page.getByRole('button', { name: 'Отправить заявку' }).click();
    await page.getByText('Заполните это поле').waitFor();
    assert.equal(await asked.evaluate((input) => input === document.activeElement), true);
    await shot('portal form by rule');
    await asked.fill('A123BC');
    await page.getByRole('button', { name: 'Отправить заявку' }).click();
    await page
      .getByText(/принята/)
      .first()
      .waitFor();
    await page.getByText(name.ru).waitFor();
    await page.getByText('A123BC').waitFor();
    await shot('portal ticket with own fields');
  } finally {
    await admin.delete(`/form-rules/${rule.id}`);
  }
}
