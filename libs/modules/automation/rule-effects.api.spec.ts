import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aCompany, aContact } from '@opora/testing/clients';
import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { aTicket } from '@opora/testing/tickets';
import { startApi, type TestApi } from '@opora/platform/testing';
import { AutomationModule } from './automation.module';
import { aRule, settleRules } from './testing';

type Firing = { outcome: string };

describe('R-06: rules of time, requests to outside systems', () => {
  let api: TestApi;
  let admin: TestEmployee;
  let engineer: TestEmployee;
  let priority: Record<string, string>;
  beforeAll(async () => {
    api = await startApi(AutomationModule, { OPORA_WEBHOOK_ALLOW: '127.0.0.1' });
    admin = await anEmployee(api, { role: 'admin' });
    engineer = await anEmployee(api, { role: 'dispatcher' });
    const rows = await api.db.query<{ code: string; id: string }>(api.system, 'SELECT code, id FROM priority');
    priority = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
  });
  afterAll(() => api.close());
  afterEach(async () => {
    const { body } = await api.as(admin).get('/rules').expect(200);
    for (const { id } of body.data as { id: string }[]) await api.as(admin).delete(`/rules/${id}`).expect(204);
  });

  const settle = () => settleRules(api);
  const setPriority = (code: string) => [{ action: 'set_priority', params: { priorityId: priority[code] } }];
  const say = (text: string) => [{ action: 'comment', params: { html: `<p>${text}</p>`, audience: 'internal' } }];
  const card = async (id: string) => (await api.as(admin).get(`/tickets/${id}`).expect(200)).body;
  const firings = async (ticketId: string): Promise<Firing[]> =>
    (await api.as(admin).get(`/tickets/${ticketId}/rule-firings`).expect(200)).body.data;
  const outcomes = async (ticketId: string) => (await firings(ticketId)).map(({ outcome }) => outcome);
  const patch = async (id: string, fields: object) => {
    const { version } = await card(id);
    await api.as(admin).patch(`/tickets/${id}`).set('if-match', `"${version}"`).send(fields).expect(200);
    await settle();
  };
  describe('webhook', () => {
    let server: Server;
    let url: string;
    let answers: number[];
    let seen: { headers: IncomingMessage['headers']; body: string }[];
    beforeAll(async () => {
      server = createServer((request, response) => {
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
          seen.push({ headers: request.headers, body });
          response.writeHead(answers.shift() ?? 200, { location: 'http://127.0.0.1/elsewhere' }).end('принято');
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    });
    beforeEach(() => {
      answers = [];
      seen = [];
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));
    const deliveries = async (ruleId: string) =>
      (await api.as(admin).get(`/rules/${ruleId}/deliveries`).expect(200)).body.data;

    it('R-06: is posted as signed JSON, repeated until it is taken, and written down; the secret is never shown', async () => {
      const rule = await aRule(api, admin, {
        name: 'Сообщить',
        actions: [{ action: 'webhook', params: { url, secret: 'тайна' } }],
      });
      expect(JSON.stringify(rule)).not.toContain('тайна');
      answers = [503, 200];
      const ticket = await aTicket(api);
      await settle();
      expect(await deliveries(rule.id)).toMatchObject([{ state: 'waiting', attempts: 1, responseStatus: 503 }]);
      await api.advance({ seconds: 6 });
      expect(await deliveries(rule.id)).toMatchObject([
        { state: 'delivered', attempts: 2, responseStatus: 200, responseBody: 'принято' },
      ]);
      expect(seen).toHaveLength(2);
      const { headers, body } = seen[1]!;
      const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-opora-signature']))!;
      expect(createHmac('sha256', 'тайна').update(`${time}.${body}`).digest('hex')).toBe(signature);
      expect(JSON.parse(body)).toMatchObject({
        rule: { id: rule.id },
        ticket: { id: ticket.id, number: ticket.number },
      });
      // The mask keeps the secret; another address asks for it again.
      const update = (address: string) =>
        api
          .as(admin)
          .patch(`/rules/${rule.id}`)
          .set('if-match', '"1"')
          .send({ actions: [{ action: 'webhook', params: { url: address, secret: '••••••••' } }] });
      const { body: problem } = await update(`${url}2`).expect(422);
      expect(problem.errors).toMatchObject([{ pointer: '/actions/0/params/secret', code: 'rules.secretAgain' }]);
      await update(url).expect(200);
      await aTicket(api);
      await settle();
      expect(seen[2]!.headers['x-opora-signature']).toBeDefined();
    });

    it('R-06: a refusal and a redirect are final; an inner address is not reached', async () => {
      const rule = await aRule(api, admin, { name: 'Отказ', actions: [{ action: 'webhook', params: { url } }] });
      answers = [400, 302];
      await aTicket(api);
      await settle();
      await aTicket(api);
      await settle();
      expect(await deliveries(rule.id)).toMatchObject([
        { state: 'failed', responseStatus: 302 },
        { state: 'failed', responseStatus: 400 },
      ]);
      expect(seen).toHaveLength(2);
      // The address is looked at when the request is sent, whatever was said when the rule was saved.
      await api.db.query(
        api.system,
        `UPDATE rule SET actions = '[{"action": "webhook", "params": {"url": "http://127.0.0.2:1/"}}]', revision = nextval('rule_revisions') WHERE id = $1`,
        [rule.id],
      );
      await aTicket(api);
      await settle();
      expect((await deliveries(rule.id))[0]).toMatchObject({ state: 'failed', error: 'inner', attempts: 1 });
    });
  });

  describe('time', () => {
    it('R-06: after a time, once, and not if the ticket has moved on; after downtime too', async () => {
      const rule = await aRule(api, admin, {
        name: 'Час без ответственного',
        trigger: { kind: 'after', moment: 'created', seconds: 3600 } as never,
        when: { field: 'assigneeId', op: 'empty' },
        actions: setPriority('high'),
      });
      const [quiet, taken] = [await aTicket(api), await aTicket(api)];
      await settle();
      await api.as(engineer).post(`/tickets/${taken.id}/take`).expect(200);
      await api.advance({ minutes: 59 });
      await settle();
      expect(await outcomes(quiet.id)).toEqual([]);
      // Three days nobody worked: what was due is told, once.
      await api.advance({ days: 3 });
      await settle();
      await settle();
      expect(await outcomes(quiet.id)).toEqual(['fired']);
      expect(await outcomes(taken.id)).toEqual([]);
      expect((await card(quiet.id)).priority.code).toBe('high');
      const left = await api.db.query(
        api.system,
        `SELECT 1 FROM rule_moment WHERE "ruleId" = $1 AND "toldAt" IS NULL`,
        [rule.id],
      );
      expect(left).toEqual([]);
    });

    it('R-06: a deadline that is moved moves the rule; a rule that is switched on meets tickets that are there', async () => {
      const ticket = await aTicket(api);
      const in2h = new Date(api.system.now().getTime() + 7_200_000).toISOString();
      await patch(ticket.id, { deadlineAt: in2h, reason: 'Обещано' });
      await aRule(api, admin, {
        name: 'За час до срока',
        trigger: { kind: 'after', moment: 'deadline', seconds: -3600 } as never,
        actions: setPriority('high'),
      });
      await settle();
      await patch(ticket.id, {
        deadlineAt: new Date(api.system.now().getTime() + 86_400_000).toISOString(),
        reason: 'Обещано',
      });
      await api.advance({ hours: 3 });
      await settle();
      expect(await outcomes(ticket.id)).toEqual([]);
      await api.advance({ hours: 20 });
      await settle();
      expect(await outcomes(ticket.id)).toEqual(['fired']);
    });

    it('R-06: a schedule looks at every ticket of its condition, once at each of its times', async () => {
      const mine = await Promise.all([
        aTicket(api, { subject: 'Плановая 1' }),
        aTicket(api, { subject: 'Плановая 2' }),
        aTicket(api, { subject: 'Другая' }),
      ]);
      await aRule(api, admin, {
        name: 'Каждый день',
        trigger: {
          kind: 'schedule',
          rrule: 'FREQ=DAILY',
          startsOn: '2026-01-01',
          time: '09:00',
          timeZone: 'Europe/Moscow',
        } as never,
        when: { field: 'subject', op: 'starts_with', value: 'Плановая' },
        actions: say('осмотр'),
      });
      await api.advance({ days: 1 });
      await settle();
      expect(await Promise.all(mine.map(({ id }) => outcomes(id)))).toEqual([['fired'], ['fired'], []]);
      await api.advance({ days: 3 });
      await settle();
      expect(await Promise.all(mine.map(({ id }) => outcomes(id)))).toEqual([
        ['fired', 'fired'],
        ['fired', 'fired'],
        [],
      ]);
    });

    it('R-09: closed after silence, by the policy of the client, with a mark that says it is automatic', async () => {
      const [strict, other] = [await aCompany(api), await aCompany(api)];
      const contact = await aContact(api, { companyId: strict.id });
      await aRule(api, admin, {
        name: 'Закрыть после тишины',
        trigger: { kind: 'after', moment: 'status_entered', seconds: 259_200 } as never,
        when: {
          all: [
            { field: 'statusCategory', op: 'is', value: 'done' },
            { field: 'companyId', op: 'is', value: strict.id },
          ],
        },
        actions: [
          { action: 'auto_rate', params: { score: 'good' } },
          { action: 'transition', params: { status: 'closed' } },
        ],
      });
      const [silent, elsewhere] = [
        await aTicket(api, { companyId: strict.id, contactId: contact.id }),
        await aTicket(api, { companyId: other.id }),
      ];
      for (const { id } of [silent, elsewhere]) await finish(id);
      await api.advance({ days: 4 });
      await settle();
      expect(await outcomes(silent.id)).toEqual(['fired']);
      expect((await card(silent.id)).status.category).toBe('closed');
      expect((await card(elsewhere.id)).status.category).toBe('done');
      const rated = async () => (await api.as(admin).get(`/tickets/${silent.id}/rating`).expect(200)).body.ratings;
      expect(await rated()).toMatchObject([{ score: 'good', source: 'automatic', isAutomatic: true }]);
      await api.advance({ days: 8 });
      await api.as(contact).put(`/portal/tickets/${silent.id}/rating`).send({ score: 'bad' }).expect(200);
      expect(await rated()).toMatchObject([{ score: 'bad', isAutomatic: false, previous: [{ score: 'good' }] }]);
    });

    const finish = async (id: string) => {
      for (const wanted of ['in_work', 'done']) {
        const { transitions } = await card(id);
        const to = transitions.find((each: { to: { category: string } }) => each.to.category === wanted);
        await api
          .as(admin)
          .post(`/tickets/${id}/transition`)
          .send({ transitionId: to.id, comment: { html: '<p>готово</p>', audience: ['internal'] } })
          .expect(200);
      }
      await settle();
    };
  });
});
