import { act, render, screen } from '@testing-library/react';
import { useTicking } from './ticker';

const START = Date.parse('2026-11-20T12:00:00.000Z');

beforeEach(() => jest.useFakeTimers({ now: START }));
afterEach(() => jest.useRealTimers());

it('SLA-04: one timer for all clocks, and a clock is drawn again only when its text changes', () => {
  const drawn = { minutes: 0, seconds: 0 };
  const minutes = (now: number) => `${Math.floor((now - START) / 60_000)} мин`;
  const seconds = (now: number) => `${Math.floor((now - START) / 1000)} с`;
  function Minutes() {
    drawn.minutes++;
    return <p>{useTicking(minutes)}</p>;
  }
  function Seconds() {
    drawn.seconds++;
    return <p>{useTicking(seconds)}</p>;
  }
  const set = jest.spyOn(globalThis, 'setInterval');
  const { unmount } = render(
    <>
      <Minutes />
      <Minutes />
      <Seconds />
    </>,
  );
  expect(set).toHaveBeenCalledTimes(1);
  for (let second = 0; second < 90; second++) act(() => void jest.advanceTimersByTime(1000));
  expect(screen.getAllByText('1 мин')).toHaveLength(2);
  expect(screen.getByText('90 с')).toBeTruthy();
  // Each of the two minute clocks: at first, and when the minute turned.
  expect(drawn.minutes).toBe(4);
  expect(drawn.seconds).toBe(91);
  unmount();
  expect(jest.getTimerCount()).toBe(0);
});
