export default async function globalTeardown() {
  await globalThis.__oporaCluster?.stop();
}
