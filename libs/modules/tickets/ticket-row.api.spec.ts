import { aCompany, aContact, anObject } from '@opora/testing/clients';
import { anEmployee, aTeam, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import type { TicketRowView } from './ticket-list.dto';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

type Row = TicketRowView & { mergedInto: unknown };
/** The compiler sees to it that none is forgotten here; the spec, that the text of a row has just these. */
const KEYS: Record<keyof Row, true> = {
  id: true,
  number: true,
  version: true,
  subject: true,
  type: true,
  status: true,
  priority: true,
  company: true,
  contact: true,
  object: true,
  assignee: true,
  team: true,
  source: true,
  createdAt: true,
  updatedAt: true,
  deadlineAt: true,
  scheduledFor: true,
  putAsideUntil: true,
  awaiting: true,
  hasUnread: true,
  commentCount: true,
  fileCount: true,
  isDeleted: true,
  customFields: true,
  customTexts: true,
  color: true,
  mergedInto: true,
};
const SHARED = ['id', 'number', 'version', 'subject', 'source', 'createdAt', 'updatedAt', 'deadlineAt', 'awaiting'];
const REFS = ['type', 'status', 'priority', 'company', 'contact', 'object', 'assignee', 'team'] as const;

let api: TestApi;
let admin: TestEmployee;

beforeAll(async () => {
  api = await startApi(TicketsModule);
  admin = await anEmployee(api, { role: 'admin', name: 'Админ «"О\\\'Нил"»' });
});
afterAll(() => api.close());

const rowOf = async (number: number): Promise<Row> =>
  (
    await api
      .as(admin)
      .get('/tickets')
      .query({ q: `number:${number}` })
      .expect(200)
  ).body.data[0];

describe('T-19: the text of a row', () => {
  it.each<[string, object]>([
    ['with little', {}],
    ['with everything', { deadlineAt: '2030-01-02T03:04:05.670Z', scheduledFor: '2030-01-02T03:04:05Z' }],
  ])('has the properties of the description and says what the card says: %s', async (_, facts) => {
    const company = await aCompany(api, { name: 'ООО "Ромашка\\n"\t<b>&' });
    const links = Object.keys(facts).length
      ? {
          companyId: company.id,
          contactId: (await aContact(api, { companyId: company.id, name: 'Пётр \u2028 Клиентов' })).id,
          objectId: (await anObject(api, { companyId: company.id, name: 'Магазин 😀' })).id,
          assigneeId: admin.id,
          teamId: (await aTeam(api, { name: 'Линия "2"', line: 2 })).id,
        }
      : {};
    const { number } = await aTicket(api, { subject: 'Кавычки " \\ \u0007 и 😀', ...facts, ...links });
    const row = await rowOf(number);
    const card = (await api.as(admin).get(`/tickets/${number}`).expect(200)).body;
    expect(Object.keys(row).sort()).toEqual(Object.keys(KEYS).sort());
    for (const key of SHARED) expect([key, row[key as keyof Row]]).toEqual([key, card[key]]);
    for (const key of REFS) {
      if (row[key] === null) expect([key, card[key]]).toEqual([key, null]);
      else expect(card[key]).toMatchObject(row[key]);
    }
    expect(row.company === null).toBe(!('companyId' in links));
  });

  it('names what was made, renamed or recoloured a moment ago', async () => {
    const first = await aTicket(api, { teamId: (await aTeam(api, { name: 'Первая', line: 1 })).id });
    expect((await rowOf(first.number)).team!.name).toBe('Первая');
    const second = await aTicket(api, { teamId: (await aTeam(api, { name: 'Только что', line: 1 })).id });
    expect((await rowOf(second.number)).team!.name).toBe('Только что');
    const { id } = (await rowOf(first.number)).priority;
    const found = (await api.as(admin).get('/priorities').expect(200)).body.data as { id: string; version?: number }[];
    const priority = found.find((one) => one.id === id)!;
    await api
      .as(admin)
      .patch(`/priorities/${id}`)
      .set('if-match', `"${priority.version ?? 1}"`)
      .send({ name: { ru: 'Обычнейший', en: 'Most normal' }, color: 'grape' })
      .expect(200);
    expect((await rowOf(first.number)).priority).toMatchObject({ name: 'Обычнейший', color: 'grape' });
  });
});
