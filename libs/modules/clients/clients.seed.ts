import { Credentials, type DemoPeople } from '@opora/modules/people';
import type { CustomFields } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { CLIENTS, DIRECTORATES, FIRST_NAMES, LAST_NAMES, POSITIONS, VEHICLES } from './clients.seed-data';
import type { Companies } from './companies.service';
import type { CompanyCategories } from './company-categories.service';
import type { NewMembership } from './contacts.dto';
import type { Contacts } from './contacts.service';
import { withCheckDigit } from './inn';
import type { ServiceObjects } from './service-objects.service';

type Services = {
  companies: Companies;
  categories: CompanyCategories;
  contacts: Contacts;
  objects: ServiceObjects;
  credentials: Credentials;
  fields: CustomFields;
};

/** A demo client with its people and objects. */
export type DemoClient = {
  id: string;
  name: string;
  contacts: { id: string; name: string; email: string }[];
  objectIds: string[];
};

const CATEGORIES = [
  ['vip', 'VIP', '#e8590c'],
  ['chain', 'Торговые сети', '#1971c2'],
  ['fleet', 'Автопарки', '#2f9e44'],
  ['vendor', 'Клиенты вендора', '#9c36b5'],
  ['standard', 'Стандарт', '#868e96'],
] as const;
const REGIONS = ['center', 'north_west', 'volga', 'siberia'];
type CategoryIds = Record<(typeof CATEGORIES)[number][0], string>;

/** Clients of the demo service company, through the services; does nothing but find them the second time. */
export async function seedClients(
  services: Services,
  ctx: Ctx,
  people: DemoPeople,
  password: string,
): Promise<DemoClient[]> {
  const seed = new ClientSeed(services, ctx, people, password);
  if (!(await services.contacts.findByEmail(ctx, 'client@retail.demo'))) await seed.plant();
  return seed.harvest();
}

class ClientSeed {
  private people = 0;
  private codes: ReadonlySet<string> = new Set();

  constructor(
    private readonly services: Services,
    private readonly ctx: Ctx,
    private readonly staff: DemoPeople,
    private readonly password: string,
  ) {}

  async plant(): Promise<void> {
    this.codes = new Set((await this.services.fields.definitions(this.ctx, 'company')).map(({ code }) => code));
    const present = new Map((await this.services.categories.list(this.ctx)).map(({ code, id }) => [code, id]));
    const categories = {} as CategoryIds;
    for (const [code, name, color] of CATEGORIES) {
      categories[code] =
        present.get(code) ?? (await this.services.categories.create(this.ctx, { code, name, color })).id;
    }
    await this.plantRetail(categories);
    await this.plantFleet(categories);
    for (const [index, client] of CLIENTS.entries()) await this.plantClient(categories, index, client);
  }

  /** What is there, for the seeds of the modules above. */
  async harvest(): Promise<DemoClient[]> {
    const { companies, contacts, objects } = this.services;
    const { data } = await companies.list(this.ctx, { limit: 200 });
    const found: DemoClient[] = [];
    for (const { id, name, isClient } of data) {
      if (!isClient) continue;
      const people = await contacts.list(this.ctx, { companyId: id, limit: 200 });
      const places = await objects.list(this.ctx, { companyId: id, limit: 200 });
      found.push({
        id,
        name,
        contacts: people.data.map((contact) => ({
          id: contact.id,
          name: contact.name,
          email: contact.emails[0]?.email ?? '',
        })),
        objectIds: places.data.map((object) => object.id),
      });
    }
    return found;
  }

  /** Values of the demo's custom fields, where the installation has them. */
  private own(index: number): Record<string, string> {
    const values = { contract_number: `Д-${101 + index}/2025`, region: REGIONS[index % REGIONS.length]! };
    return Object.fromEntries(Object.entries(values).filter(([code]) => this.codes.has(code)));
  }

  /** A retail chain: 4 directorates, 40 shops, their rooms; a director for every shop. */
  private async plantRetail(categories: CategoryIds): Promise<void> {
    const { companies, objects } = this.services;
    const { id: companyId } = await companies.create(this.ctx, {
      name: 'Ромашка Ритейл',
      additionalName: 'ООО «Ромашка Ритейл»',
      inn: withCheckDigit('771234500'),
      customFields: this.own(0),
      site: 'https://retail.demo',
      email: 'office@retail.demo',
      phone: '8 (495) 120-10-10',
      address: 'Москва, Ленинский проспект, 32',
      timeZone: 'Europe/Moscow',
      latitude: 55.7108,
      longitude: 37.5857,
      externalIds: { '1c': '000000101' },
      emailDomains: ['retail.demo'],
      categoryIds: [categories.chain, categories.vip],
      responsibleTeamId: this.staff.teamIds.support,
      confirmDuplicate: true,
    });
    await this.person(
      companyId,
      {
        name: 'Романова Екатерина',
        email: 'client@retail.demo',
        position: 'Руководитель эксплуатации',
        password: true,
      },
      { seesCompany: true, closesCompany: true, isAdmin: true },
    );
    await this.person(
      companyId,
      { name: 'Ушакова Дарья', email: 'user@retail.demo', position: 'Специалист', password: true },
      {},
    );
    for (const [code, { name, timeZone, cities }] of Object.entries(DIRECTORATES)) {
      const directorate = await objects.create(this.ctx, {
        companyId,
        name,
        kind: 'directorate',
        timeZone,
        ...(code === 'ural' && { responsibleTeamId: this.staff.teamIds.field }),
      });
      await this.person(
        companyId,
        { email: `${code}@retail.demo`, position: 'Директор дирекции' },
        { seesCompany: true, objectIds: [directorate.id] },
      );
      for (const [index, city] of cities.entries()) {
        const shop = await objects.create(this.ctx, {
          companyId,
          parentId: directorate.id,
          name: `Магазин ${city}`,
          kind: 'shop',
          address: `${city}, улица Ленина, ${10 + index * 3}`,
        });
        for (const room of ['Торговый зал', 'Кассовая зона', 'Склад'])
          await objects.create(this.ctx, { companyId, parentId: shop.id, name: room, kind: 'room' });
        await this.person(
          companyId,
          { email: `shop-${code}-${index + 1}@retail.demo`, position: 'Директор магазина' },
          { seesCompany: true, objectIds: [shop.id] },
        );
      }
    }
  }

