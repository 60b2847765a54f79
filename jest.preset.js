const { jestAliases, root, server, web } = require('./tools/swc-options.cjs');

const swc = (options) => ['@swc/jest', { ...options, swcrc: false }];
const IGNORED = ['/node_modules/', '<rootDir>/dist/', '<rootDir>/.opora/', '/e2e/'];
const quiet = {
  rootDir: root,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.opora/', '<rootDir>/.nx/'],
  testPathIgnorePatterns: IGNORED,
};

/** The server's specs: node, decorators, one throw-away PostgreSQL. */
const serverProject = (displayName, folders) => ({
  ...quiet,
  displayName,
  roots: folders,
  testEnvironment: '<rootDir>/tools/jest/server-environment.cjs',
  testMatch: ['**/*.spec.ts'],
  moduleNameMapper: jestAliases,
  transform: { '^.+\\.ts$': swc(server), '/node_modules/.+\\.c?js$': '<rootDir>/tools/jest/native-package.cjs' },
  transformIgnorePatterns: [],
  globalSetup: '<rootDir>/tools/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/tools/jest/global-teardown.mjs',
});

/** Specs of pages and parts: jsdom; `@/` is the root of the SPA. */
const webProject = (displayName, folders) => ({
  ...quiet,
  displayName,
  roots: folders,
  testEnvironment: '<rootDir>/tools/jest/web-environment.cjs',
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  setupFilesAfterEnv: ['<rootDir>/tools/jest/web-setup.cjs'],
  moduleNameMapper: { '\\.css$': '<rootDir>/tools/jest/empty.cjs', ...jestAliases, '^@/(.+)$': `${folders[0]}/$1` },
  transform: { '^.+\\.(ts|tsx)$': swc(web) },
});

module.exports = { serverProject, webProject };
