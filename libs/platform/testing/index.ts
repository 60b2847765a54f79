export { startApi, type TestApi, type TestPerson } from './start-api';
export { templateDatabase, type ClonedDatabase } from './database';
