import { asidePresets } from './put-aside';

const at = (now: Date) => Object.fromEntries(asidePresets(now).map((preset) => [preset.key, preset.at]));

it('T-07: «завтра утром» is nine o’clock of the next day, also over the end of a month', () => {
  const { morning } = at(new Date(2026, 10, 30, 23, 40));
  expect(morning).toEqual(new Date(2026, 11, 1, 9, 0));
});

it('T-07: «через 3 дня» keeps the time of the day', () =>
  expect(at(new Date(2026, 10, 22, 14, 37, 12))['days3']).toEqual(new Date(2026, 10, 25, 14, 37)));

it('T-07: every preset is ahead of now', () => {
  const now = new Date(2026, 10, 22, 8, 0);
  for (const preset of asidePresets(now)) expect(preset.at.getTime()).toBeGreaterThan(now.getTime());
});
