#!/bin/sh
# opora api | opora worker | opora healthy | opora <command of the admin CLI>
set -eu
cd /app
case "${1:-api}" in
  api) exec node --enable-source-maps dist/server/apps/api/main.js ;;
  worker) exec node --enable-source-maps dist/server/apps/api/worker.js ;;
  healthy) exec node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))" ;;
  *) exec node dist/server/apps/cli/main.js "$@" ;;
esac
