/** The gates of `npm test` and `npm run check`: each says what is wrong and answers whether it passed. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { BUDGETS, firstLoadOf } from './bundle-budgets.mjs';
import { root } from './home.mjs';
import { startTestCluster } from './jest/cluster.mjs';
import { seconds } from './progress.mjs';

const NX = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };
const module = (file) => join(root, 'node_modules', file);

/** Runs one of our or npm's scripts; shows its words only when it fails, or always with `live`. */
function node(args, { env = {}, live = false } = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    });
    let words = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (words += text));
    child.once('exit', (code) => done({ ok: code === 0, words }));
  });
}

/** One gate with its line of progress. */
export async function gate(name, work) {
  const began = Date.now();
  console.log(`· ${name}`);
  const { ok, words = '' } = await work();
  if (words.trim() && !ok) console.log(words.trimEnd());
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds(began)})`);
  return ok;
}

export async function types() {
  const projects = [
    'tsconfig.json',
    'apps/agent/tsconfig.json',
    'apps/portal/tsconfig.json',
    'libs/ui/tsconfig.json',
  ].filter((file) => fs.existsSync(join(root, file)));
  const runs = await Promise.all(projects.map((file) => node([module('typescript7/bin/tsc'), '--noEmit', '-p', file])));
  return { ok: runs.every((run) => run.ok), words: runs.map((run) => run.words).join('') };
}

/** The project graph is read anew first: the boundary rule trusts the last one it finds. */
export async function lint() {
  const graph = await node([module('nx/dist/bin/nx.js'), 'show', 'projects'], { env: NX });
  if (!graph.ok) return graph;
  const { ok, words } = await node([module('eslint/bin/eslint.js'), 'apps', 'libs', 'tools', '--quiet'], { env: NX });
  return { ok: ok && !words.includes('No cached ProjectGraph'), words };
}

export const format = () =>
  node([
    module('prettier/bin/prettier.cjs'),
    '--check',
    '--log-level',
    'warn',
    'apps',
    'libs',
    'tools',
    'docker',
    '*.{js,mjs,json}',
  ]);

export const deadCode = () => node([module('knip/bin/knip.js'), '--config', 'tools/knip.json', '--no-progress']);

/** Jest with its own words; { ok, passed, failed } out of its report. */
export async function tests(args = []) {
  const report = join(root, 'dist/jest.json');
  fs.rmSync(report, { force: true });
  const { ok } = await node([module('jest/bin/jest.js'), '--json', `--outputFile=${report}`, ...args], { live: true });
  if (!fs.existsSync(report)) return { ok: false, passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = JSON.parse(
    fs.readFileSync(report, 'utf8'),
  );
  if (numPendingTests) console.log(`${numPendingTests} skipped`);
  return { ok, passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

/** The migrations alone must lead to exactly what the entities say. */
export async function migrationDrift() {
  const cluster = await startTestCluster();
  try {
    const url = Object.assign(new URL(cluster.url), { pathname: '/opora_template' }).toString();
    return await node([join(root, 'dist/server/apps/cli/main.js'), 'migrate', '--check-drift'], {
      env: { DATABASE_URL: url },
    });
  } finally {
    await cluster.stop();
  }
}

/** Any page may be the first one: a link in a mail opens a ticket. */
export async function bundleBudgets() {
  const apps = Object.keys(BUDGETS).filter((app) => fs.existsSync(join(root, 'dist/web', app, 'index.html')));
  const over = apps.flatMap((app) => {
    const { opening, screens } = firstLoadOf(app);
    console.log(
      `  ${app}: ${opening} KB to open, heaviest page ${screens[0]?.size ?? opening} KB of ${BUDGETS[app]} KB`,
    );
    return [{ name: 'index.html', size: opening }, ...screens]
      .filter(({ size }) => size > BUDGETS[app])
      .map(({ name, size }) => `  ${app}/${name}: ${size} KB, allowed ${BUDGETS[app]} KB`);
  });
  return { ok: apps.length > 0 && over.length === 0, words: over.join('\n') };
}
