import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { Module } from '@nestjs/common';
import { ActorSources, type SubjectKind, Tokens } from '../auth';
import { type Actor, Clock, contextOf, type Ctx, systemContext } from '../context';
import { Db } from '../db';
import { Relay } from '../events';
import { fastifyAdapter, prepareHttp } from '../http';
import { setLogLevel } from '../log';
import { PlatformModule } from '../platform';
import { rereadSettings } from '../settings';
import { templateDatabase } from './database';

/** Somebody who can act in a test: the factories of people and clients make them. */
export type TestPerson = { id: string; kind: SubjectKind; sessionId: string };

type Agent = ReturnType<typeof request.agent>;
type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Caller = Record<Verb, (path: string) => request.Test>;

/** The server of a spec: the module under test with all below it, on a database of its own. */
export type TestApi = {
  app: NestFastifyApplication;
  db: Db;
  /** Requests without sign-in; paths begin at the root, such as `/api/v1/me`. */
  http: Agent;
  /** Requests of a person; paths begin after `/api/v1`. */
  as(person: TestPerson): Caller;
  /** Requests without sign-in; paths begin after `/api/v1`. */
  anonymous: Caller;
  get<Service>(service: Type<Service>): Service;
  system: Ctx;
  /** A context of the person, as a request would have. */
  ctx(person: TestPerson): Promise<Ctx>;
  /** Runs every due event and job. */
  drain(): Promise<number>;
  /** Moves the clock on and runs what has become due. */
  advance(by: { seconds?: number; minutes?: number; hours?: number; days?: number }): Promise<void>;
  close(): Promise<void>;
};

/** Starts the module and what stands under it over HTTP on a fresh database. Close it in `afterAll`. */
export async function startApi(module: Type, env: Record<string, string> = {}): Promise<TestApi> {
  const database = await templateDatabase();
  const home = mkdtempSync(join(tmpdir(), 'opora-test-'));
  // eslint-disable-next-line no-restricted-properties -- the one place where a test sets the environment
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    OPORA_HOME: home,
    OPORA_SMTP_PORT: '0',
    OPORA_DB_POOL: '8',
    OPORA_TEST_MODE: '1',
    ...env,
  });
  const settings = rereadSettings();
  setLogLevel(env.OPORA_LOG ?? 'fatal');

  @Module({ imports: [PlatformModule.forRoot(), module] })
  class Root {}

  const app = await NestFactory.create<NestFastifyApplication>(Root, fastifyAdapter(settings), {
    logger: env.OPORA_LOG ? undefined : false,
    abortOnError: false,
  });
  await prepareHttp(app, settings);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const server = app.getHttpServer();
  const relay = app.get(Relay);
  const tokens = app.get(Tokens);

  const caller = (headers: Record<string, string>): Caller => {
    const verb = (name: Verb) => (path: string) => request(server)[name](`/api/v1${path}`).set(headers);
    return { get: verb('get'), post: verb('post'), put: verb('put'), patch: verb('patch'), delete: verb('delete') };
  };
  const actorOf = async ({ kind, id, sessionId }: TestPerson): Promise<Actor> => {
    const actor = await app.get(ActorSources).bySession(kind, id, sessionId);
    if (!actor) throw new Error(`no such ${kind}: ${id}`);
    return actor;
  };

  return {
    app,
    db: app.get(Db),
    http: request.agent(server),
    as: ({ kind, id, sessionId }) =>
      caller({ authorization: `Bearer ${tokens.issue({ kind, sub: id, sid: sessionId }).accessToken}` }),
    anonymous: caller({}),
    get: (service) => app.get(service, { strict: false }),
    system: systemContext('test'),
    ctx: async (person) => contextOf(await actorOf(person)),
    drain: () => relay.drain(),
    advance: async ({ seconds = 0, minutes = 0, hours = 0, days = 0 }) => {
      Clock.set(new Date(Clock.now().getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000));
      await relay.drain();
    },
    close: async () => {
      Clock.reset();
      await app.close();
      await database.drop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
