/**
 * Builds what is stale: dist/server (swc, file by file), its OpenAPI metadata, the typed client, both SPAs.
 * Usage: node tools/build.mjs [--force] [server] [metadata] [agent] [portal] [client]
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Failure, runMain, step } from './progress.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampsFile = join(root, 'dist/.stamps.json');
const SERVER = ['apps/api', 'apps/cli', 'libs/platform', 'libs/modules'];
const OWN = [
  'tools/build.mjs',
  'tools/build-server.mjs',
  'tools/build-metadata.mjs',
  'tools/swc-options.cjs',
  'tsconfig.base.json',
  '.swcrc',
  'package-lock.json',
];
const NOT_SOURCE = /(^|[\\/])(node_modules|generated|e2e)([\\/]|$)|\.spec\.tsx?$|\.md$/;

/** Every step: what it reads, what it leaves behind, what it does. */
const STEPS = {
  server: { inputs: SERVER, output: 'dist/server/.manifest.json', title: 'server', run: compileServer },
  metadata: { inputs: SERVER, output: 'dist/server/metadata.js', title: 'API description', run: describeApi },
  agent: {
    inputs: ['apps/agent', 'libs/ui', 'libs/client'],
    output: 'dist/web/agent/index.html',
    title: 'agent SPA',
    run: () => vite('agent'),
  },
  portal: {
    inputs: ['apps/portal', 'libs/ui', 'libs/client'],
    output: 'dist/web/portal/index.html',
    title: 'portal SPA',
    run: () => vite('portal'),
  },
  client: { inputs: SERVER, output: 'libs/client/generated/api.d.ts', title: 'typed client', run: generateClient },
};

function stampOf(inputs) {
  const hash = createHash('sha256');
  const add = (path) => {
    const stat = fs.statSync(path, { throwIfNoEntry: false });
    if (!stat || NOT_SOURCE.test(relative(root, path))) return;
    if (stat.isDirectory())
      fs.readdirSync(path)
        .sort()
        .forEach((name) => add(join(path, name)));
    else hash.update(`${relative(root, path)}:${stat.size}:${stat.mtimeMs}\n`);
  };
  [...inputs, ...OWN].forEach((path) => add(join(root, path)));
  return hash.digest('hex');
}

const readStamps = () => {
  try {
    return JSON.parse(fs.readFileSync(stampsFile, 'utf8'));
  } catch {
    return {};
  }
};

function isStale(name) {
  const { inputs, output } = STEPS[name];
  return !fs.existsSync(join(root, output)) || readStamps()[name] !== stampOf(inputs);
}

/** A child of ours with its words kept until they are needed. */
export function run(args, { env = {}, cwd = root } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (words += text));
    child.once('error', fail);
    child.once('exit', (code, signal) =>
      code === 0 ? done(words) : fail(new Failure(`${relative(root, args[0])} failed (${signal ?? code})\n${words}`)),
    );
  });
}

async function compileServer() {
  const { buildServer } = await import('./build-server.mjs');
  const { errors } = await buildServer();
  if (errors.length) throw new Failure(errors.map(({ path, message }) => `${path}\n${message}`).join('\n\n'));
}

/** In a process of its own: the compiler keeps 300 MB otherwise. */
async function describeApi() {
  const url = pathToFileURL(join(root, 'tools/build-metadata.mjs')).href;
  const words = await run([
    '-e',
    `import(${JSON.stringify(url)}).then(async (m) => { for (const f of (await m.buildMetadata()).failures) console.log(f) })`,
  ]);
  if (words.trim()) console.log(words.trim());
}

async function generateClient() {
  await run([join(root, 'dist/server/apps/api/openapi.js'), join(root, 'dist/openapi.json')]);
  fs.mkdirSync(join(root, 'libs/client/generated'), { recursive: true });
  await run([
    join(root, 'node_modules/openapi-typescript/bin/cli.js'),
    'dist/openapi.json',
    '-o',
    'libs/client/generated/api.d.ts',
    '--alphabetize',
  ]);
}

/** Built beside and swapped in, so that a running server never serves half of it. */
async function vite(app) {
  const out = join(root, 'dist/web', app);
  const fresh = `${out}.new`;
  fs.rmSync(fresh, { recursive: true, force: true });
  await run(
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: join(root, 'apps', app),
      env: { NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: '0', VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
    },
  );
  fs.rmSync(out, { recursive: true, force: true });
  fs.renameSync(fresh, out);
}

async function buildOne(name, { force, quiet }) {
  const { inputs, title, run: work } = STEPS[name];
  if (!force && !isStale(name)) return false;
  const stamp = stampOf(inputs);
  await step(`build: ${title}`, work, { quiet });
  fs.mkdirSync(dirname(stampsFile), { recursive: true });
  fs.writeFileSync(stampsFile, JSON.stringify({ ...readStamps(), [name]: stamp }));
  return true;
}

/** Steps of an SPA that is not there yet are left out. */
const exists = (name) => !['agent', 'portal'].includes(name) || fs.existsSync(join(root, 'apps', name, 'index.html'));

/** Builds the stale ones of the named steps: the server's chain and the SPAs' side by side. */
export async function build(names = ['server', 'metadata', 'agent', 'portal'], { force = false, quiet = false } = {}) {
  const wanted = names.filter(exists);
  const chain = async (order) => {
    for (const name of order) if (wanted.includes(name)) await buildOne(name, { force, quiet });
  };
  await Promise.all([chain(['server', 'metadata', 'client']), chain(['agent', 'portal'])]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  const unknown = names.filter((name) => !STEPS[name]);
  runMain(async () => {
    if (unknown.length)
      throw new Failure(`no such step: ${unknown.join(', ')}; there are ${Object.keys(STEPS).join(', ')}`);
    await build(names.length ? names : Object.keys(STEPS), { force: process.argv.includes('--force') });
  });
}
