export default async function globalTeardown() {
  for (const stop of globalThis.__oporaStops ?? []) await stop();
}
