import { useEffect, useState } from 'react';
import type { BulkRun } from './bulk.queries';

/** Whether the ten minutes of a finished run are not over yet; turns false by itself. */
export function useMayUndo({ undoUntil }: Pick<BulkRun, 'undoUntil'>): boolean {
  const [, tick] = useState(0);
  const left = undoUntil ? Date.parse(undoUntil) - Date.now() : 0;
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => tick((count) => count + 1), left + 50);
    return () => clearTimeout(timer);
  }, [left]);
  return left > 0;
}
