/** The measured product: its schema, its server process, a signed-in client. */
import { spawn } from 'node:child_process';
import http from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { productEnv, root } from '../home.mjs';
import { freePort } from '../processes.mjs';
import { Failure } from '../progress.mjs';

const server = (file) => join(root, 'dist/server/apps', file);

/** Flags of the server's node, such as `--cpu-prof --cpu-prof-dir=profiles`. */
const FLAGS = process.env.OPORA_BENCH_NODE?.split(' ').filter(Boolean) ?? [];

async function environment(home, url) {
  return {
    ...productEnv(home, url),
    PORT: String(await freePort()),
    OPORA_HOST: '127.0.0.1',
    OPORA_SMTP_PORT: String(await freePort()),
    OPORA_DEMO: '0',
    OPORA_WITH_WORKER: '1',
    OPORA_LOG: 'error',
    OPORA_RATE_LIMIT: '100000000',
    REDIS_URL: '',
  };
}

function finish(child, what) {
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (words += text));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? done() : fail(new Failure(`${what} failed (${code})\n${words}`))));
  });
}

/** Brings an empty database to the newest schema. */
export async function migrate(home, url) {
  const env = await environment(home, url);
  await finish(
    spawn(process.execPath, [server('cli/main.js'), 'migrate'], { env, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] }),
    'migrate',
  );
}

/** The API with its worker in one process, as `npm start` runs it. */
export async function startProduct(home, url, { flags = [], env: added = {} } = {}) {
  const env = { ...(await environment(home, url)), ...added };
  const began = performance.now();
  const child = spawn(process.execPath, [...FLAGS, ...flags, server('api/main.js')], {
    env,
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  const call = caller(Number(env.PORT), agent);
  while (
    !(await call('GET', '/readyz').then(
      ({ status }) => status === 200,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Failure('the server did not start');
    await sleep(20);
  }
  const startSeconds = (performance.now() - began) / 1000;
  const stop = () =>
    new Promise((done) => {
      agent.destroy();
      child.once('exit', done);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    });
  return { pid: child.pid, smtpPort: Number(env.OPORA_SMTP_PORT), call, startSeconds, stop };
}

/** A small keep-alive client: the load must not cost more than what is measured. */
function caller(port, agent) {
  return (method, path, { token, body } = {}) =>
    new Promise((done, fail) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      };
      const request = http.request({ host: '127.0.0.1', port, method, path, agent, headers }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => done({ status: response.statusCode, text: Buffer.concat(parts).toString('utf8') }));
        response.on('error', fail);
      });
      request.on('error', fail);
      request.end(text);
    });
}

/** Signs in and hands out a client that refuses any answer but the expected one, and renews its token. */
export async function signIn(product, login, password) {
  const renew = async () => {
    const { status, text } = await product.call('POST', '/api/v1/auth/sign-in', { body: { login, password } });
    if (status !== 200) throw new Failure(`sign-in of ${login}: ${status} ${text}`);
    return JSON.parse(text).accessToken;
  };
  let token;
  let renewAt = 0;
  return async (method, path, expected, options = {}) => {
    if (Date.now() > renewAt) {
      renewAt = Date.now() + 5 * 60_000;
      token = renew();
    }
    const { status, text } = await product.call(method, `/api/v1${path}`, { ...options, token: await token });
    if (status !== expected) throw new Failure(`${method} ${path}: ${status} ${text.slice(0, 500)}`);
    return text;
  };
}
