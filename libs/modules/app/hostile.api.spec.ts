import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Tokens } from '@opora/platform/auth';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { DomainModule } from './app.module';
import { type Door, doorsOf } from './doors.testing';

type Person = Parameters<TestApi['as']>[0];

const HOSTILE: unknown[] = [
  null,
  [],
  {},
  '',
  'a\u0000b',
  -1,
  1e308,
  true,
  ['x', 1],
  { constructor: { prototype: { x: 1 } } },
  '../../etc/passwd',
  'x'.repeat(20_000),
  randomUUID(),
];
const BODIES: unknown[] = [[], '"x"', '42', 'null', '{', '{"__proto__": {"isAdmin": true}}', { surprise: 1 }];
const KEYS = [randomUUID(), 'x', '%00', '99999999999999999999', '-1', '..%2f..%2fx', encodeURIComponent("' OR 1=1 --")];

jest.setTimeout(300_000);

/** `a=b`, `a[0]=b&a[1]=c`, `a[b]=c`: one question in the ways that parsers know. */
const asked = (query: Record<string, unknown>): string =>
  Object.entries(query)
    .flatMap(([name, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([key, inner]) => [`${name}[${key}]`, inner])
        : [[name, value]],
    )
    .map(([name, value]) => `${encodeURIComponent(String(name))}=${encodeURIComponent(String(value))}`)
    .join('&');

describe('hostile requests to every door', () => {
  let api: TestApi;
  let admin: Person;
  let client: Person;
  let doors: Door[];
  let port: number;
  const agent = new Agent({ keepAlive: true });
  const broken: string[] = [];
  /** An id that is there, by the path of its collection. */
  const living = new Map<string, string>();

  beforeAll(async () => {
    api = await startApi(DomainModule);
    await api.app.listen(0, '127.0.0.1');
    port = (api.app.getHttpServer().address() as AddressInfo).port;
    admin = await anEmployee(api, { role: 'admin' });
    const company = await aCompany(api);
    client = await aContact(api, { companyId: company.id });
    doors = doorsOf(api);
    await aTicket(api, { companyId: company.id, contactId: client.id });
    for (const { path, isPortal } of doors.filter(({ verb, path }) => verb === 'get' && !path.includes(':'))) {
      const { body } = await api.as(isPortal ? client : admin).get(`/${path}`);
      const id = (body as { data?: { id?: string }[] }).data?.[0]?.id;
      if (id) living.set(path, id);
    }
    expect(living.size).toBeGreaterThan(8);
  });
  afterAll(async () => {
    agent.destroy();
    await api.close();
  });

  /** Some ten thousand requests: over connections that stay, and nothing is read of an answer but its status. */
  function statusOf(verb: string, path: string, headers: Record<string, string>, body?: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const options = { agent, host: '127.0.0.1', port, method: verb.toUpperCase(), path: `/api/v1${path}`, headers };
      const sent = request(options, (response) => {
        response.once('error', reject).once('end', () => resolve(response.statusCode ?? 0));
        response.resume();
      });
      sent.once('error', reject).end(body);
    });
  }

  /** One request; whatever comes back, it is an answer and no accident. */
  async function knock(
    { verb, path, isPortal }: Door,
    key: string,
    body?: unknown,
    query?: Record<string, unknown>,
  ): Promise<number> {
    const place = `/${path.replace(/:[\w]+/g, key)}`;
    const { kind, id, sessionId } = isPortal ? client : admin;
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const status = await statusOf(
      verb,
      query ? `${place}?${asked(query)}` : place,
      {
        authorization: `Bearer ${api.get(Tokens).issue({ kind, sub: id, sid: sessionId }).accessToken}`,
        ...(verb === 'patch' || verb === 'put' ? { 'if-match': '"1"' } : {}),
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
      },
      text,
    );
    if (status >= 500)
      broken.push(`${status} ${verb} ${place} ${JSON.stringify(body ?? query ?? null)?.slice(0, 120)}`);
    return status;
  }
  /** Ids to try a door with: one that is there and one that is not. */
  const keysOf = ({ path }: Door): string[] => [
    ...(living.get(path.split('/:')[0]!) ? [living.get(path.split('/:')[0]!)!] : []),
    randomUUID(),
  ];
  const all = async (knocks: (() => Promise<number>)[]): Promise<void> => {
    expect(knocks.length).toBeGreaterThan(500);
    const waiting = knocks.values();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (const next of waiting) await next();
      }),
    );
  };
  const none = () => expect(broken.splice(0)).toEqual([]);

  it('I-01: an id that is not there, or is no id, is refused without an accident', async () => {
    const opened: string[] = [];
    const closed = doors.filter(({ path }) => path.includes(':'));
    await all(
      closed.flatMap((door) =>
        KEYS.map((key) => async () => {
          const status = await knock(door, key, door.verb === 'get' || door.verb === 'delete' ? undefined : {});
          if (door.verb === 'get' && status < 300) opened.push(`${door.path} ${key}`);
          return status;
        }),
      ),
    );
    none();
    expect(opened).toEqual([]);
  });

  it('I-01: a body that is none, or is not what was asked, is refused without an accident', async () => {
    const taking = doors.filter(({ verb }) => verb !== 'get' && verb !== 'delete');
    await all(
      taking.flatMap((door) => BODIES.flatMap((body) => keysOf(door).map((key) => () => knock(door, key, body)))),
    );
    none();
  });

  it('I-01: a field of a wrong kind is refused without an accident', async () => {
    const taking = doors.filter(({ body }) => body.length);
    await all(
      taking.flatMap((door) =>
        HOSTILE.flatMap((value) => [
          ...door.body.map((field) => () => knock(door, keysOf(door)[0]!, { [field]: value })),
          () => knock(door, keysOf(door)[0]!, Object.fromEntries(door.body.map((field) => [field, value]))),
        ]),
      ),
    );
    none();
  });

  it('I-01: a query of a wrong kind is refused without an accident', async () => {
    const values = ['', '-1', '2026-13-45', 'a\u0000b', '[]', 'ы'.repeat(300), ['a', 'b'], { a: 'b' }];
    await all(
      doors
        .filter(({ verb }) => verb === 'get')
        .flatMap((door) =>
          [...new Set([...door.query, 'cursor', 'limit'])].flatMap((field) =>
            values.map((value) => () => knock(door, keysOf(door)[0]!, undefined, { [field]: value })),
          ),
        ),
    );
    none();
  });
});
