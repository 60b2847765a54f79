import { CustomFieldDefinitions, CustomFields, FormRules, seedFields } from '@opora/modules/fields';
import { Credentials, DEMO_PASSWORD, Employees, seedPeople, Teams } from '@opora/modules/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ClientsModule } from './clients.module';
import { seedClients } from './clients.seed';
import { Companies } from './companies.service';
import { CompanyCategories } from './company-categories.service';
import { Contacts } from './contacts.service';
import { ServiceObjects } from './service-objects.service';

let api: TestApi;
beforeAll(async () => void (api = await startApi(ClientsModule)));
afterAll(() => api.close());

it('demo: thirty clients with a tree of shops, and the second run finds them', async () => {
  const people = await seedPeople({ employees: api.get(Employees), teams: api.get(Teams) }, api.system);
  const services = {
    companies: api.get(Companies),
    categories: api.get(CompanyCategories),
    contacts: api.get(Contacts),
    objects: api.get(ServiceObjects),
    credentials: api.get(Credentials),
    fields: api.get(CustomFields),
  };
  await seedFields({ definitions: api.get(CustomFieldDefinitions), rules: api.get(FormRules) }, api.system);
  const first = await seedClients(services, api.system, people, DEMO_PASSWORD);
  expect(await seedClients(services, api.system, people, DEMO_PASSWORD)).toEqual(first);
  const [counts] = await api.db.query<{
    companies: number;
    contacts: number;
    shops: number;
    rooms: number;
    vehicles: number;
  }>(
    api.system,
    `SELECT (SELECT count(*)::int FROM company) AS companies, (SELECT count(*)::int FROM contact) AS contacts,
            count(*) FILTER (WHERE kind = 'shop')::int AS shops, count(*) FILTER (WHERE kind = 'vehicle')::int AS vehicles,
            max(cardinality(path)) AS depth FROM service_object`,
  );
  expect(counts).toEqual({ companies: 30, contacts: expect.any(Number), shops: 40, vehicles: 20, depth: 3 });
  const regions = await api.db.query(api.system, `SELECT 1 FROM company WHERE "customFields" ? 'region'`);
  expect(regions.length).toBeGreaterThan(20);
  expect(counts!.contacts).toBeGreaterThan(140);
  const signedIn = await api.anonymous
    .post('/portal/auth/sign-in')
    .send({ login: 'client@retail.demo', password: DEMO_PASSWORD })
    .expect(200);
  expect(signedIn.body.mustChangePassword).toBe(false);
}, 120_000);
