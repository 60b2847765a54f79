import { useRef, useState, type PointerEvent } from 'react';
import type { Point } from './process-layout';

/** What a pointer has taken hold of: a status, or the beginning of a way out of it. */
export type Grab = { kind: 'status' | 'way'; id: string; at: Point };
type Held = Grab & { start: Point; now: Point; hasMoved: boolean; overId: string | null };
type Options = {
  isOpen: boolean;
  onOpen: (id: string) => void;
  onMove: (id: string, place: Point) => void;
  onConnect: (fromId: string, toId: string) => void;
};

const STILL = 4;

/** Moves statuses and draws ways by pointer; a press that does not move opens what was pressed. */
export function useDiagramDrag({ isOpen, onOpen, onMove, onConnect }: Options) {
  const svg = useRef<SVGSVGElement>(null);
  const [held, hold] = useState<Held | null>(null);
  const grab = (event: PointerEvent, what: Grab) => {
    if (!isOpen || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    svg.current?.setPointerCapture(event.pointerId);
    const start = pointOf(svg.current, event);
    hold({ ...what, start, now: start, hasMoved: false, overId: null });
  };
  const move = (event: PointerEvent) => {
    if (!held) return;
    const now = pointOf(svg.current, event);
    const hasMoved = held.hasMoved || Math.hypot(now.x - held.start.x, now.y - held.start.y) > STILL;
    hold({ ...held, now, hasMoved, overId: held.kind === 'way' ? statusAt(event, held.id) : null });
  };
  const drop = (event: PointerEvent) => {
    if (!held) return;
    hold(null);
    if (!held.hasMoved) return onOpen(held.id);
    if (held.kind === 'status') return onMove(held.id, placeOf(held));
    const to = statusAt(event, held.id);
    if (to) onConnect(held.id, to);
  };
  const isDragged = held !== null && held.hasMoved;
  return {
    svg,
    grab,
    isActive: isDragged,
    moved: isDragged && held.kind === 'status' ? { id: held.id, place: placeOf(held) } : null,
    line: isDragged && held.kind === 'way' ? { from: held.at, to: held.now, overId: held.overId } : null,
    handlers: { onPointerMove: move, onPointerUp: drop, onPointerCancel: () => hold(null) },
  };
}

const placeOf = ({ at, start, now }: Held): Point => ({ x: at.x + now.x - start.x, y: at.y + now.y - start.y });

/** The pointer in the picture's own measure. */
function pointOf(svg: SVGSVGElement | null, { clientX, clientY }: PointerEvent): Point {
  const matrix = svg?.getScreenCTM();
  if (!matrix) return { x: clientX, y: clientY };
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
  return { x, y };
}

/** The other status under the pointer. */
function statusAt({ clientX, clientY }: PointerEvent, fromId: string): string | null {
  const found = document
    .elementsFromPoint(clientX, clientY)
    .map((element) => element.closest<SVGGElement>('[data-status]')?.dataset.status)
    .find((id) => id !== undefined && id !== fromId);
  return found ?? null;
}
