/** `npm run check`: the one gate, the same on a laptop and in CI. */
import { checkNode, install } from './install.mjs';
import { runMain } from './progress.mjs';

runMain(async () => {
  checkNode();
  install();
  const { build } = await import('./build.mjs');
  const gates = await import('./gates.mjs');
  await build(['server', 'metadata', 'client', 'agent', 'portal']);
  const order = {
    format: gates.format,
    lint: gates.lint,
    types: gates.types,
    'dead code': gates.deadCode,
    'migration drift': gates.migrationDrift,
    'bundle budgets': gates.bundleBudgets,
    specs: () => gates.tests(),
  };
  const broken = [];
  for (const [name, work] of Object.entries(order)) if (!(await gates.gate(name, work))) broken.push(name);
  console.log(broken.length ? `\nnot passed: ${broken.join(', ')}` : '\nall gates passed');
  process.exitCode = broken.length ? 1 : 0;
});
