export { backup, type Manifest, restore, verifyBackup } from './backup';
export { examine, type Finding } from './doctor';
export { driftOf, migrate, type MigrationReport, planMigrations } from './migrate';
