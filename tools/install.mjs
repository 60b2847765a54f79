/** Installs the npm packages if the lock file, Node or the platform changed since last time. Builtins only. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure, seconds } from './progress.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules/.opora-installed');

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Failure(`Opora needs Node.js 20.19 or newer; this is ${process.versions.node} (${process.execPath})`);
  }
}

const stamp = () =>
  createHash('sha256')
    .update(fs.readFileSync(join(root, 'package-lock.json')))
    .update([process.versions.modules, process.platform, process.arch].join())
    .digest('hex');

/** Both `npm install` and `npm ci` leave this file, newer than the lock if it is of that lock. */
function installedByHand() {
  const listed = join(root, 'node_modules/.package-lock.json');
  if (!fs.existsSync(listed)) return false;
  const have = JSON.parse(fs.readFileSync(listed, 'utf8')).packages;
  const want = JSON.parse(fs.readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(want).every(
    ([name, { version, optional }]) => !name || optional || have[name]?.version === version,
  );
}

function npm() {
  const given = process.env.npm_execpath;
  if (given && /npm-cli\.c?js$/.test(given)) return [process.execPath, [given]];
  const beside = join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  return fs.existsSync(beside) ? [process.execPath, [beside]] : ['npm', []];
}

/** `npm ci` empties the folder first: through a link it would empty that of another checkout. */
function refuseLink() {
  const folder = join(root, 'node_modules');
  if (!fs.lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  throw new Failure(`${folder} is a link to packages of another version. Remove the link, and run this again.`);
}

export function install() {
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp()) return;
  if (!installedByHand()) {
    refuseLink();
    const began = Date.now();
    console.log('  … installing packages from the npm registry: about a minute the first time');
    const [command, args] = npm();
    const run = spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: 'inherit',
    });
    if (run.status !== 0) {
      throw new Failure(
        'The packages could not be installed: see the messages of npm above. The npm registry must be reachable once.',
      );
    }
    console.log(`  ✓ packages installed (${seconds(began)})`);
  }
  fs.writeFileSync(stampFile, stamp());
}
