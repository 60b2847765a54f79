/** The data folder of the embedded default: who uses it, which processes belong to it, what they are told. */
import fs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beganAt, isAlive } from './processes.mjs';
import { Failure } from './progress.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export function homeFolder() {
  const home = resolve(process.env.OPORA_HOME || join(root, '.opora'));
  try {
    fs.mkdirSync(home, { recursive: true });
    fs.accessSync(home, fs.constants.W_OK);
  } catch (error) {
    throw new Failure(
      `The data folder ${home} cannot be written (${error.code}): give it to this user or set OPORA_HOME to another folder`,
    );
  }
  return home;
}

export const card = (pid, more = {}) => ({ pid, began: beganAt(pid), ...more });
export const isSame = ({ pid, began }) => isAlive(pid) && beganAt(pid) === began;

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Who holds this home now: { pid, what } or undefined. */
export function holderOf(home) {
  const holder = readJson(join(home, 'lock.json'));
  return holder && isSame(holder) ? holder : undefined;
}

/** Takes the home for one process. A command-line tool is waited for, another `npm start` is not. */
export async function lockHome(home, what, { patience = 60_000 } = {}) {
  const file = join(home, 'lock.json');
  for (const until = Date.now() + patience; ; await sleep(200)) {
    const holder = holderOf(home);
    if (!holder) {
      fs.rmSync(file, { force: true });
      try {
        fs.writeFileSync(file, JSON.stringify(card(process.pid, { what })), { flag: 'wx' });
        return () => fs.rmSync(file, { force: true });
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
        continue;
      }
    }
    if (holder.what === 'start' && what === 'start') {
      throw new Failure(
        `Opora already runs from ${home} (process ${holder.pid}). For a second one set OPORA_HOME, PORT and OPORA_SMTP_PORT.`,
      );
    }
    if (Date.now() > until) throw new Failure(`${home} is in use by process ${holder.pid} (${holder.what})`);
  }
}

const runFile = (home) => join(home, 'run.json');
export const rememberChildren = (home, cards) => fs.writeFileSync(runFile(home), JSON.stringify(cards));

/** Server processes of a supervisor that was killed: stopped before anything new begins. */
export async function stopOrphans(home, onLine) {
  for (const child of readJson(runFile(home)) ?? []) {
    if (!isSame(child)) continue;
    onLine(`stopping the ${child.name} process an earlier run left behind (${child.pid})`);
    await stopProcess(child.pid, () => isSame(child));
  }
  fs.rmSync(runFile(home), { force: true });
}

/** SIGTERM, patience, SIGKILL. */
export async function stopProcess(pid, isThere, patience = 15_000) {
  for (const [signal, ms] of [
    ['SIGTERM', patience],
    ['SIGKILL', 3000],
  ]) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (const until = Date.now() + ms; Date.now() < until; await sleep(50)) if (!isThere()) return;
  }
}

/** What the server's processes are told, on top of our own environment. */
export function productEnv(home, databaseUrl) {
  const embedded = !process.env.DATABASE_URL;
  return {
    ...process.env,
    OPORA_HOME: home,
    DATABASE_URL: databaseUrl,
    PORT: process.env.PORT || '3000',
    OPORA_SMTP_PORT: process.env.OPORA_SMTP_PORT || '2525',
    OPORA_DEMO: process.env.OPORA_DEMO || (embedded ? '1' : '0'),
  };
}
