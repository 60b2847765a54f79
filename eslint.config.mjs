import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { kinds, modules } from './tools/architecture.mjs';
import { noLiteralText } from './tools/eslint-no-literal-text.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const SERVER = ['apps/{api,cli}/**/*.ts', 'libs/{platform,modules}/**/*.ts'];
const WEB = ['apps/{agent,portal}/**/*.{ts,tsx}', 'libs/{client,ui}/**/*.{ts,tsx}'];
const SPECS = ['**/*.spec.{ts,tsx}', '**/testing.ts', '**/testing/**'];

/** One constraint per line of the table, one per kind, one per side. */
const depConstraints = [
  ...Object.entries(kinds).map(([sourceTag, allowed]) => ({ sourceTag, onlyDependOnLibsWithTags: allowed })),
  ...Object.entries(modules).map(([name, below]) => ({
    sourceTag: `module:${name}`,
    onlyDependOnLibsWithTags: ['kind:platform', ...[name, ...below].map((other) => `module:${other}`)],
  })),
  { sourceTag: 'side:server', onlyDependOnLibsWithTags: ['side:server'] },
  { sourceTag: 'side:web', onlyDependOnLibsWithTags: ['side:web'] },
];

const FORBIDDEN_SYNTAX = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a name is found by search.' },
  { selector: 'TSEnumDeclaration', message: 'A literal union instead of an enum.' },
  { selector: 'TSInterfaceDeclaration[id.name=/^I[A-Z]/]', message: 'No I prefix.' },
];

const FORWARD_REF = {
  name: '@nestjs/common',
  importNames: ['forwardRef'],
  message: 'forwardRef is the name of a missing event: see tools/architecture.mjs.',
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'dist/',
      '.opora/',
      '.nx/',
      'coverage/',
      'libs/client/generated/',
      'tools/fixtures/',
      'tools/templates/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'warn' } },
  {
    files: [...SERVER, ...WEB, 'tools/**/*.ts'],
    extends: [tseslint.configs.recommended],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints, enforceBuildableLibDependency: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 80, skipBlankLines: true, skipComments: true }],
      'max-depth': ['warn', 4],
      'no-restricted-syntax': ['error', ...FORBIDDEN_SYNTAX],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: SERVER,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      'no-restricted-imports': ['error', { paths: [FORWARD_REF] }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read settings from @opora/platform/settings.' },
      ],
    },
  },
  {
    files: WEB,
    plugins: { 'react-hooks': reactHooks, house: { rules: { 'no-literal-text': noLiteralText } } },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'house/no-literal-text': 'error',
    },
  },
  {
    files: ['apps/{agent,portal}/features/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['../*', '@/features/*', '@/app/*'],
              message: 'A feature stands alone; app/ puts features together.',
            },
          ],
        },
      ],
    },
  },
  {
    files: [
      'libs/platform/settings/**',
      'apps/*/vite.config.ts',
      'libs/platform/testing/**',
      '**/*.spec.ts',
      'tools/**/*.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['apps/*/vite.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: SPECS,
    rules: {
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'house/no-literal-text': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
    },
  },
  { files: ['**/migrations/*.ts'], rules: { 'max-lines-per-function': 'off' } },
);
