import { lookOf } from './clock';
import type { ClockView } from './sla.types';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const clock = (facts: Partial<ClockView> = {}) => ({
  state: 'running' as const,
  dueAt: '2026-11-20T13:12:00Z',
  warnAt: '2026-11-20T12:54:00Z',
  remainingSeconds: null,
  stoppedAt: null,
  ...facts,
});

it.each([
  ['runs', clock(), { tone: 'calm', seconds: 4320 }],
  ['is amber from its first warning on', clock({ warnAt: '2026-11-20T12:00:00Z' }), { tone: 'soon', seconds: 4320 }],
  ['runs on without a warning', clock({ warnAt: null }), { tone: 'calm', seconds: 4320 }],
  [
    'is due this very second',
    clock({ dueAt: '2026-11-20T12:00:00Z', warnAt: '2026-11-20T11:00:00Z' }),
    { tone: 'soon', seconds: 0 },
  ],
  ['is late before the server has said so', clock({ dueAt: '2026-11-20T11:46:00Z' }), { tone: 'late', seconds: -840 }],
  ['is late', clock({ state: 'breached', dueAt: '2026-11-20T11:46:00Z' }), { tone: 'late', seconds: -840 }],
  ['stands', clock({ state: 'paused', dueAt: null, remainingSeconds: 4320 }), { tone: 'paused', seconds: 4320 }],
  ['was kept', clock({ state: 'met', stoppedAt: '2026-11-20T11:00:00Z' }), { tone: 'met', seconds: 7920 }],
  ['was missed', clock({ state: 'breached', stoppedAt: '2026-11-20T13:22:00Z' }), { tone: 'missed', seconds: -600 }],
  ['was called off', clock({ state: 'stopped' }), { tone: 'off', seconds: null }],
  ['can never fall due', clock({ dueAt: null }), { tone: 'off', seconds: null }],
])('SLA-04: a clock that %s', (_, facts, look) => {
  expect(lookOf(facts, NOW)).toEqual(look);
});

it('turns amber when a warning lies at the due moment itself', () => {
  const at = '2026-11-20T13:12:00Z';
  expect(lookOf(clock({ warnAt: at }), Date.parse(at)).tone).toBe('soon');
});
