import 'reflect-metadata';
import { settings, SettingsError } from '@opora/platform/settings';

// The settings come first: a wrong one is told in words before anything is loaded.
try {
  settings();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}

void import('./program').then(({ runProgram }) => runProgram(process.argv)).then((code) => process.exit(code));
