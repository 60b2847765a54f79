import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CommandInput } from '@opora/platform/cli';
import { type Ctx, systemContext } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { ProblemError } from '@opora/platform/errors';
import { text } from '@opora/platform/i18n';
import { setLogLevel } from '@opora/platform/log';
import { settings } from '@opora/platform/settings';
import { Client } from 'pg';
import type { Running } from './program';

class RolledBack extends Error {
  constructor(readonly result: object) {
    super('dry run');
  }
}

/** Boots the same modules as the server and runs a method of one of their providers. */
export function runInServer(root: () => DynamicModule, owner: Type, method: string): Running {
  return async (input, dryRun) => {
    setLogLevel('error');
    await reach();
    const app = await NestFactory.createApplicationContext(root(), { logger: false, abortOnError: false });
    try {
      const provider = app.get<Record<string, (input: CommandInput) => Promise<object>>>(owner, { strict: false });
      const run = (ctx: Ctx): Promise<object> => provider[method]!({ ...input, ctx });
      const ctx = systemContext('cli');
      return dryRun ? await rolledBack(app.get(Db), ctx, run) : await run(ctx);
    } catch (error) {
      throw error instanceof ProblemError ? inWords(error) : error;
    } finally {
      await app.close();
    }
  };
}

/** One quick try, so that an absent database is told at once. */
async function reach(): Promise<void> {
  const client = new Client({ connectionString: settings().DATABASE_URL, connectionTimeoutMillis: 5000 });
  await client.connect();
  await client.end();
}

async function rolledBack(db: Db, ctx: Ctx, run: (ctx: Ctx) => Promise<object>): Promise<object> {
  try {
    await db.tx(ctx, async (ctx) => {
      throw new RolledBack(await run(ctx));
    });
  } catch (error) {
    if (error instanceof RolledBack) return { dryRun: true, ...error.result };
    throw error;
  }
  return {};
}

function inWords(problem: ProblemError): Error {
  const fields = problem.fields.map(
    ({ pointer, code }) => `${pointer}: ${text('en', `errors.${code}`, problem.facts)}`,
  );
  return new Error([text('en', `errors.${problem.code}`, problem.facts), ...fields].join('\n'));
}
