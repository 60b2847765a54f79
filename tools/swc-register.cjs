/** `node -r ./tools/swc-register.cjs x.ts`: runs TypeScript sources as they are, aliases included. For tools; the product runs from dist. */
const Module = require('node:module');
const { transformFileSync } = require('@swc/core');
const { fileOfAlias, server } = require('./swc-options.cjs');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request.startsWith('@opora/') ? (fileOfAlias(request) ?? request) : request, ...rest);
};
Module._extensions['.ts'] = (module, file) => {
  module._compile(transformFileSync(file, { ...server, swcrc: false, sourceMaps: 'inline' }).code, file);
};
