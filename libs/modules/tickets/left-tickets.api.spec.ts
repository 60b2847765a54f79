import { anEmployee, aTeam } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { aTicket } from './testing';
import { TicketsModule } from './tickets.module';

let api: TestApi;
let admin: Awaited<ReturnType<typeof anEmployee>>;
beforeAll(async () => {
  api = await startApi(TicketsModule);
  admin = await anEmployee(api, { role: 'admin' });
});
afterAll(() => api.close());

const get = async (id: string) => (await api.as(admin).get(`/tickets/${id}`).expect(200)).body;

it.each([
  ['archived', (id: string) => api.as(admin).post(`/employees/${id}/archive`)],
  ['switched off', (id: string) => api.as(admin).patch(`/employees/${id}`).send({ isActive: false })],
])('S-02: open tickets of an employee who was %s wait in the queue of a team', async (_, leave) => {
  const own = await aTeam(api);
  const other = await aTeam(api);
  const engineer = await anEmployee(api, { teamIds: [own.id] });
  const [withTeam, without, done] = [
    await aTicket(api, { assigneeId: engineer.id, teamId: own.id }),
    await aTicket(api, { assigneeId: engineer.id }),
    await aTicket(api, { assigneeId: engineer.id, status: 'done' }),
  ];
  const many = [];
  for (let count = 0; count < 60; count++) many.push(await aTicket(api, { assigneeId: engineer.id, teamId: own.id }));
  const foreign = await aTicket(api, { assigneeId: admin.id, teamId: other.id });
  await leave(engineer.id).expect(200);
  await api.drain();
  expect(await get(withTeam.id)).toMatchObject({ assignee: null, team: { id: own.id } });
  expect(await get(without.id)).toMatchObject({ assignee: null, team: { id: own.id } });
  expect((await get(done.id)).assignee.id).toBe(engineer.id);
  expect((await get(foreign.id)).assignee.id).toBe(admin.id);
  const rest = (await api.as(admin).get(`/tickets/count?q=${encodeURIComponent(`assignee:${engineer.id} is:open`)}`))
    .body;
  expect(rest).toEqual({ count: 0 });
  const [line] = (await api.as(admin).get(`/tickets/${many[0]!.id}/history`)).body.data;
  expect(line).toMatchObject({ field: 'assigneeId', after: null, cause: { reason: engineer.name } });
});
