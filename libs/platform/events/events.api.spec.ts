import { Injectable, Module } from '@nestjs/common';
import { Clock, type Ctx } from '../context';
import { Db } from '../db';
import Redis from 'ioredis';
import { startApi, type TestApi } from '../testing';
import { defineEvent, defineJob, Events, Handles, Jobs, On, Outbox, type PayloadOf, Relay } from './index';

const Happened = defineEvent<{ note: string }>('test.happened');
const Chained = defineEvent<{ left: number }>('test.chained');
const Work = defineJob<{ note: string }>('test.work');
const Outside = defineJob<{ note: string }>('test.outside');

@Injectable()
class Witness {
  seen: string[] = [];
  failuresLeft = 0;

  constructor(
    private readonly db: Db,
    private readonly events: Events,
  ) {}

  @On(Happened)
  async first(ctx: Ctx, { note }: PayloadOf<typeof Happened>): Promise<void> {
    await this.db.query(ctx, `INSERT INTO effect (note) VALUES ($1)`, [`first ${note}`]);
    if (this.failuresLeft-- > 0) throw new Error('not yet');
  }

  @On(Happened)
  async second(ctx: Ctx, { note }: PayloadOf<typeof Happened>): Promise<void> {
    await this.db.query(ctx, `INSERT INTO effect (note) VALUES ($1)`, [`second ${note}`]);
  }

  @On(Chained)
  async chained(ctx: Ctx, { left }: PayloadOf<typeof Chained>): Promise<void> {
    this.seen.push(`depth ${ctx.depth}`);
    if (left) await this.events.publish({ ...ctx, depth: (ctx.depth ?? 0) + 1 }, Chained({ left: left - 1 }));
  }

  @Handles(Work)
  async work(_ctx: Ctx, { note }: PayloadOf<typeof Work>): Promise<void> {
    this.seen.push(note);
  }

  @Handles(Outside, { transaction: false })
  async outside(ctx: Ctx, { note }: PayloadOf<typeof Outside>): Promise<void> {
    this.seen.push(`${note} ${ctx.tx === undefined}`);
  }
}

@Module({ providers: [Witness] })
class WitnessModule {}

// eslint-disable-next-line no-restricted-properties -- set by the test runner where a redis-server is at hand
const REDIS_URL = process.env.OPORA_TEST_REDIS;
const MODES: [string, Record<string, string>][] = [['in this process', {}]];
if (REDIS_URL) MODES.push(['carried by Bull over Redis', { REDIS_URL }]);

