import {
  ApprovalAsked,
  ApprovalDecided,
  type ApprovalFacts,
  ApprovalFinished,
  ApprovalOverdue,
  ApprovalReturned,
  ApprovalTaskGiven,
} from '@opora/modules/approvals';
import { anEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { Events } from '@opora/platform/events';
import { startApi, type TestApi } from '@opora/platform/testing';
import { NotificationsModule } from './notifications.module';

type Employee = Awaited<ReturnType<typeof anEmployee>>;
type Event = Parameters<Events['publish']>[1];

describe('what approvals tell employees', () => {
  let api: TestApi;
  let [initiator, approver, chief]: Employee[] = [];
  beforeAll(async () => {
    api = await startApi(NotificationsModule);
    [initiator, approver, chief] = [await anEmployee(api), await anEmployee(api), await anEmployee(api)];
  });
  afterAll(() => api.close());

  const person = ({ id }: Employee) => ({ kind: 'employee' as const, id });
  const facts = (number: number, to: Employee[], by: Employee | null): ApprovalFacts => ({
    ...{ approvalId: newId(), number, title: 'Ноутбук', ticketId: null },
    to: to.map(person),
    by: by && person(by),
  });
  const publish = async (...events: Event[]) => {
    await api.db.tx(api.system, (ctx) => api.get(Events).publish(ctx, ...events));
    await api.drain();
  };
  const linesOf = async (reader: Employee) =>
    (await api.as(reader).get('/notifications').expect(200)).body.data as {
      ticket: null;
      approval: object;
      text: string;
      reason: string;
      count: number;
    }[];
  const mailsTo = async ({ email }: Employee) =>
    (
      await api.db.query<{ subject: string }>(
        api.system,
        `SELECT subject FROM outgoing_mail WHERE $1 = ANY("to") AND kind = 'notification' ORDER BY id`,
        [email],
      )
    ).map(({ subject }) => subject);

  it('R-08: whoever is asked sees it in the app, without a second mail; the one who asked does not hear of himself', async () => {
    const asked = facts(7, [approver!, initiator!], initiator!);
    await publish(ApprovalAsked({ ...asked, stepIds: [newId(), newId()], dueAt: [null, null] }));
    expect(await linesOf(approver!)).toMatchObject([
      {
        ticket: null,
        approval: { number: 7, title: 'Ноутбук' },
        text: 'Вас просят согласовать: №7 Ноутбук',
        reason: 'вы согласующий',
      },
    ]);
    expect(await linesOf(initiator!)).toEqual([]);
    await api.advance({ seconds: 16 });
    expect(await mailsTo(approver!)).toEqual([]);
  });

  it('R-08: decisions, returns, overdue terms and tasks are told in words with their reason', async () => {
    const overdue = facts(8, [approver!, initiator!, chief!], null);
    const dueAt = api.system.now().toISOString();
    await publish(
      ApprovalOverdue({ ...overdue, stepId: newId(), person: person(approver!), dueAt, isEscalation: true }),
    );
    expect((await linesOf(approver!))[0]).toMatchObject({
      text: 'Согласование просрочено: №8 Ноутбук',
      reason: 'вы согласующий',
    });
    expect((await linesOf(chief!))[0]).toMatchObject({ reason: 'так решено правилами эскалации' });
    await api.advance({ seconds: 3 });
    const same = { ...facts(8, [initiator!], approver!), approvalId: overdue.approvalId };
    await publish(
      ApprovalDecided({ ...same, decision: 'approve', comment: '', stage: 0 }),
      ApprovalFinished({ ...same, state: 'approved', kindId: newId() }),
    );
    expect((await linesOf(initiator!))[0]).toMatchObject({
      count: 3,
      text: 'Согласование №8 Ноутбук завершено: согласовано',
    });
    await publish(ApprovalReturned({ ...facts(9, [initiator!], approver!), reason: 'Дорого' }));
    const task = facts(10, [chief!], approver!);
    await publish(ApprovalTaskGiven({ ...task, tasks: [{ employeeId: chief!.id, taskId: newId() }] }));
    expect((await linesOf(chief!))[0]).toMatchObject({ text: 'Вам поручено по согласованию №10 Ноутбук' });
    await api.advance({ seconds: 16 });
    expect(await mailsTo(chief!)).toEqual([
      'Согласование просрочено: №8 Ноутбук',
      'Вам поручено по согласованию №10 Ноутбук',
    ]);
  });
});
