/** Preloaded into a server (`node --require`): writes down every statement it sends, one JSON line each, into the file OPORA_BENCH_SPY. */
const fs = require('node:fs');
const { Client } = require('pg');

const { query } = Client.prototype;
Client.prototype.query = function (config, ...rest) {
  if (config?.text) {
    const { name, text, values } = config;
    fs.appendFileSync(process.env.OPORA_BENCH_SPY, `${JSON.stringify({ name, text, values })}\n`);
  }
  return query.call(this, config, ...rest);
};