describe.each(MODES)('the outbox %s', (_, env) => {
  let api: TestApi;
  const isCarried = env.REDIS_URL !== undefined;

  /** Until nothing is due: run here, or waited for while the relay and Bull work. */
  const settle = async (): Promise<number> => {
    if (!isCarried) return api.drain();
    api.get(Relay).start();
    const due = async () =>
      Number(
        (
          await api.db.query<{ n: string }>(
            api.system,
            `SELECT count(*) n FROM outbox WHERE state = 'pending' AND "dueAt" <= $1`,
            [Clock.now()],
          )
        )[0]?.n,
      );
    const first = await due();
    while ((await due()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    return first;
  };
  const advance = async (seconds: number) => {
    Clock.set(new Date(Clock.now().getTime() + seconds * 1000));
    await settle();
  };
  const effects = async () =>
    (await api.db.query<{ note: string }>(api.system, 'SELECT note FROM effect ORDER BY note')).map((row) => row.note);
  const publish = (note: string, fail = false) =>
    api.db.tx(api.system, async (ctx) => {
      await api.get(Events).publish(ctx, Happened({ note }));
      if (fail) throw new Error('rolled back');
    });

  beforeAll(async () => {
    api = await startApi(WitnessModule, { REDIS_URL: '', ...env });
    await api.db.query(api.system, 'CREATE TABLE effect (note text)');
  });
  beforeEach(async () => {
    await api.db.query(api.system, 'DELETE FROM effect');
    await api.db.query(api.system, 'DELETE FROM outbox');
    api.get(Witness).seen = [];
    api.get(Witness).failuresLeft = 0;
  });
  afterAll(() => api.close());

  it('hands an event to each of its handlers once', async () => {
    await publish('a');
    await settle();
    await settle();
    expect(await effects()).toEqual(['first a', 'second a']);
  });

  it('forgets the event when its cause is rolled back', async () => {
    await expect(publish('b', true)).rejects.toThrow('rolled back');
    expect(await settle()).toBe(0);
    expect(await effects()).toEqual([]);
  });

  it('refuses to publish outside a transaction', async () => {
    await expect(api.get(Events).publish(api.system, Happened({ note: 'c' }))).rejects.toThrow('inside a transaction');
  });

  it('undoes a failed handler, keeps the reason, and tries again later; the other handler is not repeated', async () => {
    api.get(Witness).failuresLeft = 1;
    await publish('d');
    await settle();
    expect(await effects()).toEqual(['second d']);
    const waiting = await api.get(Outbox).list(api.system, { state: 'pending', limit: 10 });
    expect(waiting.data[0]?.lastError).toContain('not yet');
    await advance(6);
    expect(await effects()).toEqual(['first d', 'second d']);
  });

  it('gives up after the last attempt, shows the row, and a person can retry it', async () => {
    api.get(Witness).failuresLeft = 100;
    await publish('e');
    for (let attempt = 0; attempt < 12; attempt++) await advance(7200);
    const [dead] = (await api.get(Outbox).list(api.system, { state: 'dead', limit: 10 })).data;
    expect(dead?.attempts).toBe(9);
    api.get(Witness).failuresLeft = 0;
    await api.get(Outbox).retry(api.system, dead?.id ?? '');
    await settle();
    expect(await effects()).toEqual(['first e', 'second e']);
  });

  it('carries the depth of a chain of automatic steps', async () => {
    await api.db.tx(api.system, (ctx) => api.get(Events).publish(ctx, Chained({ left: 2 })));
    await settle();
    expect(api.get(Witness).seen).toEqual(['depth 0', 'depth 1', 'depth 2']);
  });

  it('runs a job at its time, and one of a key only once', async () => {
    const at = new Date(api.system.now().getTime() + 60_000);
    await api.db.tx(api.system, async (ctx) => {
      for (let i = 0; i < 3; i++) await api.get(Jobs).enqueue(ctx, Work({ note: 'later' }), { at, key: 'same' });
    });
    await settle();
    expect(api.get(Witness).seen).toEqual([]);
    await advance(61);
    expect(api.get(Witness).seen).toEqual(['later']);
  });

  it('runs a handler with an outside effect without holding a transaction', async () => {
    await api.db.tx(api.system, (ctx) => api.get(Jobs).enqueue(ctx, Outside({ note: 'out' })));
    await settle();
    expect(api.get(Witness).seen).toEqual(['out true']);
  });

  it('loses nothing and doubles nothing when two relays take from one outbox', async () => {
    await api.db.tx(api.system, async (ctx) => {
      for (let i = 0; i < 100; i++) await api.get(Events).publish(ctx, Happened({ note: String(i).padStart(3, '0') }));
    });
    await Promise.all([settle(), settle(), settle()]);
    const all = await effects();
    expect(all).toHaveLength(200);
    expect(new Set(all).size).toBe(200);
  });

  if (isCarried) {
    it('loses nothing when Redis is emptied while work is on its way', async () => {
      const redis = new Redis(env.REDIS_URL ?? '');
      await api.db.tx(api.system, async (ctx) => {
        for (let i = 0; i < 200; i++)
          await api.get(Events).publish(ctx, Happened({ note: `flush ${String(i).padStart(3, '0')}` }));
      });
      api.get(Relay).start();
      for (let i = 0; i < 10; i++) {
        await redis.flushall();
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      redis.disconnect();
      // What was in Redis is leased until its time is over; let that time pass.
      await api.db.query(api.system, `UPDATE outbox SET "leasedUntil" = now() WHERE state = 'pending'`);
      await settle();
      const all = await effects();
      expect(new Set(all).size).toBe(400);
      expect(all).toHaveLength(400);
    });
  }
});
