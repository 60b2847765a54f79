import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainModule } from '@opora/modules/app';
import { LOCALES } from '@opora/platform/context';
import { declaredErrors } from '@opora/platform/errors';
import { declaredMessages, Handlers } from '@opora/platform/events';
import { hasText } from '@opora/platform/i18n';
import { declaredPermissions, ROUTE_RULE, type RouteRule } from '@opora/platform/permissions';
import { templateKeys, Templates } from '@opora/platform/templates';
import { startApi, type TestApi } from '@opora/platform/testing';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer } from '@nestjs/core';

type Route = { name: string; method: string; path: string; rules: (RouteRule | undefined)[] };

const ROOT = join(__dirname, '..', '..');

/** Facts that modules still to come listen to; today nobody needs them. */
const UNHEARD: string[] = ['ticket.putAside', 'ticket.deleted', 'ticket.restored'];

function routesOf(api: TestApi): Route[] {
  const routes: Route[] = [];
  for (const module of api.app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, object>;
      for (const key of Object.getOwnPropertyNames(prototype)) {
        const handler = prototype[key];
        const method =
          typeof handler === 'function'
            ? (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined)
            : undefined;
        if (method === undefined || handler === undefined) continue;
        const path = `${String(Reflect.getMetadata(PATH_METADATA, metatype))}/${String(Reflect.getMetadata(PATH_METADATA, handler))}`;
        const rules = [Reflect.getMetadata(ROUTE_RULE, handler), Reflect.getMetadata(ROUTE_RULE, metatype)] as (
          RouteRule | undefined
        )[];
        routes.push({
          name: `${metatype.name}.${key}`,
          method: RequestMethod[method],
          path: path.replace(/\/+/g, '/').replace(/^\/|\/$/g, ''),
          rules,
        });
      }
    }
  }
  return routes;
}

function keysOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value).flatMap(([key, item]) => keysOf(item, prefix ? `${prefix}.${key}` : key));
}

/** Plural forms differ between languages: count their stem once. */
const stem = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');

function languagePairs(): [string, string][] {
  const found: [string, string][] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === 'node_modules' || entry.name === 'templates') continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name === 'ru.json' && folder.endsWith('i18n')) found.push([path.slice(ROOT.length + 1), path]);
    }
  };
  for (const layer of ['apps', 'libs']) walk(join(ROOT, layer));
  return found;
}

/** Names of the shapes that modules describe, each with the files it stands in. */
function shapes(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const folder = join(ROOT, 'libs', 'modules');
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/(dto|views)\.ts$/.test(path)) continue;
    for (const [, name = ''] of readFileSync(join(folder, path), 'utf8').matchAll(/^export class (\w+)/gm))
      found.set(name, [...(found.get(name) ?? []), path]);
  }
  return found;
}

describe('the house', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(DomainModule);
  });
  afterAll(() => api.close());

  it('I-01: the description knows one shape by one name', () => {
    expect([...shapes()].filter(([, files]) => files.length > 1)).toEqual([]);
  });

  it('S-01: every route says who may call it, once', () => {
    const routes = routesOf(api);
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.filter(({ rules }) => rules.filter(Boolean).length !== 1).map(({ name }) => name)).toEqual([]);
  });

  it('S-01: a route asks only for permissions that exist', () => {
    const asked = routesOf(api).flatMap(({ rules }) =>
      rules.flatMap((rule) => (rule?.kind === 'allow' ? rule.permissions : [])),
    );
    expect(asked.filter((permission) => !declaredPermissions().has(permission))).toEqual([]);
  });

  it('S-01: the doors that stand open to everybody are these', () => {
    const open = routesOf(api).filter(({ rules }) => rules.some((rule) => rule?.kind === 'public'));
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toMatchInlineSnapshot(`
     [
       "GET approvals/link/:token",
       "GET dev/mailbox",
       "GET dev/mailbox/:id",
       "GET dev/mailbox/:id/body",
       "GET files/:token",
       "GET healthz",
       "GET metrics",
       "GET organisation",
       "GET portal/ratings/link/:token",
       "GET readyz",
       "GET test/clock",
       "POST approvals/link/:token/decision",
       "POST auth/refresh",
       "POST auth/sign-in",
       "POST auth/sign-out",
       "POST portal/auth/link",
       "POST portal/auth/link/redeem",
       "POST portal/auth/refresh",
       "POST portal/auth/sign-in",
       "POST portal/auth/sign-out",
       "POST portal/ratings/link",
       "PUT test/clock",
     ]
    `);
  });

  it('I-01: nobody gets an answer without sign-in but through those doors', async () => {
    const closed = routesOf(api).filter(({ rules }) => rules.every((rule) => rule?.kind !== 'public'));
    const id = '01890000-0000-7000-8000-000000000000';
    const answers: string[] = [];
    for (const { method, path } of closed) {
      const url = `/${path.replace(/:\w+/g, id)}`;
      const answer = await api.anonymous[method.toLowerCase() as 'get'](url).send(method === 'GET' ? undefined : {});
      if (answer.status !== 401) answers.push(`${method} ${path}: ${answer.status}`);
    }
    expect(answers).toEqual([]);
  });

  it('every event is heard, every job has one handler, every handler is of a declared message', () => {
    const handlers = api.app.get(Handlers).all();
    const heard = new Map<string, number>();
    for (const { message } of handlers) heard.set(message, (heard.get(message) ?? 0) + 1);
    const wrong = [...declaredMessages()].filter(([name, kind]) =>
      kind === 'job' ? heard.get(name) !== 1 : !heard.has(name) && !UNHEARD.includes(name),
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
    expect(UNHEARD.filter((name) => !declaredMessages().has(name))).toEqual([]);
    expect([...heard.keys()].filter((name) => !declaredMessages().has(name))).toEqual([]);
  });

  it.each(['ru', 'en'] as const)('O-09: every error and permission has a text in %s', (locale) => {
    const keys = [
      ...[...declaredErrors().keys()].map((code) => `errors.${code}`),
      ...[...declaredPermissions().keys()].map((name) => `permissions.${name}`),
    ];
    expect(keys.filter((key) => !hasText(locale, key))).toEqual([]);
  });

  it.each(languagePairs())('O-09: %s has the same keys in both languages', (_, path) => {
    const [ru, en] = [path, path.replace(/ru\.json$/, 'en.json')].map((file) =>
      keysOf(JSON.parse(readFileSync(file, 'utf8'))).map(stem),
    );
    expect([...new Set(ru)].sort()).toEqual([...new Set(en)].sort());
  });

  it.each(templateKeys())('R-08: the shipped mail %s has a subject and a body in both languages', async (key) => {
    for (const locale of LOCALES) {
      const templates = api.app.get(Templates);
      const { isChanged, ...shipped } = await templates.find(api.system, key, locale);
      const filled = templates.fill(shipped, locale, {});
      expect(isChanged).toBe(false);
      expect(shipped.subject).not.toBe('');
      expect(filled.text.trim()).not.toBe('');
    }
  });

  it('the entities and the migrations agree', async () => {
    const { upQueries } = await api.db.source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
