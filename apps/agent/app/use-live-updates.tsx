import { api } from '@/api';
import type { LiveState } from '@opora/client';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './shell.module.css';

const LISTS_EVERY_MS = 1000;

/** Asks the queries again whose data the server says has changed; lists and counters at most once a second. */
export function useLiveUpdates(): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const waiting = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      for (const topic of waiting) refreshTopic(queries, topic);
      waiting.clear();
    };
    const close = api.live(({ topics }) => {
      for (const topic of topics) {
        if (topic.includes(':')) refreshTopic(queries, topic);
        else waiting.add(topic);
      }
      if (waiting.size > 0) timer ??= setTimeout(flush, LISTS_EVERY_MS);
    }, setState);
    return () => {
      close();
      clearTimeout(timer);
    };
  }, [queries]);
  return state;
}

function refreshTopic(queries: QueryClient, topic: string) {
  const [noun, id] = topic.split(':');
  if (topic === '*') return void queries.invalidateQueries();
  if (noun === 'tickets' && !id) {
    void queries.invalidateQueries({ queryKey: ['tickets', 'list'] });
    return void queries.invalidateQueries({ queryKey: ['ticket-views'] });
  }
  if (noun === 'ticket' || noun === 'tickets' || noun === 'presence') return refreshTicket(queries, id as string, noun);
  void queries.invalidateQueries({ queryKey: [noun] });
}

/** The cache knows tickets by the number in the address, the server's news by their id. */
function refreshTicket(queries: QueryClient, id: string, noun: string) {
  for (const [key, data] of queries.getQueriesData<{ id?: string }>({ queryKey: ['tickets', 'one'] })) {
    if (key.length !== 3 || data?.id !== id) continue;
    void queries.invalidateQueries({ queryKey: noun === 'presence' ? [...key, 'presence'] : key });
  }
}

/** Says that the screen may be out of date, after a while: a short break is not worth a word. */
export function LiveBanner({ state }: { state: LiveState }) {
  const { t } = useTranslation();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (state === 'open') return setLong(false);
    const timer = setTimeout(() => setLong(true), 6000);
    return () => clearTimeout(timer);
  }, [state]);
  if (!isLong) return null;
  return (
    <div className={classes.banner} role="status">
      {t('app.liveLost')}
    </div>
  );
}
