/** One set of compiler options for the build, the tests and the tools. */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

/** File of an alias (@opora/platform/db → libs/platform/db/index.ts), or undefined for a package. */
function fileOfAlias(request) {
  for (const [pattern, [target]] of Object.entries(tsconfig.compilerOptions.paths)) {
    const [head, tail = ''] = pattern.split('*');
    if (!pattern.includes('*') ? request !== pattern : !request.startsWith(head) || !request.endsWith(tail)) continue;
    return join(root, target.replace('*', request.slice(head.length, tail ? -tail.length : undefined)));
  }
  return undefined;
}
const tsconfig = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));

/** Jest's moduleNameMapper out of tsconfig.base.json. */
const jestAliases = Object.fromEntries(
  Object.entries(tsconfig.compilerOptions.paths).map(([pattern, [target]]) => [
    `^${pattern.replace('*', '(.+)')}$`,
    join(root, target.replace('*', '$1')),
  ]),
);

const server = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
delete server.$schema;

const web = {
  module: { type: 'commonjs' },
  sourceMaps: true,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', tsx: true },
    transform: { react: { runtime: 'automatic' } },
  },
};

module.exports = { root, fileOfAlias, jestAliases, server, web };
