/** Keeps processes running: one that dies comes back with growing pauses; all stop in order. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { card, rememberChildren, root, stopProcess } from './home.mjs';
import { startPostgres } from './postgres.mjs';

const LOG_LIMIT = 50e6;
const pauseAfter = (failures) => Math.min(10_000, 250 * 2 ** Math.min(failures, 6));

/** `say` gets a line for a person; `isFatal` is true while a death should end the start instead of being repaired. */
export function makeSupervisor({ home, say }) {
  const logs = join(home, 'logs');
  fs.mkdirSync(logs, { recursive: true });
  const children = new Map();
  const state = { stopping: false, postgres: undefined, watchLogs: undefined };
  const remember = () =>
    rememberChildren(
      home,
      [...children.values()].filter((c) => c.process).map((c) => card(c.process.pid, { name: c.name })),
    );

  function launch(child) {
    if (state.stopping) return;
    const log = fs.openSync(child.log, 'a');
    const began = Date.now();
    child.process = spawn(process.execPath, ['--enable-source-maps', ...child.args], {
      cwd: root,
      env: child.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    fs.closeSync(log);
    remember();
    child.process.once('error', (error) => say(`${child.name} cannot be started: ${error.message}`));
    child.process.once('exit', (code, signal) => {
      child.process = undefined;
      if (state.stopping) return;
      if (!child.wasReady) return child.onEarlyDeath?.(signal ?? code);
      child.failures = Date.now() - began > 60_000 ? 0 : child.failures + 1;
      const pause = pauseAfter(child.failures);
      say(
        `${child.name} stopped (${signal ?? `code ${code}`}), starting it again in ${pause / 1000} s; log: ${child.log}`,
      );
      setTimeout(() => launch(child), pause);
    });
  }

  /** Resolves when `isReady` says so; a death before that rejects with the end of the log. */
  function start(name, args, env, isReady) {
    const log = join(logs, `${name}.log`);
    if (fs.existsSync(log) && fs.statSync(log).size > LOG_LIMIT) fs.renameSync(log, `${log}.1`);
    const before = fs.existsSync(log) ? fs.statSync(log).size : 0;
    const child = { name, args, env, log, failures: 0, wasReady: false, process: undefined };
    children.set(name, child);
    return new Promise((done, fail) => {
      child.onEarlyDeath = (how) =>
        fail(
          new Error(
            `${name} stopped at start (${how})\n${fs.readFileSync(log).subarray(before).toString('utf8').slice(-4000)}`,
          ),
        );
      launch(child);
      const wait = async () => {
        while (child.process && !(await isReady(child.process))) await new Promise((next) => setTimeout(next, 100));
        if (!child.process) return;
        child.wasReady = true;
        done();
      };
      wait().catch(fail);
    });
  }

  async function startDatabase() {
    state.postgres = await startPostgres({ home, onLine: say });
    const { port, url } = state.postgres;
    const watch = () =>
      state.postgres.child.once('exit', (code, signal) => state.stopping || revive(signal ?? `code ${code}`, 0));
    const revive = async (how, failures) => {
      say(`PostgreSQL stopped (${how}), starting it again`);
      try {
        state.postgres = await startPostgres({ home, port });
        say('PostgreSQL is back');
        watch();
      } catch (error) {
        say(error.message);
        if (!state.stopping)
          setTimeout(() => state.stopping || revive('no success', failures + 1), pauseAfter(failures));
      }
    };
    watch();
    return url;
  }

  async function stop() {
    state.stopping = true;
    clearInterval(state.watchLogs);
    await Promise.all(
      [...children.values()].map(
        ({ process: running }) =>
          running && stopProcess(running.pid, () => running.exitCode === null && running.signalCode === null),
      ),
    );
    await state.postgres?.stop();
    rememberChildren(home, []);
  }

  /** Log files are opened for appending, so that cutting one needs nobody's help. */
  function cutLogs() {
    for (const { log } of children.values()) {
      if (!fs.existsSync(log) || fs.statSync(log).size < LOG_LIMIT) continue;
      fs.copyFileSync(log, `${log}.1`);
      fs.truncateSync(log);
    }
  }
  state.watchLogs = setInterval(cutLogs, 60_000).unref();

  return {
    start,
    startDatabase,
    stop,
    killAll: () => children.forEach(({ process: running }) => running?.kill('SIGKILL')),
  };
}
