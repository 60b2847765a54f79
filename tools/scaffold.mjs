/** What both scaffolds share: names in every case, templates with words filled in, lines added to lists. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './home.mjs';
import { Failure } from './progress.mjs';

const pascal = (kebab) => kebab.replace(/(^|-)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());
const camel = (kebab) => pascal(kebab).replace(/^./, (letter) => letter.toLowerCase());
const spaced = (kebab) => kebab.replaceAll('-', ' ');
const sentence = (kebab) => spaced(kebab).replace(/^./, (letter) => letter.toUpperCase());

export function checkName(name, usage) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name ?? ''))
    throw new Failure(`usage: ${usage}\nnames are kebab-case: price-lists`);
}

/** "assets" → "asset", "companies" → "company"; a word without a plural is its own. */
export const singular = (name) =>
  name
    .replace(/ies$/, 'y')
    .replace(/(s|x|ch|sh)es$/, '$1')
    .replace(/([^su])s$/, '$1');

/** Every spelling of the words: { module: 'price-lists' } gives __module__, __Module__, __moduleCamel__, __module_words__, __Module_words__, __module_snake__. */
export function spellings(words) {
  return Object.entries(words).flatMap(([key, value]) => {
    const Key = key.replace(/^./, (letter) => letter.toUpperCase());
    return [
      [`__${key}__`, value],
      [`__${Key}__`, pascal(value)],
      [`__${key}Camel__`, camel(value)],
      [`__${key}_words__`, spaced(value)],
      [`__${Key}_words__`, sentence(value)],
      [`__${key}_snake__`, value.replaceAll('-', '_')],
    ];
  });
}

const fill = (text, pairs) => pairs.reduce((result, [mark, value]) => result.replaceAll(mark, value), text);

/** Copies a folder of templates; marks are replaced in names and in texts. Template files end with .tpl. */
export function copyTemplate(from, to, pairs) {
  if (fs.existsSync(to)) throw new Failure(`${to} exists already`);
  for (const name of fs.readdirSync(from, { recursive: true })) {
    if (!name.endsWith('.tpl')) continue;
    const target = join(to, fill(name.slice(0, -4), pairs));
    fs.mkdirSync(dirname(target), { recursive: true });
    fs.writeFileSync(target, fill(fs.readFileSync(join(from, name), 'utf8'), pairs));
  }
}

/** Plans a change of a file; throws before anything is written when the place is not found. */
export function edit(file, change) {
  const before = fs.readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Failure(`${file}: the place for the new line was not found`);
  return () => fs.writeFileSync(file, after);
}

export const addImport = (text, line) => {
  const at = text.lastIndexOf('\nimport ');
  const end = text.indexOf(';\n', at) + 2;
  return at < 0 && !text.startsWith('import ') ? text : `${text.slice(0, end)}${line}\n${text.slice(end)}`;
};

/** Long names break lines elsewhere than the templates do. */
export function tidy(...paths) {
  spawnSync(
    process.execPath,
    [join(root, 'node_modules/prettier/bin/prettier.cjs'), '--write', '--log-level', 'warn', ...paths],
    { cwd: root, stdio: 'inherit' },
  );
}
