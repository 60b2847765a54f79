{ "name": "__module__", "tags": ["side:server", "kind:module", "module:__module__"], "targets": { "lint": {}, "test": {} } }
