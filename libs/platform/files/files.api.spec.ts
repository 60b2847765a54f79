import fs from 'node:fs/promises';
import { join } from 'node:path';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { ActorSources } from '../auth';
import { type Actor, Context, type Ctx } from '../context';
import { newId } from '../db';
import { Public } from '../permissions';
import { Settings } from '../settings';
import { startApi, type TestApi } from '../testing';
import { Files } from './index';

@Controller('links')
class LinksController {
  constructor(private readonly files: Files) {}

  @Get(':id')
  @Public('test')
  link(@Context() ctx: Ctx, @Param('id') id: string) {
    return { url: this.files.urlOf(ctx, id) };
  }
}

@Module({ controllers: [LinksController] })
class LinksModule {}

/** A bucket that keeps objects in memory and speaks as much S3 as we use. */
function fakeS3(): Promise<{ server: Server; objects: Map<string, Buffer>; url: string }> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const key = request.url?.split('?')[0] ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'PUT') objects.set(key, Buffer.concat(chunks));
      const body = objects.get(key);
      response.writeHead(body ? 200 : 404).end(request.method === 'GET' ? body : undefined);
    });
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, objects, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    ),
  );
}

describe('S-06: files', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(LinksModule);
  });
  afterAll(() => api.close());

  const store = (name: string, content: Buffer, mime?: string) =>
    api.get(Files).store(api.system, { name, content: Readable.from([content]), mime });
  const linkOf = async (id: string): Promise<string> => (await api.anonymous.get(`/links/${id}`)).body.url;

  it('gives back the same bytes through a link that lives five minutes', async () => {
    const content = Buffer.from('%PDF-1.7 акт');
    const file = await store('акт.pdf', content);
    const url = await linkOf(file.id);
    const answer = await api.http.get(url).buffer(true).expect(200);
    expect(Buffer.from(answer.body).equals(content)).toBe(true);
    expect(answer.headers['content-disposition']).toContain("attachment; filename*=UTF-8''%D0%B0%D0%BA%D1%82.pdf");
    await api.advance({ minutes: 7 });
    await api.http.get(url).expect(404);
  });

  it('never shows active content in the browser, whatever the sender called it', async () => {
    const html = await store('x.png', Buffer.from('<html><script>alert(1)</script></html>'), 'text/html');
    const svg = await store(
      'x.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'image/svg+xml',
    );
    for (const file of [html, svg]) {
      const answer = await api.http.get(await linkOf(file.id)).expect(200);
      expect(answer.headers['content-type']).toBe('application/octet-stream');
      expect(answer.headers['content-security-policy']).toContain('sandbox');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('refuses a link whose signature or id was changed', async () => {
    const [one, two] = [await store('1.txt', Buffer.from('1')), await store('2.txt', Buffer.from('2'))];
    const url = await linkOf(one.id);
    await api.http.get(url.replace(one.id, two.id)).expect(404);
    await api.http.get(`${url.slice(0, -2)}AA`).expect(404);
    await api.http.get(`/api/v1/files/${one.id}`).expect(404);
  });

  it('tells that the disk is full, and leaves nothing open or half-written', async () => {
    const close = jest.fn(() => Promise.resolve());
    const writeFile = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    const full = jest.spyOn(fs, 'open').mockResolvedValue({ writeFile, close } as unknown as fs.FileHandle);
    const content = Buffer.from('no room for this');
    const storing = api.get(Files).store(api.system, { name: 'a.txt', content });
    await expect(storing)
      .rejects.toMatchObject({ code: 'files.noSpace', status: 503 })
      .finally(() => full.mockRestore());
    expect(close).toHaveBeenCalledTimes(1);
    const rows = await api.db.query(api.system, `SELECT 1 FROM stored_file WHERE size = 16`);
    expect(rows).toHaveLength(0);
  });

  it('lets a file be claimed once, in the transaction of its noun', async () => {
    const file = await store('a.txt', Buffer.from('a'));
    const claim = () => api.db.tx(api.system, (ctx) => api.get(Files).claim(ctx, [file.id]));
    const outcomes = await Promise.allSettled([claim(), claim(), claim()]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });
});

const anActor = (id: string): Actor => ({
  kind: 'employee',
  id,
  name: 'Анна',
  locale: 'ru',
  grants: [],
  teamIds: [],
  mayWriteToClients: true,
  seesClientContacts: true,
  mustChangePassword: false,
});

describe('S-06: uploads', () => {
  const HOUSE = { id: newId(), kind: 'employee' as const, sessionId: newId() };
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(LinksModule, { OPORA_UPLOAD_MB: '1' });
    api.get(ActorSources).register('employee', () => Promise.resolve(anActor(HOUSE.id)));
  });
  afterAll(() => api.close());

  const rows = async () =>
    (await api.db.query<{ n: number }>(api.system, 'SELECT count(*)::int AS n FROM stored_file'))[0]!.n;
  const filesOnDisk = async () => {
    const folder = join(api.get(Settings).OPORA_HOME, 'files');
    const found = await fs.readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return found.filter((entry) => entry.isFile()).map(({ name }) => name);
  };
  const send = (content: Buffer, filename: string, contentType: string) =>
    api.as(HOUSE).post('/files').attach('file', content, { filename, contentType });

  it('of an upload cut at the size limit neither a row nor bytes stay', async () => {
    const { body } = await send(Buffer.alloc(1024 * 1024 + 1, 7), 'film.mp4', 'video/mp4').expect(413);
    expect(body).toMatchObject({ code: 'files.tooLarge', detail: expect.stringContaining('1') as string });
    expect([await rows(), await filesOnDisk()]).toEqual([0, []]);
    const whole = await send(Buffer.alloc(1024 * 1024, 7), 'film.bin', 'application/octet-stream').expect(201);
    expect(whole.body.size).toBe(1024 * 1024);
    expect([await rows(), await filesOnDisk()]).toEqual([1, [expect.stringMatching(/^[0-9a-f]{64}$/)]]);
  });

  const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
  const HEIC = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')]);
  it.each([
    [
      'a page named .png',
      Buffer.from('<!doctype html><script>alert(1)</script>'),
      'a.png',
      'image/png',
      'application/octet-stream',
    ],
    ['a drawing named .png', Buffer.from(SVG), 'b.png', 'image/png', 'application/octet-stream'],
    [
      'a drawing that begins as XML',
      Buffer.from(`<?xml version="1.0"?>${SVG}`),
      'c.jpg',
      'image/jpeg',
      'application/xml',
    ],
    [
      'a text said to be a picture of a made-up kind',
      Buffer.from('x'),
      'd.jpg',
      'image/jpg',
      'application/octet-stream',
    ],
    ['a drawing said to be one', Buffer.from(SVG), 'e.svg', 'image/svg+xml', 'image/svg+xml'],
    ['a photo of a phone without its type', HEIC, 'f.heic', 'application/octet-stream', 'image/heic'],
    ['a text', Buffer.from('Акт'), 'g.txt', 'text/plain', 'text/plain'],
  ])('the kind is what the bytes say: %s', async (_, content, name, said, kept) => {
    const { body } = await send(content, name, said).expect(201);
    expect(body.mime).toBe(kept);
  });
});

describe('S-06: files in S3', () => {
  it('writes to the bucket and reads the same bytes back', async () => {
    const s3 = await fakeS3();
    const api = await startApi(LinksModule, {
      OPORA_FILES: 's3://acts/opora',
      OPORA_S3_ENDPOINT: s3.url,
      OPORA_S3_ACCESS_KEY: 'key',
      OPORA_S3_SECRET_KEY: 'secret',
    });
    const content = Buffer.from('содержимое');
    const file = await api.get(Files).store(api.system, { name: 'a.txt', content });
    expect([...s3.objects.keys()]).toEqual([`/acts/opora/${file.sha256}`]);
    expect((await api.get(Files).readAll(api.system, file.id)).content.equals(content)).toBe(true);
    await api.close();
    s3.server.close();
  });
});
