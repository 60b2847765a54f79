import { presetOf, shareText } from './report-period';

const NOW = new Date(2026, 0, 15);

it.each([
  ['month', { from: '2026-01-01', to: '2026-01-31' }],
  ['lastMonth', { from: '2025-12-01', to: '2025-12-31' }],
  ['quarter', { from: '2025-11-01', to: '2026-01-31' }],
  ['year', { from: '2026-01-01', to: '2026-12-31' }],
] as const)('SLA-11: the period «%s» has its first and its last day', (preset, period) => {
  expect(presetOf(preset, NOW)).toEqual(period);
});

it.each([
  [null, '—'],
  [1, '100 %'],
  [0.9999, '99.9 %'],
  [0.00001, '0.1 %'],
  [0, '0 %'],
  [0.9, '90 %'],
  [0.8768, '87.7 %'],
])('SLA-11: a share of %s is told as «%s»', (share, told) => {
  expect(shareText(share, String)).toBe(told);
});
