/**
 * `npm run e2e [words]`: starts the product in a scratch folder and walks every journey of apps/agent/e2e and apps/portal/e2e in a real browser.
 * OPORA_E2E_URL uses a running one, OPORA_E2E_HOME the data of an earlier one. Two walk at once: who looks or does the daily work, and who changes settings. Ends with the line
 * «N passed, N failed».
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from './browser.mjs';
import { root } from './home.mjs';
import { checkNode, install } from './install.mjs';
import { freePort } from './processes.mjs';
import { Failure, runMain, seconds } from './progress.mjs';

const LIMIT = 120_000;
/** Journeys that leave the settings of the house alone; those of the other lane change them, one after the other. */
const AT_WORK = /^(portal\/(axe|ticket)|agent\/(axe|hostile-text|main-job)):/;
const shots = join(root, 'dist/e2e');
/** Of the browser and of the journeys: what one calls today the other shows as today, at every hour. The product runs in its own. */
const ZONE = 'Europe/Moscow';

async function startProduct() {
  if (process.env.OPORA_E2E_URL)
    return {
      baseUrl: process.env.OPORA_E2E_URL.replace(/\/$/, ''),
      smtpPort: Number(process.env.OPORA_SMTP_PORT || 2525),
      stop: () => undefined,
    };
  const home = process.env.OPORA_E2E_HOME || fs.mkdtempSync(join(tmpdir(), 'opora-e2e-'));
  fs.chmodSync(home, 0o755);
  const [port, smtpPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    OPORA_HOME: home,
    PORT: String(port),
    OPORA_SMTP_PORT: String(smtpPort),
    OPORA_DEMO: '1',
  };
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'TZ']) delete env[name];
  const child = spawn(process.execPath, [join(root, 'tools/start.mjs')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (words += text));
  const gone = new Promise((done) => child.once('exit', done));
  for (const until = Date.now() + 300_000; !words.includes('Opora is ready'); await sleep(200)) {
    if (child.exitCode !== null || Date.now() > until) throw new Failure(`The product did not start:\n${words}`);
  }
  const stop = async (failed) => {
    child.kill('SIGTERM');
    await gone;
    if (failed) console.log(`the folder of this run is kept: ${home}`);
    else fs.rmSync(home, { recursive: true, force: true });
  };
  return { baseUrl: `http://localhost:${port}`, smtpPort, stop };
}

/** A small client over the API, as a person or without sign-in. */
function apiOf(baseUrl, token) {
  const call =
    (method) =>
    async (path, body, headers = {}) => {
      const response = await fetch(`${baseUrl}/api/v1${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
    };
  const signIn = (path) => async (login, password) => {
    const answer = await call('POST')(path, { login, password });
    if (answer.status !== 200) throw new Error(`sign-in of ${login}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return apiOf(baseUrl, answer.body.accessToken);
  };
  return {
    get: call('GET'),
    post: call('POST'),
    patch: call('PATCH'),
    put: call('PUT'),
    delete: call('DELETE'),
    signIn: signIn('/auth/sign-in'),
    portalSignIn: signIn('/portal/auth/sign-in'),
  };
}

async function findJourneys(words) {
  const found = [];
  for (const app of ['agent', 'portal']) {
    const folder = join(root, 'apps', app, 'e2e');
    if (!fs.existsSync(folder)) continue;
    for (const file of fs
      .readdirSync(folder)
      .filter((name) => name.endsWith('.e2e.mjs'))
      .sort()) {
      const exported = await import(pathToFileURL(join(folder, file)).href);
      for (const [name, walk] of Object.entries(exported))
        if (typeof walk === 'function') found.push({ name: `${app}/${file.replace('.e2e.mjs', '')}: ${name}`, walk });
    }
  }
  return found.filter(({ name }) => words.every((word) => name.includes(word)));
}

const fileName = (name) => name.replace(/[^\p{L}\p{N}]+/gu, '-');

/** One journey in a fresh browser context. An uncaught error of the page fails it. */
async function walkOne({ name, walk }, { browser, product, sendMail }) {
  const began = Date.now();
  const context = await browser.newContext({
    locale: 'ru-RU',
    timezoneId: ZONE,
    viewport: { width: 1360, height: 860 },
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const pageErrors = [];
  page.on('pageerror', (error) => pageErrors.push(error));
  const shot = (title) => page.screenshot({ path: join(shots, `${fileName(title)}.png`) });
  const { baseUrl, smtpPort } = product;
  let timer;
  try {
    const tooLong = new Promise(
      (_, fail) => (timer = setTimeout(() => fail(new Error(`longer than ${LIMIT / 1000} s`)), LIMIT)),
    );
    await Promise.race([
      walk({ page, browser, context, baseUrl, api: apiOf(baseUrl), smtpPort, sendMail, shot }),
      tooLong,
    ]);
    if (pageErrors.length) throw pageErrors[0];
    console.log(`✓ ${name} (${seconds(began)})`);
    return true;
  } catch (error) {
    await shot(`failed ${name}`).catch(() => undefined);
    console.log(`✗ ${name} (${seconds(began)})\n${error.stack ?? error}`);
    return false;
  } finally {
    clearTimeout(timer);
    await context.close();
  }
}

/** One after the other; answers those that failed. */
async function walkAll(journeys, tools) {
  const failed = [];
  for (const journey of journeys) if (!(await walkOne(journey, tools))) failed.push(journey);
  return failed;
}

/** Both lanes at once. A slow machine may miss a moment once: what failed is walked again, alone and aloud. What is broken fails twice. */
async function walk(journeys, tools) {
  const atWork = journeys.filter(({ name }) => AT_WORK.test(name));
  const settings = journeys.filter((journey) => !atWork.includes(journey));
  const missed = (await Promise.all([walkAll(atWork, tools), walkAll(settings, tools)])).flat();
  if (missed.length) console.log(`  once more: ${missed.map(({ name }) => name).join(', ')}`);
  const failed = (await walkAll(missed, tools)).length;
  return { passed: journeys.length - failed, failed };
}

runMain(async () => {
  checkNode();
  install();
  process.env.TZ = ZONE;
  const journeys = await findJourneys(process.argv.slice(2));
  if (!journeys.length) throw new Failure('no such journey');
  const { createTransport } = await import('nodemailer');
  fs.rmSync(shots, { recursive: true, force: true });
  fs.mkdirSync(shots, { recursive: true });
  const browser = await launchBrowser();
  let counts = { passed: 0, failed: 0 };
  let product;
  try {
    product = await startProduct();
    const sendMail = (message) =>
      createTransport({ host: '127.0.0.1', port: product.smtpPort, secure: false, ignoreTLS: true }).sendMail(message);
    counts = await walk(journeys, { browser, product, sendMail });
  } finally {
    await browser.close();
    await product?.stop(counts.failed > 0);
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed ? 1 : 0;
});
