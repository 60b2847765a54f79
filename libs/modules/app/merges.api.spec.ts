import { aTimeEntry } from '@opora/testing/billing';
import { aChecklist } from '@opora/testing/checklists';
import { aCompany, aContact } from '@opora/testing/clients';
import { aTeam, anEmployee } from '@opora/testing/people';
import { aMetric, aPolicy } from '@opora/testing/sla';
import { aComment, aTicket } from '@opora/testing/tickets';
import { startApi, type TestApi } from '@opora/platform/testing';
import { BillingModule } from '@opora/modules/billing';
import { ChannelsModule } from '@opora/modules/channels';
import { ChecklistsModule } from '@opora/modules/checklists';
import { FeedbackModule } from '@opora/modules/feedback';
import { NotificationsModule } from '@opora/modules/notifications';
import { SlaModule } from '@opora/modules/sla';
import { Module } from '@nestjs/common';

/** Everything that keeps rows of tickets. */
@Module({
  imports: [BillingModule, ChannelsModule, ChecklistsModule, FeedbackModule, NotificationsModule, SlaModule],
})
class TicketKeepers {}

jest.setTimeout(120_000);

let api: TestApi;
let person: Awaited<ReturnType<typeof anEmployee>>;
let colleague: typeof person;
beforeAll(async () => {
  api = await startApi(TicketKeepers);
  const team = await aTeam(api);
  person = await anEmployee(api, { role: 'admin', teamIds: [team.id] });
  colleague = await anEmployee(api, { role: 'engineer', teamIds: [team.id] });
});
afterAll(() => api.close());

const as = () => api.as(person);
type Dump = Record<string, Record<string, unknown>[]>;

/** What may differ once it has been there and back: the count of changes, and when they were. */
const OWN = '{version,updatedAt,computedAt}';

/** Sums of nothing, and mails to the staff, come about by themselves. */
const IS_COUNTED: Record<string, string> = {
  ticket_time: '"treeSeconds" > 0',
  outgoing_mail: `kind <> 'notification'`,
};

/** Every row that hangs on the tickets, as it lies in the database. */
async function dump(ids: string[]): Promise<Dump> {
  const tables = (await api.db.query(
    api.system,
    `SELECT c.table_name AS name, c.column_name AS key FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND (c.column_name = 'ticketId' OR (c.table_name = 'ticket' AND c.column_name = 'id')
       OR (c.table_name = 'ticket_link' AND c.column_name = 'fromId') OR (c.table_name = 'outgoing_mail' AND c.column_name = 'subjectId'))
       AND c.table_name NOT IN ('ticket_change', 'notification') AND c.table_name !~ 'outbox|firing' ORDER BY 1`,
  )) as { name: string; key: string }[];
  const rows: Dump = {};
  for (const { name, key } of tables)
    rows[name] = (
      await api.db.query<{ row: Record<string, unknown> }>(
        api.system,
        `SELECT to_jsonb(r) - '${OWN}'::text[] AS row FROM "${name}" r WHERE "${key}" = ANY($1::uuid[]) AND ${IS_COUNTED[name] ?? 'true'} ORDER BY (to_jsonb(r) - '${OWN}'::text[])::text`,
        [ids],
      )
    ).map(({ row }) => row);
  return rows;
}

const conversationOf = async (id: string): Promise<string[]> => {
  const ids: string[] = [];
  for (let cursor = ''; ;) {
    const { body } = await as()
      .get(`/tickets/${id}/comments?limit=200${cursor && `&cursor=${cursor}`}`)
      .expect(200);
    ids.push(...body.data.map((row: { id: string }) => row.id));
    if (!body.page.next) return ids;
    cursor = encodeURIComponent(body.page.next);
  }
};
const found = async (q: string): Promise<number[]> =>
  (
    await as()
      .get(`/search?q=${encodeURIComponent(q)}&limit=50`)
      .expect(200)
  ).body.tickets.data.map(({ number }: { number: number }) => number);

