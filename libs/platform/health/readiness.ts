import { access, constants, mkdir } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { systemContext } from '../context';
import { Db } from '../db';
import { Settings } from '../settings';

type Check = 'ok' | string;

/** A probe that waits tells nothing: what does not answer in this time is not there. */
const ANSWERS_WITHIN_MS = 3000;

/** What serving needs. Mail, bots and Redis never make a process unready: they are alarms. */
@Injectable()
export class Readiness {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
  ) {}

  async check(): Promise<{ database: Check; schema: Check; files: Check }> {
    const [database, schema, files] = await Promise.all([this.database(), this.schema(), this.files()]);
    return { database, schema, files };
  }

  private async database(): Promise<Check> {
    return this.attempt(() => this.db.query(systemContext(), 'SELECT 1'));
  }

  private async schema(): Promise<Check> {
    return this.attempt(async () => {
      const [row] = await this.db.query<{ count: string }>(systemContext(), 'SELECT count(*) AS count FROM migration');
      if (Number(row?.count) < this.db.source.migrations.length) throw new Error('migrations are pending');
    });
  }

  private async files(): Promise<Check> {
    return this.attempt(async () => {
      await mkdir(this.settings.OPORA_HOME, { recursive: true });
      await access(this.settings.OPORA_HOME, constants.W_OK);
    });
  }

  private async attempt(work: () => Promise<unknown>): Promise<Check> {
    const late = new Promise<never>((_, fail) => {
      setTimeout(() => fail(new Error('no answer in time')), ANSWERS_WITHIN_MS).unref();
    });
    try {
      await Promise.race([work(), late]);
      return 'ok';
    } catch (error) {
      return error instanceof Error && error.message === 'migrations are pending' ? error.message : 'not reachable';
    }
  }
}
