/**
 * `npm test`: installs and builds what is missing, then types, lint and every spec. Ends with the line «N passed, N failed».
 * Words after `--` go to Jest, and then only it runs: `npm test -- libs/modules/tickets`.
 */
import { checkNode, install } from './install.mjs';
import { runMain } from './progress.mjs';

runMain(async () => {
  checkNode();
  install();
  const { build } = await import('./build.mjs');
  const { gate, lint, tests, types } = await import('./gates.mjs');
  const only = process.argv.slice(2);
  await build(['server', 'metadata', 'client', 'agent', 'portal']);
  const broken = [];
  if (!only.length) {
    const [typed, linted] = await Promise.all([gate('types', types), gate('lint', lint)]);
    if (!typed) broken.push('types');
    if (!linted) broken.push('lint');
  }
  let counts = { passed: 0, failed: 0 };
  if (!(await gate('specs', async () => (counts = await tests(only))))) broken.push('specs');
  console.log(broken.length ? `\nnot passed: ${broken.join(', ')}` : '\nall passed');
  const gatesFailed = broken.filter((name) => name !== 'specs').length;
  console.log(`${counts.passed} passed, ${counts.failed + gatesFailed} failed`);
  process.exitCode = broken.length ? 1 : 0;
});
