import { DEFAULT_TIMES, deliveryOf, nextDigest, quietUntil, type Telling, type Times } from './notification-delivery';

const ms = (text: string): number => Date.parse(text);
const shown = (delivery: ReturnType<typeof deliveryOf>) =>
  'at' in delivery ? `${delivery.way} ${new Date(delivery.at).toISOString().slice(0, 16)}` : delivery.way;
const WEEK = [1, 2, 3, 4, 5, 6, 7];
const NIGHTS: Times = {
  ...DEFAULT_TIMES,
  quietHours: [
    { days: [1, 2, 3, 4, 5], from: '20:00', to: '08:00' },
    { days: [6, 7], from: '00:00', to: '24:00' },
  ],
};
const mail: Telling = { channel: 'mail', wish: 'now' };

describe('R-08: when a person is told', () => {
  it.each<[string, Times, string, Telling, string, string]>([
    ['at once by day', NIGHTS, 'Asia/Almaty', mail, '2026-11-24T07:00Z', 'now'],
    ['a mail of the night in the morning', NIGHTS, 'Asia/Almaty', mail, '2026-11-24T16:00Z', 'at 2026-11-25T03:00'],
    ['also after midnight', NIGHTS, 'Asia/Almaty', mail, '2026-11-24T20:00Z', 'at 2026-11-25T03:00'],
    [
      'one of Friday night on Monday… that is, after Saturday and Sunday',
      NIGHTS,
      'Asia/Almaty',
      mail,
      '2026-11-27T16:00Z',
      'at 2026-11-29T19:00',
    ],
    [
      'the line in the app is there at night too',
      NIGHTS,
      'Asia/Almaty',
      { ...mail, channel: 'app' },
      '2026-11-24T16:00Z',
      'now',
    ],
    ['the urgent breaks through', NIGHTS, 'Asia/Almaty', { ...mail, isUrgent: true }, '2026-11-24T16:00Z', 'now'],
    [
      'unless the person forbids it',
      { ...NIGHTS, urgentBreaksThrough: false },
      'Asia/Almaty',
      { ...mail, isUrgent: true },
      '2026-11-24T16:00Z',
      'at 2026-11-25T03:00',
    ],
    [
      'off is off, however urgent',
      NIGHTS,
      'Asia/Almaty',
      { channel: 'mail', wish: 'off', isUrgent: true },
      '2026-11-24T07:00Z',
      'off',
    ],
    ['a muted ticket says nothing', NIGHTS, 'Asia/Almaty', { ...mail, isMuted: true }, '2026-11-24T07:00Z', 'off'],
    [
      'a digest at its hour today',
      DEFAULT_TIMES,
      'Asia/Almaty',
      { ...mail, wish: 'digest' },
      '2026-11-24T03:59Z',
      'digest 2026-11-24T04:00',
    ],
    [
      'the hour itself is for the next one',
      DEFAULT_TIMES,
      'Asia/Almaty',
      { ...mail, wish: 'digest' },
      '2026-11-24T04:00Z',
      'digest 2026-11-25T04:00',
    ],
    [
      'a digest in quiet hours waits for their end',
      { ...NIGHTS, digestAt: '07:00' },
      'Asia/Almaty',
      { ...mail, wish: 'digest' },
      '2026-11-24T01:00Z',
      'digest 2026-11-24T03:00',
    ],
    [
      'hourly at the full hour of a half-hour zone',
      { ...DEFAULT_TIMES, digest: 'hourly' },
      'Asia/Kolkata',
      { ...mail, wish: 'digest' },
      '2026-11-24T07:00Z',
      'digest 2026-11-24T07:30',
    ],
    [
      'a night into summer time is an hour shorter',
      NIGHTS,
      'Europe/Berlin',
      mail,
      '2026-03-27T20:00Z',
      'at 2026-03-29T22:00',
    ],
  ])('%s', (_, times, zone, telling, at, expected) =>
    expect(shown(deliveryOf(times, zone, telling, ms(at)))).toBe(expected),
  );

  it.each([
    ['a spring digest whose minute does not exist', '02:30', '2026-03-28T12:00Z', '2026-03-29T01:30:00.000Z'],
    ['an autumn one goes the first time of two', '02:30', '2026-10-24T12:00Z', '2026-10-25T00:30:00.000Z'],
    ['and not the second time again', '02:30', '2026-10-25T00:30Z', '2026-10-26T01:30:00.000Z'],
  ])('R-08: %s', (_, digestAt, after, expected) =>
    expect(new Date(nextDigest({ digest: 'daily', digestAt }, 'Europe/Berlin', ms(after))).toISOString()).toBe(
      expected,
    ),
  );

  it('R-08: quiet hours across the end of summer time end by the clock on the wall', () => {
    const periods = [{ days: WEEK, from: '22:00', to: '07:00' }];
    expect(new Date(quietUntil(periods, 'Europe/Berlin', ms('2026-10-24T21:00Z'))).toISOString()).toBe(
      '2026-10-25T06:00:00.000Z',
    );
  });

  it('R-08: whoever is never to be disturbed hears after a week', () => {
    const at = ms('2026-11-24T07:00Z');
    expect(quietUntil([{ days: WEEK, from: '00:00', to: '24:00' }], 'UTC', at)).toBe(at + 7 * 86_400_000);
  });
});
