/** Texts that try to become code, in every field a stranger can fill: none runs in either application, and the strict policy stays on. */
import assert from 'node:assert/strict';

const PASSWORD = 'opora-demo';
const FIRE = 'window.__fired=(window.__fired||0)+1';
const TAGS = [
  'img src=x',
  'svg',
  'body',
  'iframe srcdoc=x',
  'video src=x',
  'audio src=x',
  'input autofocus',
  'select autofocus',
  'textarea autofocus',
  'details open',
  'marquee',
  'object data=x',
  'embed src=x',
  'link rel=stylesheet href=x',
  'style',
  'a href=x',
  'p',
  'table background=x',
  'math',
  'x-own',
];
const HANDLERS = [
  'onerror',
  'onload',
  'onfocus',
  'ontoggle',
  'onstart',
  'onmouseover',
  'onanimationstart',
  'onpointerenter',
  'onbegin',
  'onloadstart',
];
const CHOSEN = [
  `<script>${FIRE}</script>`,
  `<ScRiPt>${FIRE}</sCrIpT>`,
  `<script src="data:text/javascript,${FIRE}"></script>`,
  `<scr<script>ipt>${FIRE}</scr</script>ipt>`,
  `"><script>${FIRE}</script>`,
  `'-${FIRE}-'`,
  `{{constructor.constructor('${FIRE}')()}}`,
  `\${${FIRE}}`,
  `<a href="javascript:${FIRE}">x</a>`,
  `<a href="jav&#x09;ascript:${FIRE}">x</a>`,
  `<a href=" &#14; javascript:${FIRE}">x</a>`,
  `<a href="data:text/html,<script>${FIRE}</script>">x</a>`,
  `<iframe srcdoc="<script>parent.${FIRE}</script>"></iframe>`,
  `<iframe src="javascript:parent.${FIRE}"></iframe>`,
  `<object data="javascript:${FIRE}"></object>`,
  `<form action="javascript:${FIRE}"><button>x</button></form>`,
  `<base href="javascript:/">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${FIRE}">`,
  `<svg><script>${FIRE}</script></svg>`,
  `<svg><animate onbegin="${FIRE}" attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${FIRE}"><text x=20 y=20>x</text></a></svg>`,
  `<svg><foreignObject><iframe onload="${FIRE}"></iframe></foreignObject></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img src=x onerror="${FIRE}">`,
  `<math><maction actiontype=statusline xlink:href="javascript:${FIRE}">x</maction></math>`,
  `<noscript><p title="</noscript><img src=x onerror=${FIRE}>">`,
  `<p style="background:url(javascript:${FIRE})">x</p>`,
  `<style>@import 'javascript:${FIRE}';</style>`,
  `<img src="x" srcset="x" onerror="${FIRE}"/>`,
  `<img src=\`x\`onerror=${FIRE}>`,
  `<img/src=x/onerror=${FIRE}>`,
  `<img src=x:x onerror\u000b=${FIRE}>`,
  `<!--><img src=x onerror=${FIRE}>-->`,
  `<![CDATA[<img src=x onerror=${FIRE}>]]>`,
  `&lt;img src=x onerror=${FIRE}&gt;`,
  `<template><img src=x onerror=${FIRE}></template>`,
  `<textarea><img title="</textarea><img src=x onerror=${FIRE}>">`,
  `<title><img title="</title><img src=x onerror=${FIRE}>">`,
  `<select><template shadowrootmode=open><img src=x onerror=${FIRE}></template></select>`,
  `\u003cimg src=x onerror=${FIRE}\u003e`,
  `＜script＞${FIRE}＜/script＞`,
];
const VECTORS = [
  ...CHOSEN,
  ...TAGS.flatMap((tag) => HANDLERS.map((handler) => `<${tag} ${handler}="${FIRE}">x</${tag.split(' ')[0]}>`)),
];
const PER_COMMENT = 20;

/** Opens a page, moves over it, and says what ran. */
async function firedOn(page, url) {
  await page.goto(url);
  await page.locator('h1, h2, [role=grid], main').first().waitFor();
  await page.waitForTimeout(1200);
  await page.mouse.move(500, 300);
  await page.mouse.move(700, 500, { steps: 8 });
  // The policy would stop a script that got in; it must not get in.
  return page.evaluate(() => {
    const slipped = [...document.body.querySelectorAll('*')].filter(
      (element) =>
        [...element.attributes].some(
          ({ name, value }) => /^on/i.test(name) || /^\s*(javascript|data:text\/html)/i.test(value),
        ) || element.matches('main script, main object, main embed, main base, main meta'),
    );
    return (window.__fired ?? 0) + slipped.length;
  });
}

