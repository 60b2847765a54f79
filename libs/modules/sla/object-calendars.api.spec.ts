import { aCompany, anObject } from '@opora/testing/clients';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ObjectCalendars } from './object-calendars.service';
import { SlaModule } from './sla.module';

let api: TestApi;
let admin: TestEmployee;
const calendars: Record<string, string> = {};
beforeAll(async () => {
  api = await startApi(SlaModule);
  admin = await anEmployee(api, { role: 'admin' });
  const { body } = await api.as(admin).get('/sla/calendars').expect(200);
  for (const { code, id } of body.data) calendars[code] = id;
});
afterAll(() => api.close());

const path = (id: string) => `/sla/objects/${id}/calendar`;
const set = (id: string, calendarId: unknown) =>
  api
    .as(admin)
    .put(path(id))
    .send({ calendarId } as object);
const get = async (id: string) => (await api.as(admin).get(path(id)).expect(200)).body;

async function aTree() {
  const company = await aCompany(api);
  const root = await anObject(api, { companyId: company.id });
  const shop = await anObject(api, { companyId: company.id, parentId: root.id });
  const till = await anObject(api, { companyId: company.id, parentId: shop.id });
  return { root, shop, till };
}

it('SLA-02: an object has hours of its own or those of the nearest object above', async () => {
  const { root, shop, till } = await aTree();
  expect(await get(till.id)).toEqual({
    objectId: till.id,
    calendarId: null,
    calendarName: null,
    inheritedFromId: null,
  });
  await set(root.id, calendars.always).expect(200);
  expect(await get(till.id)).toMatchObject({
    calendarId: calendars.always,
    calendarName: '24/7',
    inheritedFromId: root.id,
  });
  await set(shop.id, calendars.office).expect(200);
  expect(await get(till.id)).toMatchObject({ calendarId: calendars.office, inheritedFromId: shop.id });
  expect(await get(shop.id)).toMatchObject({ calendarId: calendars.office, inheritedFromId: null });
  const found = await api.get(ObjectCalendars).of(api.system, [root.id, till.id]);
  expect([...found]).toEqual(
    expect.arrayContaining([
      [root.id, calendars.always],
      [till.id, calendars.office],
    ]),
  );
  await api.as(admin).delete(path(shop.id)).expect(200);
  expect(await get(till.id)).toMatchObject({ calendarId: calendars.always, inheritedFromId: root.id });
});

it('SLA-02: what is not there is refused, and whoever may not is, too', async () => {
  const { root } = await aTree();
  const nobody = '019b7500-0000-7000-8000-00000000ffff';
  await set(nobody, calendars.office).expect(404);
  const strange = await set(root.id, nobody).expect(422);
  expect(strange.body.errors[0]).toMatchObject({ pointer: '/calendarId', code: 'sla.calendarUnknown' });
  await set(root.id, null).expect(422);
  const engineer = await anEmployee(api, { role: 'engineer' });
  await api.as(engineer).put(path(root.id)).send({ calendarId: calendars.office }).expect(403);
  expect(await get(root.id)).toMatchObject({ calendarId: null });
});

it('SLA-02: hours an object keeps are not put away', async () => {
  const { root } = await aTree();
  const own = { name: 'Магазин', timeZone: 'Europe/Samara', week: { mon: [{ from: '10:00', to: '22:00' }] } };
  const { id } = (await api.as(admin).post('/sla/calendars').send(own).expect(201)).body;
  await set(root.id, id).expect(200);
  const refusal = await api.as(admin).post(`/sla/calendars/${id}/archive`).expect(409);
  expect(refusal.body.code).toBe('sla.calendarInUse');
});
