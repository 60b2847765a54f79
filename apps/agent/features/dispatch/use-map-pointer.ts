import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { fromPicture, type LonLat, type Point, type Sight, toLonLat, toSheet, zoomed } from './map-view';

/** The border being drawn. */
export type ZoneDraft = { corners: readonly LonLat[]; color: string; onChange: (corners: LonLat[]) => void };
type Held = { kind: 'sheet' | 'corner'; at: number; start: Point; sight: Sight; hasMoved: boolean };

const STILL = 4;

type PointerOptions = {
  size: { width: number; height: number };
  sight: Sight;
  setSight: (sight: Sight) => void;
  draft: ZoneDraft | null;
};

/** A press on the sheet moves it, or adds a corner where it does not move; a press on a corner moves the corner. */
export function useMapPointer({ size, sight, setSight, draft }: PointerOptions) {
  const svg = useRef<SVGSVGElement>(null);
  const [held, hold] = useState<Held | null>(null);
  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = svg.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  };
  const grab = (event: PointerEvent, corner: number) => {
    event.stopPropagation();
    svg.current?.setPointerCapture(event.pointerId);
    hold({ kind: 'corner', at: corner, start: pointOf(event), sight, hasMoved: false });
  };
  const move = (event: PointerEvent) => {
    if (!held) return;
    const now = pointOf(event);
    const hasMoved = held.hasMoved || Math.hypot(now.x - held.start.x, now.y - held.start.y) > STILL;
    hold({ ...held, hasMoved });
    if (!hasMoved) return;
    if (held.kind === 'corner')
      return draft?.onChange(
        draft.corners.map((corner, at) => (at === held.at ? toLonLat(fromPicture(now, sight, size)) : corner)),
      );
    const { center, scale } = held.sight;
    setSight({
      scale,
      center: { x: center.x - (now.x - held.start.x) / scale, y: center.y - (now.y - held.start.y) / scale },
    });
  };
  const drop = (event: PointerEvent) => {
    if (held?.kind === 'sheet' && !held.hasMoved && draft)
      draft.onChange([...draft.corners, toLonLat(fromPicture(pointOf(event), sight, size))]);
    hold(null);
  };
  const wheel = useRef<(event: globalThis.WheelEvent) => void>(() => undefined);
  useEffect(() => {
    wheel.current = (event) => {
      event.preventDefault();
      setSight(zoomed(sight, event.deltaY < 0 ? 1.2 : 1 / 1.2, pointOf(event), size));
    };
  });
  useEffect(() => {
    const element = svg.current;
    const listen = (event: globalThis.WheelEvent) => wheel.current(event);
    // React's own wheel listeners cannot keep the page from scrolling.
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, []);
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (draft) svg.current?.setPointerCapture(event.pointerId);
    hold({ kind: 'sheet', at: -1, start: pointOf(event), sight, hasMoved: false });
  };
  return {
    svg,
    grab,
    handlers: { onPointerDown: press, onPointerMove: move, onPointerUp: drop, onPointerCancel: () => hold(null) },
  };
}

const KEYS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Arrows move a corner, Delete takes it away. */
export function moveByKey(event: KeyboardEvent, { corners, onChange }: ZoneDraft, index: number, { scale }: Sight) {
  const by = KEYS[event.key];
  if (event.key === 'Delete' || event.key === 'Backspace') onChange(corners.filter((_, at) => at !== index));
  else if (by) {
    const { x, y } = toSheet(corners[index]!);
    const step = (event.shiftKey ? 20 : 4) / scale;
    onChange(
      corners.map((corner, at) => (at === index ? toLonLat({ x: x + by.x * step, y: y + by.y * step }) : corner)),
    );
  } else return;
  event.preventDefault();
}