  /** A fleet: its vehicles are the objects. */
  private async plantFleet(categories: CategoryIds): Promise<void> {
    const { companies, objects } = this.services;
    const field = this.staff.employees.find(({ role }) => role === 'field_engineer');
    const { id: companyId } = await companies.create(this.ctx, {
      name: 'АвтоФлот',
      additionalName: 'АО «АвтоФлот»',
      inn: withCheckDigit('710312340'),
      site: 'https://fleet.demo',
      email: 'office@fleet.demo',
      phone: '8 (4872) 30-20-10',
      address: 'Тула, Одоевское шоссе, 75',
      timeZone: 'Europe/Moscow',
      externalIds: { '1c': '000000102' },
      categoryIds: [categories.fleet],
      responsibleEmployeeId: field?.id ?? null,
      responsibleTeamId: this.staff.teamIds.field,
      confirmDuplicate: true,
    });
    const depot = await objects.create(this.ctx, {
      companyId,
      name: 'Автоколонна № 1',
      kind: 'site',
      address: 'Тула, Одоевское шоссе, 75',
    });
    for (const [make, plate] of VEHICLES)
      await objects.create(this.ctx, {
        companyId,
        parentId: depot.id,
        name: `${make} ${plate}`,
        kind: 'vehicle',
        externalIds: { plate },
      });
    await this.person(
      companyId,
      { email: 'chief@fleet.demo', position: 'Начальник автоколонны' },
      { seesCompany: true, closesCompany: true, isAdmin: true },
    );
    for (let index = 1; index <= 5; index++)
      await this.person(
        companyId,
        { email: `mechanic-${index}@fleet.demo`, position: 'Механик' },
        { seesCompany: true },
      );
  }

  private async plantClient(
    categories: CategoryIds,
    index: number,
    [name, slug, city, kind]: (typeof CLIENTS)[number],
  ): Promise<void> {
    const { companies, objects } = this.services;
    const engineers = this.staff.employees.filter(({ team }) => team === 'support');
    const { id: companyId } = await companies.create(this.ctx, {
      name,
      inn: withCheckDigit(`77${String(4_000_100 + index * 137).padStart(7, '0')}`),
      customFields: this.own(index + 1),
      site: `https://${slug}.demo`,
      email: `office@${slug}.demo`,
      phone: `8 (495) 2${String(100_000 + index * 977)}`,
      address: `${city}, улица Мира, ${index + 3}`,
      timeZone: 'Europe/Moscow',
      isClient: kind !== 'supplier',
      isPartner: kind === 'vendor-partner',
      isSupplier: kind === 'supplier' || kind === 'vendor-partner',
      externalIds: { '1c': `0000002${String(index).padStart(2, '0')}` },
      emailDomains: [`${slug}.demo`],
      categoryIds: [
        kind === 'vendor' ? categories.vendor : categories.standard,
        ...(index % 9 === 0 ? [categories.vip] : []),
      ],
      responsibleEmployeeId: engineers[index % engineers.length]?.id ?? null,
      responsibleTeamId: this.staff.teamIds.support,
      confirmDuplicate: true,
    });
    const office = await objects.create(this.ctx, { companyId, name: 'Главный офис', kind: 'building' });
    if (index % 2 === 0)
      await objects.create(this.ctx, { companyId, parentId: office.id, name: 'Серверная', kind: 'room' });
    for (let person = 0; person < 3 + (index % 2); person++) {
      const rights =
        person === 0 ? { seesCompany: true, closesCompany: true, isAdmin: true } : { seesCompany: person === 1 };
      await this.person(
        companyId,
        {
          email: `${person === 0 ? 'director' : `user-${person}`}@${slug}.demo`,
          position: POSITIONS[(index + person) % POSITIONS.length],
        },
        rights,
      );
    }
  }

  private async person(
    companyId: string,
    {
      name,
      email,
      position,
      password = false,
    }: { name?: string; email: string; position?: string; password?: boolean },
    rights: Omit<NewMembership, 'companyId'>,
  ): Promise<void> {
    const turn = this.people++;
    const contact = await this.services.contacts.create(this.ctx, {
      name: name ?? `${LAST_NAMES[turn % LAST_NAMES.length]} ${FIRST_NAMES[(turn * 7) % FIRST_NAMES.length]}`,
      position: position ?? null,
      emails: [email],
      phones: [
        `8 (9${10 + (turn % 80)}) 5${String(100_000 + turn * 313).slice(0, 2)}-${String(100_000 + turn * 313).slice(2, 4)}-${String(100_000 + turn * 313).slice(4)}`,
      ],
      memberships: [{ companyId, ...rights }],
    });
    if (password)
      await this.services.credentials.setPassword(this.ctx, { kind: 'contact', id: contact.id }, email, this.password);
  }
}
