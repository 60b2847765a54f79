import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ChannelsModule } from './channels.module';
import { IntakeQueue } from './intake-queue.service';
import { Intake, type IntakeRow } from './intake.service';
import { aMail } from './testing';

type Mail = { id: string; messageId: string; replyTo: string; subject: string; to: string[]; cc: string[] };

let api: TestApi;
let agent: TestEmployee;
beforeAll(async () => {
  api = await startApi(ChannelsModule);
  agent = await anEmployee(api, { role: 'admin' });
});
afterAll(() => api.close());

const take = async (raw: Buffer, from: string, to = ['support@opora.localhost']): Promise<IntakeRow> => {
  const id = await api.get(Intake).accept(api.system, { channel: 'smtp', raw, envelopeFrom: from, envelopeTo: to });
  await api.get(IntakeQueue).drain();
  await api.drain();
  return api.get(Intake).get(api.system, id);
};
const merge = async (into: string, ticketId: string): Promise<string> =>
  (
    await api
      .as(agent)
      .post(`/tickets/${into}/merge`)
      .send({ ticketIds: [ticketId] })
      .expect(200)
  ).body.id;
const undo = (id: string) => api.as(agent).post(`/ticket-merges/${id}/undo`).send({}).expect(200);
const sentTo = (email: string) =>
  api.db.query<Mail>(api.system, `SELECT * FROM outgoing_mail WHERE $1 = ANY("to" || cc) ORDER BY id`, [email]);

/** A ticket a colleague opened by mail; what he was answered, and every way an answer of his may point to it. */
async function aThread(companyId: string) {
  const contact = await aContact(api, { companyId });
  const first = await take(
    aMail({ from: contact.email, 'message-id': `<first-${contact.id}@client.test>` }),
    contact.email,
  );
  const [told] = await sentTo(contact.email);
  const number = first.ticketNumber!;
  /** Where an answer lands: by number, by our Message-ID, by his own, by the signed address. */
  const lands = async (): Promise<(string | null)[]> => {
    const answers = [
      await take(aMail({ from: contact.email, subject: `Re: [#${number}] Касса` }), contact.email),
      await take(aMail({ from: contact.email, 'in-reply-to': `<${told!.messageId}>` }), contact.email),
      await take(aMail({ from: contact.email, references: `<first-${contact.id}@client.test>` }), contact.email),
      await take(aMail({ from: contact.email, to: told!.replyTo }), contact.email, [told!.replyTo]),
    ];
    expect(answers.map(({ state }) => state)).toEqual(answers.map(() => 'comment_added'));
    return answers.map(({ ticketId }) => ticketId);
  };
  return { contact, id: first.ticketId!, number, firstId: first.id, lands };
}

it('T-18: a mail to an old number reaches the survivor, through a chain of merges, and comes back with the un-merging', async () => {
  const company = await aCompany(api);
  const [old, middle, last] = [await aThread(company.id), await aThread(company.id), await aThread(company.id)];
  expect(await old.lands()).toEqual(Array(4).fill(old.id));
  const first = await merge(middle.id, old.id);
  expect(await old.lands()).toEqual(Array(4).fill(middle.id));
  const second = await merge(last.id, middle.id);
  expect(await old.lands()).toEqual(Array(4).fill(last.id));
  expect(await middle.lands()).toEqual(Array(4).fill(last.id));

  // The ticket shows the mails of all three, and its answer goes to all who asked.
  const { body: mails } = await api.as(agent).get(`/tickets/${last.number}/mails?limit=200`).expect(200);
  expect(mails.data.map(({ id }: Mail) => id)).toEqual(
    expect.arrayContaining([old.firstId, middle.firstId, last.firstId]),
  );
  await api.as(agent).get(`/tickets/${last.id}/mails/${old.firstId}/raw`).expect(200);
  const before = (await sentTo(old.contact.email)).length;
  await api
    .as(agent)
    .post(`/tickets/${last.id}/comments`)
    .send({ html: '<p>Починили</p>', audience: ['client'] })
    .expect(201);
  await api.advance({ seconds: 12 });
  const answers = (await sentTo(old.contact.email)).slice(before);
  expect(answers).toHaveLength(1);
  expect([...answers[0]!.to, ...answers[0]!.cc].sort()).toEqual(
    [old.contact.email, middle.contact.email, last.contact.email].sort(),
  );
  expect(answers[0]!.subject).toContain(`[#${last.number}]`);

  await undo(second);
  expect(await old.lands()).toEqual(Array(4).fill(middle.id));
  await undo(first);
  expect(await old.lands()).toEqual(Array(4).fill(old.id));
  expect(await middle.lands()).toEqual(Array(4).fill(middle.id));
  await api.as(agent).get(`/tickets/${last.id}/mails/${old.firstId}/raw`).expect(404);
});

it('T-18: an answer on its way out while the ticket is merged still leaves, once', async () => {
  const company = await aCompany(api);
  const [lost, survivor] = [await aThread(company.id), await aThread(company.id)];
  const before = (await sentTo(lost.contact.email)).length;
  await api
    .as(agent)
    .post(`/tickets/${lost.id}/comments`)
    .send({ html: '<p>Выезжаем</p>', audience: ['client'] })
    .expect(201);
  await merge(survivor.id, lost.id);
  await api.advance({ seconds: 12 });
  expect((await sentTo(lost.contact.email)).length).toBe(before + 1);
});
