import { readReport } from './mail-report';

const STATUS =
  'Reporting-MTA: dns; mx.x.ru\r\n\r\nFinal-Recipient: rfc822; ivan@client.ru\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such\r\n user\r\n\r\nMessage-ID: <o.1@opora.localhost>\r\nSubject: x';

describe('delivery reports', () => {
  it('reads the status part', () => {
    expect(readReport(STATUS)).toEqual({
      fate: 'failed',
      recipients: ['ivan@client.ru'],
      status: '5.1.1',
      diagnostic: 'smtp; 550 5.1.1 no such user',
      originalIds: ['<o.1@opora.localhost>'],
    });
  });

  it.each([
    ['delayed', STATUS.replace('failed', 'delayed').replace('5.1.1', '4.4.1')],
    ['delivered', STATUS.replace('failed', 'delivered').replace('5.1.1', '2.0.0')],
    ['delivered', STATUS.replace('failed', 'relayed')],
    ['read', 'Disposition: manual-action/MDN-sent-manually; displayed\nOriginal-Message-ID: <o.1@opora.localhost>'],
    ['failed', 'Disposition: manual-action/MDN-sent-manually; deleted\n'],
    ['failed', 'Hi. This is the qmail-send program.\n<ivan@client.ru>:\n550 5.1.1 unknown user'],
    ['delayed', 'Your message could not be delivered for 4 hours and will be retried'],
  ])('%s: %j', (fate, text) => expect(readReport(text).fate).toBe(fate));

  it('finds nothing in an empty report and does not throw', () => {
    expect(readReport('')).toEqual({ fate: 'failed', recipients: [], status: '', diagnostic: '', originalIds: [] });
  });
});
