import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { IsInt, IsOptional, IsString, MaxLength } from 'class-validator';
import { Context, type Ctx } from '../context';
import { Db } from '../db';
import { Public } from '../permissions';
import { startApi, type TestApi } from '../testing';
import { IsMoment, PageQuery, decodeCursor } from './index';

class Note {
  @IsString()
  @MaxLength(20)
  text: string;
  @IsOptional()
  @IsInt()
  count?: number;
  @IsOptional()
  @IsMoment()
  at?: string;
}

@Controller('notes')
class NotesController {
  constructor(private readonly db: Db) {}

  @Post()
  @Public('test')
  async add(@Context() ctx: Ctx, @Body() note: Note) {
    return this.db.tx(ctx, async (ctx) => {
      const [row] = await this.db.query<{ id: number }>(ctx, `INSERT INTO note (text) VALUES ($1) RETURNING id`, [
        note.text,
      ]);
      if (note.text === 'boom') throw new Error('secret detail');
      return { id: row?.id };
    });
  }

  @Get()
  @Public('test')
  list(@Query() { cursor }: PageQuery) {
    return { after: decodeCursor(cursor, ['date', 'uuid']) ?? null };
  }

  @Get('cut-off')
  @Public('test')
  async cutOff(@Context() ctx: Ctx) {
    await this.db.tx(ctx, async (ctx) => {
      await this.db.query(ctx, 'SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await this.db.query(ctx, 'SELECT 1');
    });
  }

  @Get('forgotten')
  forgotten() {
    return {};
  }
}

@Module({ controllers: [NotesController] })
class NotesModule {}

describe('requests', () => {
  let api: TestApi;
  const count = async () =>
    Number((await api.db.query<{ n: string }>(api.system, 'SELECT count(*) n FROM note'))[0]?.n);
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    api.anonymous
      .post('/notes')
      .set(headers)
      .send(body as object);

  beforeAll(async () => {
    api = await startApi(NotesModule);
    await api.db.query(api.system, 'CREATE TABLE note (id serial, text text)');
  });
  afterAll(() => api.close());

  it.each([
    ['an unknown field', { text: 'a', admin: true }, '/admin'],
    ['a wrong type', { text: 5 }, '/text'],
    ['an array for a text', { text: ['a'] }, '/text'],
    ['a missing field', {}, '/text'],
    ['a NUL character', { text: 'a\u0000b' }, '/text'],
    ['a lone surrogate', { text: '\ud800' }, '/text'],
    ['a too long text', { text: 'x'.repeat(21) }, '/text'],
    ['a date that does not exist', { text: 'a', at: '2026-02-31T10:00:00Z' }, '/at'],
    ['a date without an offset', { text: 'a', at: '2026-02-01T10:00:00' }, '/at'],
    ['a list for a body', [1], ''],
  ])('I-01: refuses %s and names the field', async (_, body, pointer) => {
    const answer = await post(body).expect(422);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ code: 'request.invalid', status: 422, errors: [{ pointer }] });
    expect(answer.body.errors[0].message).not.toBe('');
  });

  it('I-01: speaks the language of the request', async () => {
    const russian = await post({}).set('accept-language', 'ru').expect(422);
    const english = await post({}).set('accept-language', 'en-GB,en;q=0.9').expect(422);
    expect(russian.body.title).toBe('Запрос содержит ошибки');
    expect(english.body.title).toBe('The request has errors');
  });

  it.each([
    ['{"text":', 400],
    ['{"text":"a","__proto__":{"x":1}}', 400],
    [`{"text":"${'x'.repeat(3_000_000)}"}`, 413],
  ])('I-01: %.30s… is refused with %i', (body, status) =>
    api.anonymous.post('/notes').set('content-type', 'application/json').send(body).expect(status),
  );

  it('I-01: an unexpected error tells nothing but the request number, and nothing is half-written', async () => {
    const before = await count();
    const answer = await post({ text: 'boom' }).expect(500);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    expect(answer.body.traceId).toBeTruthy();
    expect(await count()).toBe(before);
  });

  it('I-01: a merge patch is read by its own name, and as strictly', async () => {
    const send = (body: string) =>
      api.anonymous.post('/notes').set('content-type', 'application/merge-patch+json').send(body);
    await send('{"text":"a"}').expect(201);
    await send('{"text":"a","__proto__":{"x":1}}').expect(400);
  });

  it.each([
    'x',
    'W10',
    Buffer.from('["a","b"]').toString('base64url'),
    Buffer.from('{"a":1}').toString('base64url'),
    'a'.repeat(1000),
  ])('I-08: a bad cursor %.20s is refused', async (cursor) => {
    const answer = await api.anonymous.get(`/notes?cursor=${cursor}`).expect(400);
    expect(answer.body.code).toBe('request.badCursor');
  });

  it('S-01: a route without a rule answers nobody', async () => {
    await api.anonymous.get('/notes/forgotten').expect(401);
  });

  describe('I-08: Idempotency-Key', () => {
    const headers = { 'idempotency-key': 'k-1' };

    it('gives the first answer again and does the work once', async () => {
      const before = await count();
      const first = await post({ text: 'once' }, headers).expect(201);
      const again = await post({ text: 'once' }, headers).expect(201);
      expect(again.body).toEqual(first.body);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(await count()).toBe(before + 1);
    });

    it('refuses the same key with another body', async () => {
      const answer = await post({ text: 'other' }, headers).expect(409);
      expect(answer.body.code).toBe('request.idempotencyMismatch');
    });

    it('does the work once when twenty repeats come at the same time', async () => {
      const before = await count();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => post({ text: 'twins' }, { 'idempotency-key': 'k-2' })),
      );
      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(await count()).toBe(before + 1);
    });

    it('keeps nothing of a refused request', async () => {
      await post({ text: 'boom' }, { 'idempotency-key': 'k-3' }).expect(500);
      await post({ text: 'fine' }, { 'idempotency-key': 'k-3' }).expect(201);
    });

    it('refuses a key that is no key', () => post({ text: 'a' }, { 'idempotency-key': 'k'.repeat(201) }).expect(422));
  });

  it('O-07: a connection that broke under a request is told as a moment of absence, not as a fault', async () => {
    const { body } = await api.anonymous.get('/notes/cut-off').expect(503);
    expect(body).toMatchObject({ type: 'urn:opora:problem:request.unavailable', status: 503 });
    await api.anonymous.get('/notes').expect(200);
  });
});
