import { FORM_CASES, prepareFormCases } from '@opora/testing/tickets';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ChannelsModule } from './channels.module';
import { IntakeQueue } from './intake-queue.service';
import { Intake } from './intake.service';
import { aMail } from './testing';

let api: TestApi;
let dispatcher: TestEmployee;
beforeAll(async () => {
  api = await startApi(ChannelsModule);
  dispatcher = await anEmployee(api, { role: 'dispatcher' });
  await prepareFormCases(api, await anEmployee(api, { role: 'admin' }));
});
afterAll(() => api.close());

const mail = async (subject: string, body: string): Promise<string> => {
  const raw = aMail({ from: 'ivan@client.test', subject, body });
  const envelope = { envelopeFrom: 'ivan@client.test', envelopeTo: ['support@opora.localhost'] };
  const id = await api.get(Intake).accept(api.system, { channel: 'smtp', raw, ...envelope });
  await api.get(IntakeQueue).drain();
  await api.drain();
  const { state, ticketId } = await api.get(Intake).get(api.system, id);
  expect(state).toBe('ticket_created');
  return ticketId!;
};

/** A mail fills in no custom fields. */
const MAILS = FORM_CASES.filter(([, { customFields }]) => !customFields);

describe('T-04: mail is never refused, the verdict is told on the ticket', () => {
  it.each(MAILS)('%s', async (_, { subject, description = 'Здравствуйте' }, refused) => {
    const id = await mail(subject, description);
    const { body } = await api.as(dispatcher).get(`/tickets/${id}`).expect(200);
    const told = body.incomplete.map(({ field, code }: { field: string; code: string }) => [
      field.startsWith('cf.') ? `/customFields/${field.slice(3)}` : `/${field}`,
      code,
    ]);
    expect(told.sort()).toEqual([...refused].sort());
    const found = await api
      .as(dispatcher)
      .get('/tickets')
      .query({ q: `is:incomplete number:${body.number}` });
    expect(found.body.data).toHaveLength(refused.length ? 1 : 0);
    const blocked = body.transitions.flatMap(({ blockedBy }: { blockedBy: string[] }) => blockedBy);
    expect(blocked.length > 0).toBe(refused.length > 0);
  });
});
