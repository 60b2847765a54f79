import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** What stays in sight while texts and pictures find their heights: the end, one message, or what the reader chose. */
type Hold = { kind: 'end' } | { kind: 'item'; id: string } | { kind: 'free' };

const NEAR_END = 80;
const BY_HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/** Opens a conversation at the first unread message, else at its end, and stays there until the reader moves. */
export function useScrolling(count: number, unread: string | null, isReady: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const hold = useRef<Hold>({ kind: 'end' });
  const wasOpened = useRef(false);
  const [isAtEnd, setAtEnd] = useState(true);

  const keep = useCallback(() => {
    const now = hold.current;
    if (now.kind === 'end') scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
    if (now.kind === 'item') document.getElementById(`item-${now.id}`)?.scrollIntoView({ block: 'start' });
  }, []);
  const toEnd = useCallback(() => {
    hold.current = { kind: 'end' };
    keep();
  }, [keep]);
  const toItem = useCallback(
    (id: string) => {
      hold.current = { kind: 'item', id };
      keep();
    },
    [keep],
  );

  useLayoutEffect(() => {
    if (!isReady) return;
    if (!wasOpened.current && unread) hold.current = { kind: 'item', id: unread };
    wasOpened.current = true;
    keep();
    // Only when something was added, not when the reader scrolls.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [count, isReady]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !content.current) return;
    let byHand = false;
    const onHand = () => (byHand = true);
    const onScroll = () => {
      const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      setAtEnd(atEnd);
      if (byHand) hold.current = atEnd ? { kind: 'end' } : { kind: 'free' };
    };
    const sizes = new ResizeObserver(keep);
    sizes.observe(content.current);
    sizes.observe(element);
    BY_HAND.forEach((name) => element.addEventListener(name, onHand, { passive: true }));
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      sizes.disconnect();
      BY_HAND.forEach((name) => element.removeEventListener(name, onHand));
      element.removeEventListener('scroll', onScroll);
    };
  }, [keep]);
  return { scroller, content, isAtEnd, toEnd, toItem };
}
