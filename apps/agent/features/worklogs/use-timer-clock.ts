import { useTicking } from '@/timing/ticker';
import { useCallback } from 'react';
import { clockText } from './spent';
import type { MyTimer } from './timer.queries';

/** The running clock as text; drawn again once a second. */
export function useTimerClock(mine: MyTimer | undefined): string {
  const look = useCallback(
    (now: number) => {
      if (!mine?.timer) return '';
      const { isRunning, seconds } = mine.timer;
      return clockText(seconds + (isRunning ? Math.max(0, Math.floor((now - mine.at) / 1000)) : 0));
    },
    [mine],
  );
  return useTicking(look);
}
