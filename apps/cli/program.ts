import { type CommandInput, CommandError, declaredCommands } from '@opora/platform/cli';
import { Command as Commander, CommanderError } from 'commander';
import { AppModule } from '@opora/modules/app';
import { opsCommands } from './ops';
import { print } from './print';
import { runInServer } from './run';

/** 0 done, 1 refused or a check failed, 2 wrong usage, 3 the database cannot be reached. */
type ExitCode = 0 | 1 | 2 | 3;

export type Running = (input: Omit<CommandInput, 'ctx'>, dryRun: boolean) => Promise<object>;
export type CliEntry = {
  name: string;
  summary: string;
  arguments?: string[];
  options?: { flags: string; description: string; default?: string | boolean }[];
  writes?: boolean;
  run: Running;
};

const UNREACHABLE =
  /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|timeout expired|password authentication failed|does not exist/;

/** Runs the program; the answer is the exit code. */
export async function runProgram(argv: string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = new Commander('opora').description('Admin commands of Opora').exitOverride().showHelpAfterError();
  const entries: CliEntry[] = [
    ...opsCommands(),
    ...declaredCommands().map(({ spec, owner, method }) => ({
      ...spec,
      run: runInServer(() => AppModule.forRoot(), owner, method),
    })),
  ];
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    add(program, entry, (failure) => {
      code = failure;
    });
  }
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function add(program: Commander, entry: CliEntry, failed: (code: ExitCode) => void): void {
  const words = entry.name.split(' ');
  const parent = words
    .slice(0, -1)
    .reduce(
      (above, word) => above.commands.find((command) => command.name() === word) ?? above.command(word).exitOverride(),
      program,
    );
  const command = parent
    .command(words[words.length - 1] ?? '')
    .description(entry.summary)
    .exitOverride();
  for (const argument of entry.arguments ?? []) command.argument(argument);
  for (const option of entry.options ?? [])
    command.option(option.flags, option.description, option.default as string | undefined);
  command.option('--json', 'answer in JSON');
  if (entry.writes) command.option('--dry-run', 'say what would happen and change nothing');
  command.action(async () => {
    const { json, dryRun, ...options } = command.opts<Record<string, string | boolean | undefined>>();
    try {
      print(await entry.run({ args: command.args, options }, dryRun === true), json === true);
    } catch (error) {
      failed(report(error, json === true));
    }
  });
}

function report(error: unknown, json: boolean): ExitCode {
  const message = error instanceof Error ? error.message : String(error);
  const details = (error as { findings?: object }).findings;
  if (json) print({ error: message, ...(details ? { findings: details } : {}) }, true);
  else process.stderr.write(`${message}\n`);
  if (details && !json) print({ findings: details }, false);
  if (error instanceof CommandError) return error.exitCode;
  return UNREACHABLE.test(message) || UNREACHABLE.test((error as { code?: string }).code ?? '') ? 3 : 1;
}
