import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { refreshTime } from './worklogs.queries';

export type MyTimer = Schemas['MyTimerView'] & { at: number };
export type TimerDeed = { kind: 'start'; ticketId: string } | { kind: 'pause' | 'resume' | 'discard' };

/** `at`: the browser's moment of the answer; its own clock counts from there. */
const stamped = async (answer: Promise<Schemas['MyTimerView']>): Promise<MyTimer> => ({
  ...(await answer),
  at: Date.now(),
});

/** The person's one timer. Another device may have changed it: a window that comes back asks. */
export const timerQuery = () =>
  queryOptions({
    queryKey: ['my-timer'],
    queryFn: ({ signal }) => stamped(unwrap(api.http.GET('/me/timer', { signal }))),
    refetchOnWindowFocus: 'always',
  });

const NOTHING = { timer: null, logged: null };

async function run(deed: TimerDeed): Promise<Schemas['MyTimerView']> {
  if (deed.kind === 'start') return unwrap(api.http.PUT('/me/timer', { body: { ticketId: deed.ticketId } }));
  if (deed.kind === 'pause') return unwrap(api.http.POST('/me/timer/pause'));
  if (deed.kind === 'resume') return unwrap(api.http.POST('/me/timer/resume'));
  await unwrap(api.http.DELETE('/me/timer'));
  return NOTHING;
}

export function useTimerDeed() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (deed: TimerDeed) => stamped(run(deed)),
    onSuccess: (timer) => {
      queries.setQueryData(timerQuery().queryKey, timer);
      if (timer.logged) refreshTime(queries);
    },
    onError: () => queries.invalidateQueries({ queryKey: timerQuery().queryKey }),
  });
}

export function useStopTimer() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['StopTimer']) => unwrap(api.http.POST('/me/timer/stop', { body })),
    onSuccess: () => {
      queries.setQueryData(timerQuery().queryKey, { ...NOTHING, at: Date.now() });
      refreshTime(queries);
    },
  });
}
