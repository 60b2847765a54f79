/**
 * Stands for every file of an npm package in a server's spec: Node's own copy, evaluated once per worker and not once per file.
 * Outside of a spec's environment (the global setup) the file stays what it is.
 */
const inSpec = () => Boolean(globalThis.__requirePackage);

module.exports = {
  canInstrument: false,
  getCacheKey: (text, path) => (inSpec() ? `native:${path}` : `as it is:${path}:${text.length}`),
  process: (text, path) => ({
    code: inSpec() ? `module.exports = globalThis.__requirePackage(${JSON.stringify(path)});` : text,
  }),
};
