import { randomUUID } from 'node:crypto';

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

describe('hostile requests to every door', () => {
  let api: TestApi;
  let admin: Person;
  let client: Person;
  let doors: Door[];
  const broken: string[] = [];
  /** An id that is there, by the path of its collection. */
  const living = new Map<string, string>();

  beforeAll(async () => {
    api = await startApi(DomainModule);
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
  afterAll(() => api.close());

  /** One request; whatever comes back, it is an answer and no accident. */
  async function knock(
    { verb, path, isPortal }: Door,
    key: string,
    body?: unknown,
    query?: Record<string, unknown>,
  ): Promise<number> {
    const place = `/${path.replace(/:[\w]+/g, key)}`;
    let request = api.as(isPortal ? client : admin)[verb](place);
    if (verb === 'patch' || verb === 'put') request = request.set('If-Match', '"1"');
    if (query) request = request.query(query);
    if (body !== undefined) request = request.set('content-type', 'application/json').send(body as object);
    const { status } = await request;
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
    for (const door of doors.filter(({ path }) => path.includes(':'))) {
      for (const key of KEYS) {
        const status = await knock(door, key, door.verb === 'get' || door.verb === 'delete' ? undefined : {});
        if (door.verb === 'get' && status < 300) opened.push(`${door.path} ${key}`);
      }
    }
    none();
    expect(opened).toEqual([]);
  });

  it('I-01: a body that is none, or is not what was asked, is refused without an accident', async () => {
    const asked = doors.filter(({ verb }) => verb !== 'get' && verb !== 'delete');
    await all(
      asked.flatMap((door) => BODIES.flatMap((body) => keysOf(door).map((key) => () => knock(door, key, body)))),
    );
    none();
  });

  it('I-01: a field of a wrong kind is refused without an accident', async () => {
    const asked = doors.filter(({ body }) => body.length);
    await all(
      asked.flatMap((door) =>
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
