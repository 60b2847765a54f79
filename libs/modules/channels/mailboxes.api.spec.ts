import { anEmployee, type TestEmployee } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ChannelsModule } from './channels.module';
import { Mailboxes } from './mailboxes.service';
import { freePort, hasDovecot, startDovecot } from './testing';

const IMAP = { host: 'imap.test', port: 993, secure: true, user: 'support', password: 'very secret' };

describe('mailboxes', () => {
  let api: TestApi;
  let admin: TestEmployee;
  let engineer: TestEmployee;
  let count = 0;

  beforeAll(async () => {
    api = await startApi(ChannelsModule);
    admin = await anEmployee(api, { role: 'admin' });
    engineer = await anEmployee(api, { role: 'engineer' });
  });
  afterAll(() => api.close());

  const aMailbox = async (facts: object = {}) =>
    (
      await api
        .as(admin)
        .post('/mailboxes')
        .send({ name: 'Поддержка', address: `box${(count += 1)}@opora.test`, ...facts })
        .expect(201)
    ).body;

  it('are created, changed, listed and taken out of use', async () => {
    const mailbox = await aMailbox({ imap: IMAP });
    expect(mailbox).toMatchObject({
      imap: { host: 'imap.test', folder: 'INBOX', user: 'support' },
      smtp: null,
      isActive: true,
      lastError: null,
    });
    const { body } = await api
      .as(admin)
      .patch(`/mailboxes/${mailbox.id}`)
      .send({ name: 'Вторая линия', isActive: false })
      .expect(200);
    expect(body).toMatchObject({ name: 'Вторая линия', isActive: false, imap: { host: 'imap.test' } });
    expect((await api.as(admin).get('/mailboxes?limit=1').expect(200)).body.data).toHaveLength(1);
    await api.as(admin).delete(`/mailboxes/${mailbox.id}`).expect(204);
    await api.as(admin).get(`/mailboxes/${mailbox.id}`).expect(404);
    await aMailbox({ address: mailbox.address });
  });

  it('X16: never show a password, nor keep it readable', async () => {
    const mailbox = await aMailbox({ imap: IMAP, smtp: IMAP });
    expect(JSON.stringify(mailbox)).not.toContain('secret');
    const [row] = await api.db.query<object>(api.system, `SELECT * FROM mailbox WHERE id = $1`, [mailbox.id]);
    expect(JSON.stringify(row)).not.toContain('very secret');
    expect(api.get(Mailboxes).open((await api.get(Mailboxes).get(api.system, mailbox.id)).imap!)).toBe('very secret');
  });

  it('keep the password only for the same server and login', async () => {
    const mailbox = await aMailbox({ imap: IMAP });
    const { password: _, ...without } = IMAP;
    await api
      .as(admin)
      .patch(`/mailboxes/${mailbox.id}`)
      .send({ imap: { ...without, folder: 'Support' } })
      .expect(200);
    const { body } = await api
      .as(admin)
      .patch(`/mailboxes/${mailbox.id}`)
      .send({ imap: { ...without, host: 'evil.test' } })
      .expect(422);
    expect(body.errors).toEqual([
      expect.objectContaining({ pointer: '/imap/password', code: 'channels.passwordRequired' }),
    ]);
  });

  it.each([
    ['/address', { address: 'nobody' }],
    ['/name', { name: 'a\r\nBcc: x@y' }],
    ['/imap/port', { imap: { ...IMAP, port: 70000 } }],
    ['/imap/host', { imap: { ...IMAP, host: 'http://x/' } }],
    ['/imap/user', { imap: { ...IMAP, user: 'a\nb' } }],
    ['/imap/extra', { imap: { ...IMAP, extra: 1 } }],
    ['/imap/password', { imap: { ...IMAP, password: undefined } }],
    ['/defaultTeamId', { defaultTeamId: newId() }],
    ['/defaultTypeId', { defaultTypeId: newId() }],
    ['/isActive', { isActive: 'yes' }],
  ])('refuse a wrong %s', async (pointer, facts) => {
    const { body } = await api
      .as(admin)
      .post('/mailboxes')
      .send({ name: 'Поддержка', address: `box${(count += 1)}@opora.test`, ...facts })
      .expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it('refuse an address twice, whatever its case', async () => {
    const { address } = await aMailbox();
    await api.as(admin).post('/mailboxes').send({ name: 'x', address: address.toUpperCase() }).expect(409);
  });

  it('have one default', async () => {
    const [one, two] = [await aMailbox({ isDefault: true }), await aMailbox({ isDefault: true })];
    expect((await api.as(admin).get(`/mailboxes/${one.id}`)).body.isDefault).toBe(false);
    expect((await api.as(admin).get(`/mailboxes/${two.id}`)).body.isDefault).toBe(true);
  });

  it('are nobody’s but the administrator’s', async () => {
    const { id } = await aMailbox();
    await api.as(engineer).get('/mailboxes').expect(403);
    await api.as(engineer).post('/mailboxes').send({}).expect(403);
    await api.as(engineer).patch(`/mailboxes/${id}`).send({}).expect(403);
    await api.as(engineer).delete(`/mailboxes/${id}`).expect(403);
    await api.as(engineer).post(`/mailboxes/${id}/test`).expect(403);
    await api.anonymous.get('/mailboxes').expect(401);
  });

  it('tell in a test what is wrong', async () => {
    const port = await freePort();
    const { id } = await aMailbox({
      imap: { ...IMAP, host: '127.0.0.1', port, secure: false },
      smtp: { ...IMAP, host: '127.0.0.1', port, secure: false },
    });
    const { body } = await api.as(admin).post(`/mailboxes/${id}/test`).expect(200);
    expect(body).toEqual({
      imap: { ok: false, error: expect.stringContaining('ECONNREFUSED') },
      smtp: { ok: false, error: expect.stringContaining('ECONNREFUSED') },
    });
  });

  (hasDovecot() ? it : it.skip)(
    'tell in a test that the server lets us in, or why not (skipped without dovecot)',
    async () => {
      const dovecot = await startDovecot();
      try {
        const account = { host: '127.0.0.1', port: dovecot.port, secure: false, user: dovecot.user };
        const { id } = await aMailbox({ imap: { ...account, password: dovecot.password } });
        expect((await api.as(admin).post(`/mailboxes/${id}/test`).expect(200)).body).toEqual({
          imap: { ok: true, error: null },
          smtp: null,
        });
        await api
          .as(admin)
          .patch(`/mailboxes/${id}`)
          .send({ imap: { ...account, password: 'wrong' } })
          .expect(200);
        expect((await api.as(admin).post(`/mailboxes/${id}/test`).expect(200)).body.imap).toMatchObject({ ok: false });
      } finally {
        await dovecot.close();
      }
    },
    30_000,
  );
});
