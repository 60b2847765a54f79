import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { BoardTicket } from './dispatch.types';

/** A ticket under the pointer and whose it is. */
export type Dragged = { ticket: BoardTicket; fromId: string | null };
/** Where it would land: on a person (null is the queue), at a moment where the place says one. */
export type Target = { personId: string | null; at: number | null; day: number | null };

type Held = Dragged & { grabX: number };
const SOURCE = 'board-ticket';
const isHeld = (data: Record<string, unknown>): data is Held => data.kind === SOURCE;

/** Makes an element a ticket one can take hold of. Touch has the sheet instead: browsers do not drag by finger. */
export function useDraggable(element: RefObject<HTMLElement | null>, dragged: Dragged, isOn: boolean): boolean {
  const [isDragging, setDragging] = useState(false);
  const data = useRef(dragged);
  useEffect(() => {
    data.current = dragged;
  });
  useEffect(() => {
    if (!element.current || !isOn) return;
    return draggable({
      element: element.current,
      getInitialData: ({ input, element: own }) => ({
        kind: SOURCE,
        ...data.current,
        // A block keeps its place under the pointer; a row of the queue begins where the pointer is.
        grabX: data.current.fromId ? input.clientX - own.getBoundingClientRect().left : 0,
      }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [element, isOn]);
  return isDragging;
}

/** Makes an element a place to drop on; `targetOf` says what a place `share` of its width from the left means. */
export function useDropPlace(element: RefObject<HTMLElement | null>, targetOf: (share: number) => Target) {
  const ask = useRef(targetOf);
  useEffect(() => {
    ask.current = targetOf;
  });
  useEffect(() => {
    if (!element.current) return;
    return dropTargetForElements({
      element: element.current,
      canDrop: ({ source }) => isHeld(source.data),
      getData: ({ input, source, element: own }) => {
        const { left, width } = own.getBoundingClientRect();
        const grabX = isHeld(source.data) ? source.data.grabX : 0;
        return { target: ask.current((input.clientX - grabX - left) / width) };
      },
    });
  }, [element]);
}

const isSame = (one: Target | null, other: Target | null): boolean =>
  one?.personId === other?.personId && one?.at === other?.at && one?.day === other?.day && !one === !other;

/** What is being dragged over the board and where it would land. */
export function useBoardDrag(onDrop: (dragged: Dragged, target: Target) => void) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [over, setOver] = useState<Target | null>(null);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  });
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => isHeld(source.data),
        onDragStart: ({ source }) => isHeld(source.data) && setDragged(source.data),
        onDrag: ({ location }) => {
          const target = (location.current.dropTargets[0]?.data.target as Target | undefined) ?? null;
          setOver((present) => (isSame(present, target) ? present : target));
        },
        onDrop: ({ source, location }) => {
          setDragged(null);
          setOver(null);
          const target = location.current.dropTargets[0]?.data.target as Target | undefined;
          if (target && isHeld(source.data)) drop.current(source.data, target);
        },
      }),
    [],
  );
  return { dragged, over };
}
