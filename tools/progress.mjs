/** Says what is done and how long it took; quiet enough for a log file. */
export async function step(name, work, { quiet = false } = {}) {
  const began = Date.now();
  if (!quiet && process.stdout.isTTY) process.stdout.write(`  … ${name}`);
  const clear = !quiet && process.stdout.isTTY ? '\r\x1b[K' : '';
  try {
    const result = await work();
    if (!quiet) console.log(`${clear}  ✓ ${name} (${seconds(began)})`);
    return result;
  } catch (error) {
    if (!quiet) console.log(`${clear}  ✗ ${name} (${seconds(began)})`);
    throw error;
  }
}

export const seconds = (began) => `${((Date.now() - began) / 1000).toFixed(1)} s`;

/** An expected failure: its message is all a person needs. */
export class Failure extends Error {}

/** Runs a command file; prints words for an expected failure, a stack for ours. */
export function runMain(main) {
  main().catch((error) => {
    console.error(
      error instanceof Failure || error.constructor.name === 'PostgresError' ? `\n${error.message}` : error,
    );
    process.exit(1);
  });
}
