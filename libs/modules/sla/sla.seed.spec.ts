import { Companies, CompanyCategories, Contacts, seedClients, ServiceObjects } from '@opora/modules/clients';
import { CustomFields } from '@opora/modules/fields';
import { Credentials, DEMO_PASSWORD, Employees, seedPeople, Teams } from '@opora/modules/people';
import { Tickets } from '@opora/modules/tickets';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ObjectCalendars } from './object-calendars.service';
import { SlaClocks } from './sla-clocks.service';
import { SlaModule } from './sla.module';
import { SlaPolicies } from './sla-policies.service';
import { bindDemoTickets, seedSla } from './sla.seed';
import { WorkCalendars } from './work-calendars.service';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(SlaModule);
});
afterAll(() => api.close());

const count = async (table: string) =>
  Number((await api.db.query<{ n: string }>(api.system, `SELECT count(*) n FROM ${table}`))[0]?.n);

it('O-10: the demo company has calendars, hours of objects and policies that all get their turn, once', async () => {
  const people = await seedPeople({ employees: api.get(Employees), teams: api.get(Teams) }, api.system);
  const clients = {
    companies: api.get(Companies),
    categories: api.get(CompanyCategories),
    contacts: api.get(Contacts),
    objects: api.get(ServiceObjects),
    credentials: api.get(Credentials),
    fields: api.get(CustomFields),
  };
  const [client] = await seedClients(clients, api.system, people, DEMO_PASSWORD);
  const policies = api.get(SlaPolicies);
  const services = { db: api.db, calendars: api.get(WorkCalendars), policies, objects: api.get(ObjectCalendars) };
  await seedSla(services, api.system);
  await seedSla(services, api.system);
  const list = await policies.list(api.system);
  expect(list).toHaveLength(4);
  expect(list.flatMap(({ findings }) => findings.filter(({ kind }) => kind === 'unreachable'))).toEqual([]);
  expect((await services.calendars.list(api.system, false)).length).toBe(5);
  expect(await count('object_calendar')).toBeGreaterThan(1);

  const input = { subject: 'Касса', companyId: client!.id, contactId: client!.contacts[0]!.id };
  const { id } = await api.get(Tickets).create(api.system, input, { withoutForm: true });
  await api.db.query(api.system, 'DELETE FROM ticket_sla');
  await bindDemoTickets({ db: api.db, clocks: api.get(SlaClocks) }, api.system);
  const rows = await api.db.query<{ ticketId: string }>(api.system, 'SELECT "ticketId" FROM ticket_sla');
  expect(rows).toEqual([{ ticketId: id }]);
});
