import { join } from 'node:path';
import { CommandError } from '@opora/platform/cli';
import { backup, driftOf, examine, migrate, planMigrations, restore, verifyBackup } from '@opora/platform/ops';
import { settings } from '@opora/platform/settings';
import type { CliEntry } from './program';

/** Where the files lie when they lie in a folder. */
const filesFolder = (): string | undefined => {
  const { OPORA_FILES, OPORA_HOME } = settings();
  return OPORA_FILES?.startsWith('s3://') ? undefined : (OPORA_FILES ?? join(OPORA_HOME, 'files'));
};

class DoctorError extends CommandError {
  constructor(readonly findings: object) {
    super('something is wrong');
  }
}

/** Commands that must work without the server's modules: on an empty, old or broken database. */
export function opsCommands(): CliEntry[] {
  return [
    {
      name: 'migrate',
      summary: 'brings the schema to this version',
      options: [
        { flags: '--plan', description: 'only list what is pending' },
        { flags: '--check-drift', description: 'fail when the entities and the schema differ' },
      ],
      run: async ({ options }) => {
        const { DATABASE_URL } = settings();
        if (options.plan) return planMigrations(DATABASE_URL);
        if (!options.checkDrift) return migrate(DATABASE_URL);
        const drift = await driftOf(DATABASE_URL);
        if (drift.length) throw new CommandError(`the entities and the schema differ:\n${drift.join('\n')}`);
        return { drift };
      },
    },
    {
      name: 'backup',
      summary: 'writes the database and the files into an empty folder and proves that it can be restored',
      arguments: ['<folder>'],
      options: [{ flags: '--no-verify', description: 'do not restore it into a scratch database' }],
      run: async ({ args: [folder = ''], options }) => {
        const { DATABASE_URL } = settings();
        const { tables, files, createdAt } = await backup(DATABASE_URL, folder, filesFolder(), new Date());
        if (options.verify !== false) await verifyBackup(DATABASE_URL, folder);
        return {
          folder,
          createdAt,
          tables: tables.length,
          rows: tables.reduce((sum, { rows }) => sum + rows, 0),
          files,
          verified: options.verify !== false,
        };
      },
    },
    {
      name: 'restore',
      summary: 'fills the empty database of DATABASE_URL from a backup; --verify only proves that the backup is good',
      arguments: ['<folder>'],
      options: [{ flags: '--verify', description: 'restore into a scratch database, compare, drop it' }],
      run: async ({ args: [folder = ''], options }) => {
        const { DATABASE_URL } = settings();
        const { tables, createdAt } = options.verify
          ? await verifyBackup(DATABASE_URL, folder)
          : await restore(DATABASE_URL, folder, filesFolder());
        return {
          createdAt,
          tables: tables.length,
          rows: tables.reduce((sum, { rows }) => sum + rows, 0),
          verified: true,
        };
      },
    },
    {
      name: 'doctor',
      summary: 'says what is wrong and how to mend it; exit code 1 when something is',
      run: async () => {
        const findings = await examine(settings());
        if (findings.some(({ severity }) => severity === 'error')) throw new DoctorError(findings);
        return { findings };
      },
    },
  ];
}
