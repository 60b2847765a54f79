import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import type { Ctx } from '../context';

export type CommandOption = { flags: string; description: string; default?: string | boolean };

export type CommandSpec = {
  /** Words after `opora`, such as `user create`. */
  name: string;
  summary: string;
  /** Positional arguments as commander writes them: `<email>`, `[id]`. */
  arguments?: string[];
  options?: CommandOption[];
  /** Changes something: it then also understands `--dry-run`, which rolls everything back. */
  writes?: boolean;
};

/** What a command gets: the context to act in, its positional arguments, its options. */
export type CommandInput = { ctx: Ctx; args: string[]; options: Record<string, string | boolean | undefined> };

/** A command refuses in words; the exit code is 1 unless it says 2 (wrong usage). */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

type Registered = { spec: CommandSpec; owner: Type; method: string };
const registered: Registered[] = [];

/** Declares a method of a provider as a command of the admin CLI; what it returns is printed, as text or with `--json`. */
export const Command =
  (spec: CommandSpec) =>
  <Method extends (input: CommandInput) => Promise<object>>(
    target: object,
    method: string,
    _descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    registered.push({ spec, owner: target.constructor as Type, method });
  };

/** Every command of the house, known without a database. */
export const declaredCommands = (): readonly Registered[] => registered;

/** The text of an option that must be given. */
export function need(options: CommandInput['options'], name: string): string {
  const value = options[name];
  if (typeof value !== 'string' || value === '')
    throw new CommandError(`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} is required`, 2);
  return value;
}

/** Checks what was typed by the same rules as over HTTP; refuses with every wrong field, exit code 2. */
export function checked<Input extends object>(shape: new () => Input, values: object): Input {
  const input = plainToInstance(shape, values);
  const wrong = validateSync(input, { whitelist: true, forbidNonWhitelisted: true }).flatMap((error) => wordsOf(error));
  if (wrong.length) throw new CommandError(wrong.join('\n'), 2);
  return input;
}

const wordsOf = ({ property, constraints = {}, children = [] }: ValidationError, parent = ''): string[] => [
  ...Object.values(constraints).map((words) => `${parent}${property}: ${words}`),
  ...children.flatMap((child) => wordsOf(child, `${parent}${property}.`)),
];
