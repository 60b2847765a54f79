/** `npm run new:feature agent/price-lists`: a page with its route, its texts and its test. */
import fs from 'node:fs';
import { join } from 'node:path';
import { root } from './home.mjs';
import { Failure, runMain } from './progress.mjs';
import { addImport, checkName, copyTemplate, edit, spellings, tidy } from './scaffold.mjs';

const USAGE = 'npm run new:feature <agent|portal>/<name>';

runMain(async () => {
  const [app, name] = (process.argv[2] ?? '').split('/');
  if (!['agent', 'portal'].includes(app)) throw new Failure(`usage: ${USAGE}`);
  checkName(name, USAGE);
  const folder = join(root, 'apps', app);
  const pairs = spellings({ feature: name });
  const camel = pairs.find(([mark]) => mark === '__featureCamel__')[1];
  const texts = ['texts.ts', 'i18n.ts'].map((file) => join(folder, 'app', file)).find((file) => fs.existsSync(file));
  const edits = [
    edit(texts, (text) =>
      addImport(text, `import { ${camel}Texts } from '../features/${name}/texts';`).replace(
        /(export const texts[^{]*\{[\s\S]*?)\n\};/,
        `$1\n  ${camel}: ${camel}Texts,\n};`,
      ),
    ),
    edit(join(folder, 'app/router.tsx'), (text) =>
      addImport(text, `import { ${camel}Routes } from '../features/${name}/routes';`).replace(
        /\{ path: '\*'/,
        `...${camel}Routes, { path: '*'`,
      ),
    ),
  ];
  copyTemplate(join(root, 'tools/templates/feature'), join(folder, 'features', name), pairs);
  for (const apply of edits) apply();
  tidy(join(folder, 'features', name), texts, join(folder, 'app/router.tsx'));
  console.log(`apps/${app}/features/${name} is there, at /${name}. Next: its words in i18n, its queries.
  npm test -- apps/${app}/features/${name}`);
});
