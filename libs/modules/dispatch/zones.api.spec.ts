import { startApi, type TestApi } from '@opora/platform/testing';
import { aCompany, anObject } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { DispatchModule } from './dispatch.module';
import { contains, type Polygon, zonesAt } from './geography';
import { aSkill, aZone } from './testing';
import { Zones } from './zones.service';

type Body = Record<string, unknown> & {
  id: string;
  version: number;
  data: (Record<string, unknown> & { id: string })[];
};
const ids = (body: unknown): string[] => (body as Body).data.map(({ id }) => id);
const TRIANGLE = [
  [60, 56],
  [61, 56],
  [60.5, 57],
];

describe('R-04: zones', () => {
  let api: TestApi;
  let dispatcher: TestEmployee;
  let company: { id: string };
  const as = () => api.as(dispatcher);

  beforeAll(async () => {
    api = await startApi(DispatchModule);
    dispatcher = await anEmployee(api, { role: 'dispatcher' });
    company = await aCompany(api, { address: 'Сочи, Морская, 1' });
  });
  afterAll(() => api.close());
  beforeEach(() => api.db.query(api.system, 'TRUNCATE zone, engineer_zone'));

  it('R-04: are drawn, moved with If-Match, put in order and deleted', async () => {
    const engineer = await anEmployee(api, { role: 'field_engineer' });
    const made = await as()
      .post('/zones')
      .send({ name: 'Урал', polygon: [...TRIANGLE, TRIANGLE[0]], engineerIds: [engineer.id] })
      .expect(201);
    expect(made.body).toMatchObject({
      name: 'Урал',
      polygon: TRIANGLE,
      districts: [],
      engineers: [{ id: engineer.id }],
      version: 1,
    });
    const { id } = made.body as Body;
    const words = await as()
      .post('/zones')
      .send({ name: 'Сочи', districts: [' Сочи ', 'Адлер'] })
      .expect(201);
    await as()
      .patch(`/zones/${id}`)
      .set('If-Match', '"1"')
      .send({ color: '#123456', districts: ['Пермь'] })
      .expect(200);
    const stale = await as().patch(`/zones/${id}`).set('If-Match', '"1"').send({ name: 'X' }).expect(412);
    expect(stale.body).toMatchObject({
      code: 'dispatch.stale',
      current: { color: '#123456', polygon: TRIANGLE, engineers: [{ id: engineer.id }] },
    });
    const order = [(words.body as Body).id, id];
    expect(ids((await as().put('/zones/order').send({ ids: order }).expect(200)).body)).toEqual(order);
    await as()
      .put('/zones/order')
      .send({ ids: [id] })
      .expect(422);
    await as().delete(`/zones/${id}`).expect(204);
    await as().delete(`/zones/${id}`).expect(404);
    expect(ids((await as().get('/zones')).body)).toEqual([order[0]]);
  });

  it.each<[string, object, string, string]>([
    ['nothing', {}, '/polygon', 'dispatch.zoneNowhere'],
    [
      'a bow',
      {
        polygon: [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 2],
        ],
      },
      '/polygon',
      'dispatch.crossesItself',
    ],
    [
      'text',
      {
        polygon: [
          ['a', 'b'],
          [1, 1],
          [0, 1],
        ],
      },
      '/polygon',
      'dispatch.notPolygon',
    ],
    [
      'a huge number',
      {
        polygon: [
          [1e308, 0],
          [1, 1],
          [0, 1],
        ],
      },
      '/polygon',
      'dispatch.cornerOutside',
    ],
    ['signs for a district', { districts: ['—!'] }, '/districts/0', 'dispatch.districtEmpty'],
    [
      'a stranger',
      { districts: ['Тула'], engineerIds: ['01940000-0000-7000-8000-000000000009'] },
      '/engineerIds/0',
      'dispatch.employeeUnknown',
    ],
  ])('R-04: a zone of %s is refused', async (_, facts, pointer, code) => {
    const { body } = await as()
      .post('/zones')
      .send({ name: 'Зона', ...facts })
      .expect(422);
    expect((body as { errors: object[] }).errors).toContainEqual(expect.objectContaining({ pointer, code }));
    expect(ids((await as().get('/zones')).body)).toEqual([]);
  });

  it('R-04: come out of GeoJSON: all or nothing, a zone of that name moves its border', async () => {
    const feature = (name: string, ring: number[][]) => ({
      type: 'Feature',
      properties: { name },
      geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
    });
    const send = (...features: object[]) =>
      as()
        .post('/zones/import')
        .send({ geojson: { type: 'FeatureCollection', features } });
    const { id } = await aZone(api, { name: 'Тула', districts: ['Тула'] });
    await send(
      feature('Урал', TRIANGLE),
      feature('Линия', [
        [0, 0],
        [1, 1],
      ]),
    ).expect(422);
    expect(ids((await as().get('/zones')).body)).toEqual([id]);
    const { body } = await send(feature('Урал', TRIANGLE), feature('Тула', TRIANGLE)).expect(200);
    expect((body as Body).data).toMatchObject([
      { id, name: 'Тула', districts: ['Тула'], polygon: TRIANGLE },
      { name: 'Урал' },
    ]);
  });

  it('R-04: an object lies in the zones of its point and address, or of the nearest object above that has some', async () => {
    const tula = await aZone(api);
    const sochi = await aZone(api, { districts: ['Сочи'] });
    const shop = await anObject(api, {
      companyId: company.id,
      latitude: 54.2,
      longitude: 37.6,
      name: 'Магазин в зоне',
    });
    const room = await anObject(api, { companyId: company.id, parentId: shop.id, name: 'Комната в зоне' });
    const office = await anObject(api, { companyId: company.id, name: 'Офис в зоне' });
    const lost = await anObject(api, { companyId: company.id, address: 'Пермь', name: 'Склад без зоны' });
    const zones = await api.get(Zones).of(api.system, [shop.id, room.id, office.id, lost.id]);
    expect([...zones.values()].map((list) => list.map(({ id }) => id))).toEqual([[tula.id], [tula.id], [sochi.id], []]);
    expect(ids((await as().get(`/zones/objects?zoneId=${tula.id}`)).body)).toEqual([room.id, shop.id]);
    expect(ids((await as().get('/zones/objects?zoneId=none')).body)).toContain(lost.id);
    expect(ids((await as().get('/zones/objects?zoneId=none')).body)).not.toContain(office.id);
    const page = (await as().get('/zones/objects?limit=1&q=в зоне').expect(200)).body as Body & {
      page: { next: string };
    };
    const next = await as().get(`/zones/objects?limit=1&q=в зоне&cursor=${page.page.next}`);
    expect([...ids(page), ...ids(next.body)]).toEqual([room.id, shop.id]);
    expect((await as().get('/zones/map')).body).toMatchObject({
      objects: [{ id: shop.id, zoneIds: [tula.id] }],
      isCut: false,
    });
  });

  it('R-04: the database and the pure rule agree on which zone holds which place', async () => {
    const horseshoe: Polygon = [
      [0, 0],
      [3, 0],
      [3, 3],
      [2, 3],
      [2, 1],
      [1, 1],
      [1, 3],
      [0, 3],
    ];
    await aZone(api, { polygon: horseshoe as never });
    await aZone(api, { districts: ['Набережные Челны', 'Щёкино'] });
    let seed = 7;
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const corners = horseshoe.flatMap(([x, y]) => [
      [x, y],
      [x + 0.5, y],
      [x, y + 0.5],
    ]);
    const points = [...corners, ...Array.from({ length: 60 }, () => [random() * 5 - 1, random() * 5 - 1])];
    const words = ['НАБЕРЕЖНЫЕ ЧЕЛНЫ, Мира', 'набережные-челны', 'Щекино', 'Щёкино-2', 'Щёкинский р-н', 'Набережные'];
    const made: string[] = [];
    for (const [longitude, latitude] of points)
      made.push((await anObject(api, { companyId: company.id, longitude, latitude })).id);
    for (const address of words) made.push((await anObject(api, { companyId: company.id, address })).id);
    const pure = await api.get(Zones).of(api.system, made);
    const rows: { id: string; zoneIds: string[] }[] = [];
    for (let cursor = ''; ;) {
      const { body } = await as()
        .get(`/zones/objects?limit=200${cursor && `&cursor=${cursor}`}`)
        .expect(200);
      rows.push(...((body as { data: [] }).data as { id: string; zoneIds: string[] }[]));
      const next = (body as { page: { next: string | null } }).page.next;
      if (!next) break;
      cursor = next;
    }
    const asked = new Map(rows.map(({ id, zoneIds }) => [id, zoneIds]));
    expect(made.map((id) => asked.get(id))).toEqual(made.map((id) => pure.get(id)!.map((zone) => zone.id)));
    // Both answers occur, or the comparison says nothing.
    expect(new Set(points.map((point) => contains(horseshoe, point as never))).size).toBe(2);
    expect(made.slice(-6).map((id) => pure.get(id)!.length)).toEqual([1, 1, 1, 1, 0, 0]);
    expect(zonesAt([], { address: null, latitude: null, longitude: null })).toEqual([]);
  });

  it('R-04: conditions ask for the zone: of a ticket being written, of one that is stored, of lists', async () => {
    const admin = api.as(await anEmployee(api, { role: 'admin' }));
    const zone = await aZone(api, { name: 'Тульская' });
    const inside = await anObject(api, { companyId: company.id, latitude: 54, longitude: 37 });
    const outside = await anObject(api, { companyId: company.id, latitude: 10, longitude: 10 });
    const fields = (await admin.get('/condition-fields?subject=ticket').expect(200)).body as { data: object[] };
    expect(fields.data).toContainEqual(
      expect.objectContaining({ name: 'zoneIds', label: 'Зона', options: [{ value: zone.id, label: 'Тульская' }] }),
    );
    const before = await aTicket(api, { companyId: company.id, objectId: inside.id });
    await admin
      .post('/form-rules')
      .send({
        name: 'В зоне нужен срок',
        subject: 'ticket',
        when: { field: 'zoneIds', op: 'is', value: zone.id },
        effects: [{ field: 'deadlineAt', effect: 'require' }],
      })
      .expect(201);
    const create = (objectId: string) =>
      as().post('/tickets').send({ subject: 'Касса', companyId: company.id, objectId });
    const refused = await create(inside.id).expect(422);
    expect((refused.body as { errors: object[] }).errors).toMatchObject([{ pointer: '/deadlineAt' }]);
    const free = (await create(outside.id).expect(201)).body as Body;
    expect((await as().get(`/tickets/${before.id}`)).body).toMatchObject({ incomplete: [{ field: 'deadlineAt' }] });
    expect(ids((await as().get('/tickets?q=is:incomplete').expect(200)).body)).toEqual([before.id]);
    await as()
      .patch(`/tickets/${free.id}`)
      .set('If-Match', `"${free.version}"`)
      .send({ objectId: inside.id })
      .expect(422);
  });

  it('R-03: skills: a catalogue, levels of people, what types need', async () => {
    const skill = await aSkill(api, 'Весы');
    await as().post('/skills').send({ name: 'ВЕСЫ' }).expect(409);
    const lead = await anEmployee(api, { role: 'line_lead', teamIds: [(await aTeam(api)).id] });
    const own = await anEmployee(api, { teamIds: lead.teamIds });
    const stranger = await anEmployee(api);
    const level = (level: number) => ({ skills: [{ skillId: skill.id, level }] });
    await api.as(lead).patch(`/dispatch/engineers/${own.id}`).send(level(3)).expect(200);
    await api.as(lead).patch(`/dispatch/engineers/${stranger.id}`).send(level(3)).expect(404);
    await api.as(own).patch(`/dispatch/engineers/${own.id}`).send(level(3)).expect(403);
    await as().patch(`/dispatch/engineers/${own.id}`).send(level(4)).expect(422);
    await as()
      .patch(`/dispatch/engineers/${own.id}`)
      .send({ skills: [...level(1).skills, ...level(2).skills] })
      .expect(422);
    const list = await api.as(lead).get('/dispatch/engineers').expect(200);
    expect((list.body as Body).data).toMatchObject(
      [
        { id: lead.id, skills: [] },
        { id: own.id, ...level(3) },
      ].sort(byName([lead, own])),
    );
    expect((await as().get('/skills')).body).toMatchObject({ data: [{ id: skill.id, people: 1 }] });
    const type = ((await as().get('/type-skills')).body as { data: { typeId: string }[] }).data[0]!;
    expect((await as().put(`/type-skills/${type.typeId}`).send(level(2)).expect(200)).body).toMatchObject(level(2));
    await as().put(`/type-skills/${skill.id}`).send(level(2)).expect(404);
    await as().delete(`/skills/${skill.id}`).expect(204);
    expect(((await as().get('/type-skills')).body as { data: object[] }).data[0]).toMatchObject({ skills: [] });
  });

  it('S-01: reading needs the board, changing needs the right to manage', async () => {
    const engineer = api.as(await anEmployee(api));
    for (const path of [
      '/zones',
      '/skills',
      '/dispatch/board',
      '/dispatch/unassigned',
      '/dispatch/settings',
      '/zones/map',
    ])
      await engineer.get(path).expect(403);
    await engineer
      .post('/zones')
      .send({ name: 'X', districts: ['Тула'] })
      .expect(403);
    await as().put('/dispatch/settings').send({ speedKmh: 0 }).expect(422);
    await as().put('/dispatch/settings').send({ calendarId: company.id }).expect(422);
    expect((await as().put('/dispatch/settings').send({ speedKmh: 60, roadFactor: 1 }).expect(200)).body).toMatchObject(
      { speedKmh: 60 },
    );
  });
});

const byName =
  (people: TestEmployee[]) =>
  (one: { id: string }, other: { id: string }): number => {
    const name = (id: string): string => people.find((person) => person.id === id)!.name.toLowerCase();
    return name(one.id) < name(other.id) ? -1 : 1;
  };
