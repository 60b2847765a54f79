/** Runs one operation again and again and says how long it took. */
import { cpuOf } from './usage.mjs';

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
const round = (value, digits = 2) => (value === undefined ? undefined : Number(value.toFixed(digits)));

/** `lanes` clients, each beginning anew as soon as it has its answer, until the time is over or `most` are done. */
async function drive(operation, { lanes, seconds, most = Infinity }) {
  const took = [];
  const until = performance.now() + seconds * 1000;
  let begun = 0;
  const lane = async () => {
    while (performance.now() < until && begun < most) {
      const number = begun++;
      const began = performance.now();
      await operation(number);
      took.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  return { took: took.sort((a, b) => a - b), seconds: (performance.now() - began) / 1000 };
}

/** A server that has run for minutes is meant: code that was called a few hundred times is still being compiled, which costs more than it does. */
const WARM_UP_SECONDS = 10;

/** One client, then eight: p50, p95 in ms, requests a second, CPU milliseconds a request of each of the processes. */
export async function measure(operation, { seconds, pids }) {
  await drive(operation, { lanes: 8, seconds: Math.min(WARM_UP_SECONDS, seconds) });
  const alone = await drive(operation, { lanes: 1, seconds: seconds / 2, most: 200 });
  const before = Object.entries(pids).map(([name, pid]) => [name, pid, cpuOf(pid)]);
  const eight = await drive(operation, { lanes: 8, seconds });
  const cpu = Object.fromEntries(
    before.map(([name, pid, used]) => [
      name,
      used === undefined ? undefined : round((cpuOf(pid) - used) / eight.took.length),
    ]),
  );
  return {
    alone: { n: alone.took.length, p50: round(quantile(alone.took, 0.5)), p95: round(quantile(alone.took, 0.95)) },
    eight: {
      n: eight.took.length,
      p50: round(quantile(eight.took, 0.5)),
      p95: round(quantile(eight.took, 0.95)),
      perSecond: round(eight.took.length / eight.seconds, 1),
    },
    cpu,
  };
}
