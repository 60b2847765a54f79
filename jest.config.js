const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { serverProject, webProject } = require('./jest.preset.js');

const present = (folders) =>
  folders.filter((folder) => existsSync(join(__dirname, folder))).map((folder) => `<rootDir>/${folder}`);
const web = { ui: ['libs/ui', 'libs/client'], agent: ['apps/agent'], portal: ['apps/portal'] };

module.exports = {
  projects: [
    serverProject('server', present(['libs/platform', 'libs/modules', 'apps/api', 'apps/cli', 'tools'])),
    ...Object.entries(web)
      .filter(([, folders]) => present(folders).length > 0)
      .map(([name, folders]) => webProject(name, present(folders))),
  ],
  testSequencer: '<rootDir>/tools/jest/longest-first.cjs',
  testTimeout: 30_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: '1200MB',
};