async function fileTicket(admin, contactId, companyId) {
  const { status, body } = await admin.post('/tickets', {
    subject: VECTORS[0].slice(0, 200),
    description: CHOSEN.join('\n'),
    companyId,
    contactId,
  });
  assert.equal(status, 201, JSON.stringify(body));
  for (let at = 0; at < VECTORS.length; at += PER_COMMENT) {
    const html = VECTORS.slice(at, at + PER_COMMENT)
      .map((vector) => `<p>слово</p>${vector}`)
      .join('\n');
    const answer = await admin.post(`/tickets/${body.number}/comments`, {
      html,
      audience: ['internal', 'client'],
      sendAnyway: true,
    });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
  }
  return body.number;
}

async function signIn(page, baseUrl) {
  await page.goto(`${baseUrl}/`);
  await page.locator('input[type=password]').waitFor();
  await page.locator('input').first().fill('admin@opora.demo');
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').first().waitFor();
}

export async function hostileTextsStayTexts({ page, browser, api, baseUrl, sendMail }) {
  const admin = await api.signIn('admin@opora.demo', PASSWORD);
  const company = (await admin.post('/companies', { name: `Рога ${CHOSEN[0]}`.slice(0, 200) })).body;
  const mail = `xss-${Date.now()}@hostile.example`;
  const made = await admin.post('/contacts', {
    name: `Пётр "><img src=x onerror=${FIRE}>`,
    emails: [mail],
    memberships: [{ companyId: company.id }],
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const number = await fileTicket(admin, made.body.id, company.id);
  const subject = `Письмо ${Date.now()} <img src=x onerror=${FIRE}>`;
  await sendMail({
    from: { name: `"><svg onload=${FIRE}>`, address: mail },
    to: 'support@opora.localhost',
    subject,
    html: CHOSEN.map((vector) => `<p>строка</p>${vector}`).join('\n'),
    attachments: [
      {
        filename: `<img src=x onerror=${FIRE}>.svg`,
        content: `<svg xmlns="http://www.w3.org/2000/svg" onload="${FIRE}"/>`,
      },
    ],
  });
  let byMail;
  for (let tries = 0; tries < 60 && !byMail; tries++) {
    const { body } = await admin.get(`/tickets?q=${encodeURIComponent('source:email sort:-created')}&limit=5`);
    byMail = body.data.find((row) => row.subject === subject)?.number;
    if (!byMail) await new Promise((done) => setTimeout(done, 500));
  }
  assert.ok(byMail, 'the mail became a ticket');

  await signIn(page, baseUrl);
  const answer = await page.request.get(`${baseUrl}/`);
  assert.match(answer.headers()['content-security-policy'], /script-src 'self'/);
  for (const path of [
    `/tickets/${number}`,
    `/tickets/${byMail}`,
    '/tickets?q=sort:-created',
    `/clients/companies/${company.id}`,
    `/clients/contacts/${made.body.id}`,
    '/channels/intake',
    '/dev/mailbox',
  ]) {
    assert.equal(await firedOn(page, `${baseUrl}${path}`), 0, `the agent's ${path}`);
  }

  const client = await api.portalSignIn('client@retail.demo', PASSWORD);
  const me = (await client.get('/portal/me')).body;
  const theirs = await fileTicket(admin, me.id, me.companies[0].id);
  const context = await browser.newContext({ locale: 'ru-RU' });
  try {
    const phone = await context.newPage();
    await phone.goto(`${baseUrl}/portal/sign-in`);
    await phone.getByLabel(/Электронная почта/).fill('client@retail.demo');
    await phone.getByRole('textbox', { name: /Пароль/ }).fill(PASSWORD);
    await phone.getByRole('button', { name: 'Войти', exact: true }).click();
    await phone.getByRole('heading', { level: 1, name: 'Мои заявки' }).waitFor();
    await phone.waitForTimeout(11_000); // until answers of the staff may be seen outside
    for (const path of [`/portal/tickets/${theirs}`, '/portal/tickets?scope=company'])
      assert.equal(await firedOn(phone, `${baseUrl}${path}`), 0, path);
  } finally {
    await context.close();
  }
}
