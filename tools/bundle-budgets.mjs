/** Gzipped JavaScript of an SPA's first load: what index.html asks for, and the screen that is opened first. */
import fs from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './home.mjs';

/** Kilobytes, the heaviest screen included. */
export const BUDGETS = { agent: 350, portal: 180 };

const STATIC = /(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g;
const DYNAMIC = /import\(\s*["'`]\.\/([^"'`]+\.js)["'`]/g;
const namesIn = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

/** { opening, screens: [{ name, size }] } in KB; the screens come heaviest first and contain the opening. */
export function firstLoadOf(app) {
  const folder = join(root, 'dist/web', app);
  const assets = join(folder, 'assets');
  const html = fs.readFileSync(join(folder, 'index.html'), 'utf8');
  const asked = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+\.js)"/g)].map((match) => match[1]);
  const source = (name) => fs.readFileSync(join(assets, name), 'utf8');
  const closure = (names, seen = new Set()) => {
    for (const name of names.filter((one) => !seen.has(one))) {
      seen.add(name);
      closure(namesIn(source(name), STATIC), seen);
    }
    return seen;
  };
  const size = (names) => [...names].reduce((sum, name) => sum + gzipSync(source(name), { level: 9 }).length, 0);
  const kb = (bytes) => Math.round(bytes / 102.4) / 10;
  const chunks = asked.filter((path) => path.includes('/assets/')).map((path) => path.split('/').pop());
  const loose = asked.filter((path) => !path.includes('/assets/'));
  const extra = loose.reduce(
    (sum, path) => sum + gzipSync(fs.readFileSync(join(folder, path.split('/').pop()))).length,
    0,
  );
  const opening = closure(chunks);
  const routes = new Set([...opening].flatMap((name) => namesIn(source(name), DYNAMIC)));
  const screens = [...routes].map((name) => ({ name, size: kb(extra + size(closure([name], new Set(opening)))) }));
  return { opening: kb(extra + size(opening)), screens: screens.sort((a, b) => b.size - a.size) };
}
