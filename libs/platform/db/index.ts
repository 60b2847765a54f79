export * from './away';
export * from './columns';
export * from './data-source';
export * from './db';
export * from './db.module';
export * from './json-rows';
export * from './sql-params';
