/** Compiles the server file by file into dist/server; only what changed. Everything that is not TypeScript is copied. */
import { createRequire } from 'node:module';
import fs from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist/server');
const FOLDERS = ['apps/api', 'apps/cli', 'libs/platform', 'libs/modules'];
const SKIPPED = /(\.spec\.tsx?|\.d\.ts|\.md|[\\/]project\.json|[\\/]tsconfig[^\\/]*\.json)$/;

/** Absolute paths of the server's files. */
export function serverFiles() {
  const found = [];
  const walk = (dir) => {
    for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) entry.name === 'node_modules' || entry.name === 'e2e' || walk(path);
      else if (!SKIPPED.test(path)) found.push(path);
    }
  };
  for (const folder of FOLDERS) if (fs.existsSync(join(root, folder))) walk(join(root, folder));
  return found;
}

const target = (path) => join(out, relative(root, path)).replace(/\.ts$/, '.js');
const stateOf = (path) => {
  const { size, mtimeMs } = fs.statSync(path);
  return `${size}:${mtimeMs}`;
};

function readManifest(file, key) {
  try {
    const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
    return manifest.key === key ? manifest : { key, files: {} };
  } catch {
    return { key, files: {} };
  }
}

/** Aliases become relative paths, so that the result runs with plain node. */
function withoutAliases(code, path, fileOfAlias) {
  return code.replace(/((?:require|import)\(\s*)(["'])(@opora\/[^"']+)\2/g, (all, head, quote, request) => {
    const file = fileOfAlias(request);
    if (!file) return all;
    const to = relative(dirname(target(path)), target(file))
      .replaceAll('\\', '/')
      .replace(/\.js$/, '');
    return `${head}${quote}${to.startsWith('.') ? to : `./${to}`}${quote}`;
  });
}

/** One pass. Returns { changed, removed, errors: [{ path, message }] }; a broken file leaves its last good output. */
export async function buildServer() {
  const { transform } = require('@swc/core');
  const { fileOfAlias, server } = require('./swc-options.cjs');
  const manifestFile = join(out, '.manifest.json');
  const manifest = readManifest(manifestFile, JSON.stringify([server, require('@swc/core/package.json').version]));
  const files = serverFiles();
  const stale = files.filter(
    (path) => manifest.files[relative(root, path)] !== stateOf(path) || !fs.existsSync(target(path)),
  );
  const errors = [];
  const one = async (path) => {
    const state = stateOf(path);
    fs.mkdirSync(dirname(target(path)), { recursive: true });
    try {
      if (path.endsWith('.ts')) await compile(path, { transform, fileOfAlias, server });
      else fs.copyFileSync(path, target(path));
      manifest.files[relative(root, path)] = state;
    } catch (error) {
      errors.push({ path: relative(root, path), message: error.message });
    }
  };
  await Promise.all(stale.map(one));
  const present = new Set(files.map((path) => relative(root, path)));
  const removed = Object.keys(manifest.files).filter((name) => !present.has(name));
  for (const name of removed) {
    for (const suffix of ['', '.map']) fs.rmSync(target(join(root, name)) + suffix, { force: true });
    delete manifest.files[name];
  }
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(manifestFile, JSON.stringify(manifest));
  return { changed: stale.length, removed: removed.length, errors };
}

async function compile(path, { transform, fileOfAlias, server }) {
  const source = fs.readFileSync(path, 'utf8');
  const { code, map } = await transform(source, { ...server, swcrc: false, filename: path, sourceFileName: path });
  const to = target(path);
  fs.writeFileSync(to, `${withoutAliases(code, path, fileOfAlias)}\n//# sourceMappingURL=${to.split('/').pop()}.map\n`);
  fs.writeFileSync(`${to}.map`, map);
}
