import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useRef, useState } from 'react';
import type { TicketRow } from './tickets.types';

const KIND = 'ticket-row';

/** Lets an element be dragged with its ticket. */
export function useCardDrag(row: TicketRow) {
  const ref = useRef<HTMLDivElement>(null);
  const [isDragged, setDragged] = useState(false);
  useEffect(() => {
    if (!ref.current) return undefined;
    return draggable({
      element: ref.current,
      getInitialData: () => ({ kind: KIND, row }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    });
  }, [row]);
  return { ref, isDragged };
}

/** Lets tickets be dropped on an element. */
export function useCardDrop<Given extends HTMLElement>(onDrop: (row: TicketRow) => void) {
  const ref = useRef<Given>(null);
  const latest = useRef(onDrop);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    if (!ref.current) return undefined;
    return dropTargetForElements({
      element: ref.current,
      canDrop: ({ source }) => source.data.kind === KIND,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        latest.current(source.data.row as TicketRow);
      },
    });
  }, []);
  return { ref, isOver };
}
