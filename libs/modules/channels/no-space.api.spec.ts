import fs from 'node:fs/promises';
import { anEmployee } from '@opora/testing/people';
import { startApi, type TestApi } from '@opora/platform/testing';
import { ChannelsModule } from './channels.module';
import { IntakeQueue } from './intake-queue.service';
import { Intake } from './intake.service';
import { aMail } from './testing';

const BODY = [
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Фото во вложении',
  '--b',
  'Content-Type: text/plain; name="act.txt"',
  'Content-Disposition: attachment; filename="act.txt"',
  '',
  'act',
  '--b--',
].join('\n');

describe('a full disk', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(ChannelsModule);
  });
  afterAll(() => api.close());

  it('CH-01: mails with files wait for room as long as it takes, and then become tickets by themselves', async () => {
    const dispatcher = await anEmployee(api, { role: 'dispatcher' });
    const noSpace = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const full = jest.spyOn(fs, 'open').mockRejectedValue(noSpace);
    const raw = aMail({ 'mime-version': '1.0', 'content-type': 'multipart/mixed; boundary=b', body: BODY });
    const id = await api.get(Intake).accept(api.system, {
      channel: 'smtp',
      raw,
      envelopeFrom: 'ivan@client.test',
      envelopeTo: ['support@opora.localhost'],
    });
    for (let attempt = 0; attempt < 20; attempt++) {
      await api.get(IntakeQueue).drain();
      await api.advance({ seconds: 31 });
    }
    expect(full.mock.calls.length).toBeGreaterThanOrEqual(20);
    expect(await api.get(Intake).get(api.system, id)).toMatchObject({ state: 'received', failures: 0 });
    full.mockRestore();
    await api.get(IntakeQueue).drain();
    const { state, ticketId } = await api.get(Intake).get(api.system, id);
    expect(state).toBe('ticket_created');
    const { body } = await api.as(dispatcher).get(`/tickets/${ticketId}/attachments`).expect(200);
    expect(body.data).toMatchObject([{ name: 'act.txt', size: 3 }]);
  });
});
