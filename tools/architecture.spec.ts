import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(__dirname, '..');
const env = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  NX_CACHE_PROJECT_GRAPH: 'true',
  FORCE_COLOR: '0',
};

type LintResult = { filePath: string; messages: { ruleId: string | null; message: string; severity: number }[] };

describe('bad imports', () => {
  let place: string;
  let lint: Map<string, LintResult['messages']>;
  let types: string;

  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'opora-imports-'));
    cpSync(join(__dirname, 'fixtures/bad-imports'), place, { recursive: true });
    for (const name of [
      'tools/architecture.mjs',
      'tools/eslint-no-literal-text.mjs',
      'eslint.config.mjs',
      'nx.json',
      'tsconfig.base.json',
      'package.json',
    ]) {
      cpSync(join(root, name), join(place, name));
    }
    writeFileSync(
      join(place, 'tsconfig.json'),
      JSON.stringify({ extends: './tsconfig.base.json', include: ['libs', 'apps'] }),
    );
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
    const node = (file: string, ...args: string[]) =>
      spawnSync(process.execPath, [join(place, 'node_modules', file), ...args], { cwd: place, env, encoding: 'utf8' });
    node('nx/dist/bin/nx.js', 'show', 'projects');
    const linted = node('eslint/bin/eslint.js', 'libs', 'apps', '--format', 'json');
    const results = JSON.parse(linted.stdout) as LintResult[];
    lint = new Map(
      results.map((result) => [relative(place, result.filePath), result.messages.filter((m) => m.severity === 2)]),
    );
    types = node('typescript7/bin/tsc', '-p', 'tsconfig.json', '--pretty', 'false').stdout;
  }, 60_000);

  afterAll(() => rmSync(place, { recursive: true, force: true }));

  const boundary = (file: string) =>
    lint
      .get(file)
      ?.filter((m) => m.ruleId === '@nx/enforce-module-boundaries')
      .map((m) => m.message) ?? [];

  it.each([
    ['libs/modules/tickets/1-against-the-table.ts', /"module:tickets" can only depend on libs tagged with/],
    ['libs/modules/people/2-circle.ts', /Circular dependency|"module:people" can only depend on libs tagged with/],
    ['libs/modules/tickets/3-relative.ts', /Projects cannot be imported by a relative or absolute path/],
    ['apps/portal/5-server-code.ts', /can only depend on libs tagged with/],
    ['libs/modules/stray/6-untagged.ts', /without tags/],
  ])('%s is refused by lint', (file, words) => {
    expect(boundary(file).join('\n')).toMatch(words);
  });

  it('libs/modules/tickets/4-past-the-index.ts does not resolve', () => {
    expect(types).toMatch(/4-past-the-index\.ts.*TS2307.*@opora\/modules\/people\/person/);
  });

  it('an import along the table passes', () => {
    expect(lint.get('libs/modules/tickets/index.ts')).toEqual([]);
  });
});

describe('the table and the projects', () => {
  const print = `import('${join(root, 'tools/architecture.mjs')}').then((m) => console.log(JSON.stringify(m.modules)))`;
  const table = JSON.parse(execFileSync(process.execPath, ['-e', print], { encoding: 'utf8' })) as Record<
    string,
    string[]
  >;
  const folders = readdirSync(join(root, 'libs/modules'), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'app',
  );

  it('agree on the modules that exist', () => {
    expect(folders.map((folder) => folder.name).sort()).toEqual(Object.keys(table).sort());
  });

  it.each(folders.map((folder) => folder.name))('%s carries the tags of its line', (name) => {
    const file = join(root, 'libs/modules', name, 'project.json');
    const project = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as { name: string; tags: string[] })
      : undefined;
    expect(project).toMatchObject({ name, tags: ['side:server', 'kind:module', `module:${name}`] });
  });

  it('has no circle', () => {
    const below = (name: string, path: string[] = []): string[] => {
      if (path.includes(name)) throw new Error(`circle: ${[...path, name].join(' → ')}`);
      return (table[name] ?? []).flatMap((other) => [other, ...below(other, [...path, name])]);
    };
    for (const name of Object.keys(table)) expect(below(name)).not.toContain(name);
  });
});
