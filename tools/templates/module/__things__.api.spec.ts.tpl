import { startApi, type TestApi } from '@opora/platform/testing';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { __Module__Module } from './__module__.module';
import { a__Thing__ } from './testing';

let api: TestApi;
let admin: TestEmployee;

beforeAll(async () => {
  api = await startApi(__Module__Module);
  admin = await anEmployee(api, { role: 'admin' });
});
afterAll(() => api.close());

describe('__things_words__', () => {
  it('are made, read, changed and listed', async () => {
    const { body } = await api.as(admin).post('/__things__').send({ name: ' First ' }).expect(201);
    expect(body).toMatchObject({ name: 'First' });
    await api.as(admin).patch(`/__things__/${body.id}`).send({ name: 'Renamed' }).expect(200);
    expect((await api.as(admin).get(`/__things__/${body.id}`).expect(200)).body.name).toBe('Renamed');
    const listed = await api.as(admin).get('/__things__').expect(200);
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain(body.id);
  });

  it('page through everything exactly once', async () => {
    const made = [await a__Thing__(api), await a__Thing__(api), await a__Thing__(api)];
    const seen: string[] = [];
    let path: string | null = '/__things__?limit=1';
    while (path) {
      const answer: { body: { data: { id: string }[]; page: { next: string | null } } } = await api.as(admin).get(path).expect(200);
      seen.push(...answer.body.data.map(({ id }) => id));
      path = answer.body.page.next && `/__things__?limit=1&cursor=${answer.body.page.next}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
  });

  it('are refused without sign-in and without the permission', async () => {
    const accountant = await anEmployee(api, { role: 'accountant' });
    await api.anonymous.get('/__things__').expect(401);
    await api.as(accountant).get('/__things__').expect(403);
    await api.as(accountant).post('/__things__').send({ name: 'No' }).expect(403);
  });

  it('refuse an empty name and name the field', async () => {
    const { body } = await api.as(admin).post('/__things__').send({ name: ' ' }).expect(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain('/name');
  });

  it('answer 404 for an unknown one', async () => {
    await api.as(admin).get('/__things__/019b0000-0000-7000-8000-00000000dead').expect(404);
  });
});
