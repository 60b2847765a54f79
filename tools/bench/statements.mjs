/** The SQL by which the product itself answers a request: what the request is to be compared with. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PASSWORD } from './dataset.mjs';
import { signIn, startProduct } from './product.mjs';

const SPY = join(import.meta.dirname, 'spy.cjs');

/** Asks a server of its own and answers `{name, text, values}` of the statements that read tickets, in their order. */
export async function statementsOf(home, url, ask) {
  const folder = fs.mkdtempSync(join(tmpdir(), 'opora-statements-'));
  const file = join(folder, 'statements');
  const product = await startProduct(home, url, { flags: ['--require', SPY], env: { OPORA_BENCH_SPY: file } });
  try {
    const admin = await signIn(product, 'bench0@opora.localhost', PASSWORD);
    await ask(admin);
    fs.writeFileSync(file, '');
    await ask(admin);
    const lines = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return lines
      .map((line) => JSON.parse(line))
      .filter(({ text }) => /^SELECT t\.id\b|\bWITH ORDINALITY p\b/.test(text));
  } finally {
    await product.stop();
    fs.rmSync(folder, { recursive: true });
  }
}
