import 'reflect-metadata';
import { settings, SettingsError } from '@opora/platform/settings';

try {
  settings();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}

void import('./server').then(({ run }) => run('worker'));
