/** `npm run new:module price-lists [price-list]`: a module with one thing in it, complete from the table to the test. */
import { join } from 'node:path';
import { root } from './home.mjs';
import { Failure, runMain } from './progress.mjs';
import { addImport, checkName, copyTemplate, edit, singular, spellings, tidy } from './scaffold.mjs';

const USAGE = 'npm run new:module <name> [<one thing in it>]';

runMain(async () => {
  const [name, given] = process.argv.slice(2);
  checkName(name, USAGE);
  const thing = given ?? (singular(name) === name ? `${name}-item` : singular(name));
  checkName(thing, USAGE);
  const { modules } = await import('./architecture.mjs');
  if (modules[name]) throw new Failure(`tools/architecture.mjs has a module ${name} already`);
  const things = singular(name) === thing ? name : `${thing}s`;
  const pairs = [...spellings({ module: name, thing, things }), ['__stamp__', String(Date.now())]];
  const key = name.includes('-') ? `'${name}'` : name;
  const Module = `${pairs.find(([mark]) => mark === '__Module__')[1]}Module`;
  const edits = [
    edit(join(root, 'tools/architecture.mjs'), (text) =>
      text.replace(/(export const modules = \{[\s\S]*?)\n\};/, `$1\n  ${key}: ['people'],\n};`),
    ),
    edit(join(root, 'libs/modules/app/app.module.ts'), (text) =>
      addImport(text, `import { ${Module} } from '@opora/modules/${name}';`).replace(
        /(imports: \[[\s\S]*?),?(\s*)\]/,
        `$1, ${Module}$2]`,
      ),
    ),
  ];
  copyTemplate(join(root, 'tools/templates/module'), join(root, 'libs/modules', name), pairs);
  for (const apply of edits) apply();
  tidy(join(root, 'libs/modules', name), join(root, 'libs/modules/app/app.module.ts'));
  console.log(`libs/modules/${name} is there. Next: its line in tools/architecture.mjs, its README, its words in i18n.
  npm test -- libs/modules/${name}`);
});
