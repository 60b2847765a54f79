import { startApi, type TestApi } from '@opora/platform/testing';
import { aCompany, aContact, anObject } from '@opora/testing/clients';
import { anEmployee, aTeam } from '@opora/testing/people';
import { aComment, aTicket } from '@opora/testing/tickets';
import { DomainModule } from './app.module';
import { type Door, doorsOf } from './doors.testing';

type Person = Parameters<TestApi['as']>[0];

jest.setTimeout(300_000);

/** Rows of the strangers, each table as one sum: whoever has changed anything has changed it. */
const GUARDED = [
  'ticket',
  'comment',
  'attachment',
  'draft',
  'ticket_observer',
  'ticket_grant',
  'ticket_read',
  'ticket_change',
  'ticket_co_executor',
  'company',
  'contact',
  'contact_email',
  'contact_phone',
  'membership',
  'service_object',
  'checklist',
  'checklist_item',
  'checklist_mark',
  'time_entry',
  'time_timer',
  'rating',
  'sla_excuse',
  'sla_fact',
];
/** Bodies that would be obeyed, by the end of the path: a refusal must not be owed to a missing field. */
const HTML = '<p>Чужое</p>';
const LATER = '2030-01-01T09:00:00.000Z';
const BODIES: [RegExp, object][] = [
  [/comments$/, { html: HTML, text: 'Чужое', audience: ['internal'] }],
  [/portal\/.*comments$/, { text: 'Чужое' }],
  [/assign$/, { teamId: null }],
  [/delete$/, { reason: 'Чужое' }],
  [/put-aside$/, { until: LATER, reason: 'Чужое' }],
  [/draft$/, { html: HTML, audience: ['internal'] }],
  [/time-entries$/, { spent: '1:00', comment: 'Чужое' }],
  [/time-entries\/:id$/, { comment: 'Чужое' }],
  [/deadline$/, { dueAt: LATER, reason: 'Чужое' }],
  [/tickets\/:id$/, { subject: 'Чужое' }],
  [/checklists$/, { name: 'Чужое', items: [] }],
  [/checklists\/:id$/, { name: 'Чужое' }],
  [/presence$/, { state: 'viewing' }],
  [/rating$/, { score: 'bad' }],
  [/people\/:id$/, { isAdmin: true }],
  [/companies\/:id$/, { name: 'Чужое' }],
  [/contacts\/:id$/, { name: 'Чужое' }],
  [/service-objects\/:id$/, { name: 'Чужое' }],
];
const bodyOf = ({ path, isPortal }: Door): object =>
  BODIES.filter(([ending]) => ending.test(path)).at(isPortal ? -1 : 0)?.[1] ?? {};

describe('S-02: what is not theirs', () => {
  let api: TestApi;
  let doors: Door[];
  /** Ids of a ticket of strangers and of everything on it. */
  let ofTicket: string[];
  /** Ids of the strangers themselves. */
  let ofClient: string[];
  let ownCompany: { id: string };
  let ownTeam: { id: string };
  let before: unknown;

  const sums = async (): Promise<unknown> => {
    const tables = await api.db.query<{ name: string }>(
      api.system,
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = ANY($1)`,
      [GUARDED],
    );
    const parts = tables.map(
      ({ name }) => `SELECT '${name}' AS name, md5(string_agg(x::text, '' ORDER BY x::text)) AS sum FROM "${name}" x`,
    );
    return api.db.query(api.system, `${parts.join(' UNION ALL ')} ORDER BY 1`);
  };

  beforeAll(async () => {
    api = await startApi(DomainModule);
    doors = doorsOf(api).filter(({ path }) => path.includes(':'));
    ownCompany = await aCompany(api);
    ownTeam = await aTeam(api);
    const company = await aCompany(api);
    const contact = await aContact(api, { companyId: company.id, rights: { isAdmin: true } });
    const object = await anObject(api, { companyId: company.id });
    const team = await aTeam(api);
    const owner = await anEmployee(api, { role: 'admin', teamIds: [team.id] });
    const admin = api.as(owner);
    const ticket = await aTicket(api, {
      companyId: company.id,
      contactId: contact.id,
      objectId: object.id,
      teamId: team.id,
    });
    const comment = await aComment(api, ticket.id, { text: 'Видно клиенту', audience: ['internal', 'client'] });
    const entry = await admin.post(`/tickets/${ticket.id}/time-entries`).send({ spent: '0:30' }).expect(201);
    const checklist = await admin
      .post(`/tickets/${ticket.id}/checklists`)
      .send({ name: 'Осмотр', items: [{ title: 'Питание', isClientVisible: true }] })
      .expect(201);
    await api.drain();
    const items = (checklist.body as { items: { id: string }[] }).items.map(({ id }) => id);
    ofTicket = [
      ticket.id,
      String(ticket.number),
      comment.id,
      (entry.body as { id: string }).id,
      (checklist.body as { id: string }).id,
      ...items,
    ];
    ofClient = [company.id, contact.id, object.id];
    before = await sums();
  });
  afterAll(() => api.close());

  /** Everything of the strangers at every door, with a body that would be obeyed; answers what was not refused. */
  async function tryAll(who: Person, isPortal: boolean, ids: readonly string[]): Promise<string[]> {
    const wrong: string[] = [];
    for (const door of doors.filter((door) => door.isPortal === isPortal)) {
      const isTicketDoor = /^(portal\/)?tickets\/:id/.test(door.path);
      for (const id of ids.filter((id) => isTicketDoor === ofTicket.slice(0, 2).includes(id))) {
        let request = api.as(who)[door.verb](`/${door.path.replace(/:[\w]+/g, id)}`);
        if (door.verb === 'patch' || door.verb === 'put') request = request.set('If-Match', '"1"');
        const { status } = await (door.verb === 'get' ? request : request.send(bodyOf(door)));
        if (status < 400 || status >= 500) wrong.push(`${status} ${door.verb} ${door.path}`);
        // A ticket's own door: 404 as for a ticket that does not exist, unless the right for the deed is missing or the question is bad.
        if (isTicketDoor && ![404, 403, 400, 422].includes(status))
          wrong.push(`${status} instead of 404: ${door.verb} ${door.path}`);
      }
    }
    return [...new Set(wrong)];
  }

  it.each(['engineer', 'line_lead', 'field_engineer', 'developer'] as const)(
    'S-02: %s of another team opens and changes nothing of a foreign ticket',
    async (role) => {
      const person = await anEmployee(api, { role, teamIds: [ownTeam.id] });
      expect(await tryAll(person, false, ofTicket)).toEqual([]);
      expect(await sums()).toEqual(before);
    },
  );

  it.each([[{}], [{ isAdmin: true, seesCompany: true, closesCompany: true }]])(
    'S-02: a client of another company with the rights %j opens and changes nothing',
    async (rights) => {
      const person = await aContact(api, { companyId: ownCompany.id, rights });
      before = await sums();
      expect(await tryAll(person, true, [...ofTicket, ...ofClient])).toEqual([]);
      expect(await tryAll(person, false, [ofTicket[0]!, ...ofClient])).toEqual([]);
      expect(await sums()).toEqual(before);
    },
  );
});
