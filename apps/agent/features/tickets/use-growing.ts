import { startTransition, useEffect, useState } from 'react';

const FIRST = 40;
const STEP = 60;

/** Where to begin drawing a long list that is read from its end: the end at once, the rest in steps when there is time. */
export function useGrowing(count: number, wanted: number): number {
  const [drawn, setDrawn] = useState(FIRST);
  const isComplete = drawn >= count;
  useEffect(() => {
    if (isComplete) return;
    const timer = setTimeout(() => startTransition(() => setDrawn((present) => present + STEP)), 30);
    return () => clearTimeout(timer);
  }, [isComplete, drawn]);
  return Math.max(0, Math.min(count - drawn, wanted));
}