/** Eleven tickets of a company, and around them everything a ticket can have; thirty comments to each that is merged. */
async function scene(perTicket: number) {
  const company = await aCompany(api);
  const people = [await aContact(api, { companyId: company.id }), await aContact(api, { companyId: company.id })];
  await aPolicy(api, {
    when: { field: 'companyId', op: 'is', value: company.id },
    metrics: [aMetric('reaction', 60), aMetric('resolution', 480)],
  });
  const survivor = await aTicket(api, { companyId: company.id, contactId: people[0]!.id, subject: 'Общий сбой связи' });
  await aComment(api, survivor.id, { by: people[0]!, audience: ['client'], text: 'Касса молчит' });
  await aComment(api, survivor.id, { by: person, audience: ['internal'], text: 'Смотрю' });
  const merged: { id: string; number: number }[] = [];
  for (let n = 0; n < 10; n++) {
    const contact = people[n % 2]!;
    const ticket = await aTicket(api, {
      by: n % 3 ? undefined : person,
      companyId: company.id,
      contactId: contact.id,
      subject: `Обрыв магистрали ${['альфа', 'бета', 'гамма'][n % 3]} участок${n}`,
      description: `<p>Не работает касса кодовоеслово${n}</p>`,
      assigneeId: n % 2 ? colleague.id : person.id,
      coExecutorIds: n === 3 ? [colleague.id] : [],
      observers: n === 4 ? [{ kind: 'employee', id: colleague.id }] : [],
      status: n === 5 ? 'done' : undefined,
    });
    merged.push(ticket);
    await api.advance({ minutes: 1 });
    for (let i = 0; i < perTicket; i++)
      await aComment(api, ticket.id, {
        by: i % 3 === 0 && n !== 5 ? contact : person,
        audience: i % 3 === 1 ? ['internal'] : ['client'],
        text: `Сообщение ${n}-${i} словечко${n}x${i}`,
      });
  }
  const [first, second, third] = [merged[0]!, merged[1]!, merged[2]!];
  await aTimeEntry(api, person, first.id);
  await aTimeEntry(api, colleague, second.id, { spent: '45м' });
  await as().put('/me/timer').send({ ticketId: third.id });
  await aChecklist(api, survivor.id);
  await aChecklist(api, first.id);
  await aChecklist(api, second.id, { name: 'Другая', items: [{ title: 'Кабель' }, { title: 'Порт' }] });
  await aTicket(api, { parentId: second.id });
  await as()
    .put(`/tickets/${first.id}/draft`)
    .send({ html: '<p>Начатый ответ</p>', audience: ['client'] })
    .expect(204);
  await as()
    .put(`/tickets/${survivor.id}/draft`)
    .send({ html: '<p>Свой</p>', audience: ['client'] })
    .expect(204);
  await as().post(`/tickets/${first.id}/links`).send({ ticketId: third.id, kind: 'relates' }).expect(201);
  const other = await aTicket(api, { companyId: company.id });
  await as().post(`/tickets/${other.id}/links`).send({ ticketId: second.id, kind: 'blocks' }).expect(201);
  const until = new Date(api.system.now().getTime() + 3 * 86_400_000).toISOString();
  await as().post(`/tickets/${merged[7]!.id}/put-aside`).send({ until }).expect(200);
  await as().post(`/tickets/${survivor.id}/read`).send({}).expect(204);
  await api.advance({ minutes: 2 });
  return { survivor, merged, people, other, ids: [survivor.id, ...merged.map(({ id }) => id)] };
}

