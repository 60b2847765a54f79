import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');
const COPIED = [
  'apps',
  'libs',
  'tools',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  '.swcrc',
  '.prettierrc',
  '.nxignore',
  'nx.json',
  'eslint.config.mjs',
  'jest.config.js',
  'jest.preset.js',
];

describe('scaffolds', () => {
  let place: string;

  const node = (...args: string[]) => {
    const env = {
      ...process.env,
      NX_DAEMON: 'false',
      NX_NO_CLOUD: 'true',
      NX_TUI: 'false',
      OPORA_TEST_PG_KEEP: '0',
      FORCE_COLOR: '0',
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: place, env, encoding: 'utf8' });
    return { ok: status === 0, words: stdout + stderr };
  };
  const module = (file: string) => join(place, 'node_modules', file);
  const typeErrors = (project: string, folder: string) =>
    node(module('typescript7/bin/tsc'), '--noEmit', '--pretty', 'false', '-p', project)
      .words.split('\n')
      .filter((line) => line.includes(folder));

  const lintErrors = (folder: string) => {
    const graph = node(module('nx/dist/bin/nx.js'), 'show', 'projects');
    return graph.ok ? node(module('eslint/bin/eslint.js'), folder, '--quiet').words : graph.words;
  };

  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'opora-scaffold-'));
    for (const name of COPIED) cpSync(join(root, name), join(place, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it('a new module compiles, passes lint and its own specs', () => {
    expect(node('tools/new-module.mjs', 'price-lists')).toMatchObject({ ok: true });
    expect(readFileSync(join(place, 'tools/architecture.mjs'), 'utf8')).toContain("'price-lists': ['people'],");
    expect(readFileSync(join(place, 'libs/modules/app/app.module.ts'), 'utf8')).toMatch(
      /imports: \[[\s\S]*PriceListsModule/,
    );
    expect(typeErrors('tsconfig.json', 'price-lists')).toEqual([]);
    expect(lintErrors('libs/modules/price-lists')).toBe('');
    expect(node(module('prettier/bin/prettier.cjs'), '--check', 'libs/modules/price-lists')).toMatchObject({
      ok: true,
    });
    const specs = node(module('jest/bin/jest.js'), 'libs/modules/price-lists');
    expect(specs.ok ? '' : specs.words).toBe('');
  }, 120_000);

  it.each(['agent', 'portal'])(
    'a new feature of the %s SPA compiles, passes lint and its own spec',
    (app) => {
      expect(node('tools/new-feature.mjs', `${app}/price-lists`)).toMatchObject({ ok: true });
      expect(readFileSync(join(place, 'apps', app, 'app/router.tsx'), 'utf8')).toMatch(
        /\.{3}priceListsRoutes,\s*\{ path: '\*'/,
      );
      const folder = `apps/${app}/features/price-lists`;
      expect(typeErrors(`apps/${app}/tsconfig.json`, 'features/price-lists')).toEqual([]);
      expect(lintErrors(folder)).toBe('');
      expect(node(module('prettier/bin/prettier.cjs'), '--check', folder)).toMatchObject({ ok: true });
      const specs = node(module('jest/bin/jest.js'), folder);
      expect(specs.ok ? '' : specs.words).toBe('');
    },
    120_000,
  );

  it('refuses a name that is taken or is not kebab-case', () => {
    expect(node('tools/new-module.mjs', 'people').ok).toBe(false);
    expect(node('tools/new-module.mjs', 'PriceLists').ok).toBe(false);
    expect(node('tools/new-feature.mjs', 'desk/price-lists').ok).toBe(false);
  });
});