describe('ten tickets become one', () => {
  it('T-18: 300 comments move with their times, and un-merging puts every row back where it was', async () => {
    const { survivor, merged, people, ids } = await scene(30);
    const before = await dump(ids);
    const talk = await Promise.all(ids.map(conversationOf));
    const all = await api.db.query<{ id: string }>(
      api.system,
      `SELECT id FROM comment WHERE "ticketId" = ANY($1::uuid[]) ORDER BY "createdAt", id`,
      [ids],
    );
    const history = await api.db.query<{ count: number }>(
      api.system,
      'SELECT count(*)::int AS count FROM ticket_change',
    );

    const begun = Date.now();
    const { body } = await as()
      .post(`/tickets/${survivor.id}/merge`)
      .send({ ticketIds: merged.map(({ id }) => id), comment: 'Одна авария' })
      .expect(200);
    expect(Date.now() - begun).toBeLessThan(8000);
    await api.drain();

    // One conversation, in the order it was written; the old tickets are empty and off the lists.
    expect(body.ticket.commentCount).toBe(302);
    expect(await conversationOf(survivor.id)).toEqual(all.map(({ id }) => id));
    for (const { id } of merged) expect(await conversationOf(id)).toEqual([]);
    const list = await as()
      .get(`/tickets?q=${encodeURIComponent('обрыв магистрали')}&limit=50`)
      .expect(200);
    expect(list.body.data.map(({ number }: { number: number }) => number)).toEqual([survivor.number]);
    // Either number is found, words of the merged ones find the survivor.
    for (const { number } of merged) {
      const card = await as().get(`/tickets/${number}`).expect(200);
      expect(card.body).toMatchObject({ number, mergedInto: { id: survivor.id, number: survivor.number } });
      expect((await found(String(number)))[0]).toBe(number);
    }
    expect(await found('словечко3x7')).toEqual([survivor.number]);
    expect(await found('кодовоеслово8')).toEqual([survivor.number]);
    // Those who asked go on hearing, whoever worked on them sees the survivor, and what was worked is there.
    const { body: card } = await as().get(`/tickets/${survivor.id}`).expect(200);
    expect(card.observers).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'contact', id: people[1]!.id })]),
    );
    expect(card.coExecutors.map(({ id }: { id: string }) => id)).toEqual([colleague.id]);
    expect(card.time.spentSeconds).toBe(75 * 60);
    expect((await as().get(`/tickets/${survivor.id}/checklists`).expect(200)).body.data).toHaveLength(3);
    expect((await as().get(`/tickets/${survivor.id}/draft`).expect(200)).body.html).toBe(
      '<p>Свой</p><p>Начатый ответ</p>',
    );
    expect((await as().get('/me/timer').expect(200)).body.timer.ticket.id).toBe(survivor.id);
    expect(card.children).toHaveLength(1);

    // What comes after the merge stays with the survivor.
    const later = await aComment(api, merged[2]!.id, { by: colleague, text: 'Уже после объединения' });
    await as().post(`/ticket-merges/${body.id}/undo`).expect(200);
    await api.drain();
    const after = await dump(ids);
    const [kept] = await api.db.query<{ ticketId: string }>(
      api.system,
      'SELECT "ticketId" FROM comment WHERE id = $1',
      [later.id],
    );
    expect(kept!.ticketId).toBe(survivor.id);
    expect(withoutLater(after, later.id, survivor.id)).toEqual(withoutLater(before, later.id, survivor.id));
    expect(await Promise.all(ids.slice(1).map(conversationOf))).toEqual(talk.slice(1));
    expect(await found('словечко3x7')).toEqual([merged[3]!.number]);
    expect(await found('кодовоеслово8')).toEqual([merged[8]!.number]);
    // The history only grew, on both sides and by name.
    const [now] = await api.db.query<{ count: number }>(api.system, 'SELECT count(*)::int AS count FROM ticket_change');
    expect(now!.count).toBeGreaterThan(history[0]!.count);
    const told = (await as().get(`/tickets/${merged[0]!.id}/history`).expect(200)).body.data;
    expect(told[0]).toMatchObject({ field: 'mergedIntoId', beforeLabel: `${survivor.number} Общий сбой связи` });
    expect(told.find((line: { afterLabel: string | null }) => line.afterLabel)).toMatchObject({
      cause: { reason: 'Одна авария' },
    });
  });

  it('T-18: apart one by one, in any order, and the put aside returns in its time', async () => {
    const { survivor, merged, ids } = await scene(3);
    const before = await dump(ids);
    const ticketIds = merged.map(({ id }) => id);
    const one = await as()
      .post(`/tickets/${survivor.id}/merge`)
      .send({ ticketIds: ticketIds.slice(0, 4) })
      .expect(200);
    await api.advance({ minutes: 3 });
    const two = await as()
      .post(`/tickets/${survivor.id}/merge`)
      .send({ ticketIds: ticketIds.slice(4) })
      .expect(200);
    await api.drain();
    const merges: { id: string }[] = [...one.body.merges, ...two.body.merges];
    for (const { id } of merges.filter((_, index) => index % 2))
      await as().post(`/ticket-merges/${id}/undo`).expect(200);
    for (const { id } of merges.filter((_, index) => !(index % 2)))
      await as().post(`/ticket-merges/${id}/undo`).expect(200);
    await as().post(`/ticket-merges/${merges[0]!.id}/undo`).expect(409);
    await api.drain();
    expect(await dump(ids)).toEqual(before);
    await api.advance({ days: 4 });
    expect((await as().get(`/tickets/${merged[7]!.id}`).expect(200)).body.putAsideUntil).toBeNull();
  });
});

/** The dump without what was said after the merge, and what follows from it. */
function withoutLater(rows: Dump, commentId: string, survivorId: string): Dump {
  const isLater = (row: Record<string, unknown>): boolean => row.id === commentId || row.commentId === commentId;
  const plain = (name: string, row: Record<string, unknown>): Record<string, unknown> =>
    name === 'ticket' && row.id === survivorId ? { ...row, commentCount: 0, lastCommentAt: 0, lastCommentId: 0 } : row;
  return Object.fromEntries(
    Object.entries(rows).map(([name, all]) => [
      name,
      all
        .filter((row) => !isLater(row) && !(name === 'ticket_read' && row.ticketId === survivorId))
        .map((row) => plain(name, row)),
    ]),
  );
}
