import { useLocalStorage } from '@mantine/hooks';
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import classes from './split-pane.module.css';

const NARROWEST = 280;
const WIDEST = 720;
const STEP = 24;

/** Two panes with a border that can be dragged, or moved by the arrow keys. */
export function SplitPane({ left, right, label }: { left: ReactNode; right: ReactNode; label: string }) {
  const [width, setWidth] = useLocalStorage({
    key: 'opora.list.width',
    defaultValue: 380,
    getInitialValueInEffect: false,
  });
  const box = useRef<HTMLDivElement>(null);
  const set = (next: number) => setWidth(Math.round(Math.min(WIDEST, Math.max(NARROWEST, next))));
  const onDrag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    set(event.clientX - (box.current?.getBoundingClientRect().left ?? 0));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -STEP : event.key === 'ArrowRight' ? STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    set(width + step);
  };
  return (
    <div ref={box} className={classes.split}>
      <div className={classes.left} style={{ width }}>
        {left}
      </div>
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={width}
        aria-valuemin={NARROWEST}
        aria-valuemax={WIDEST}
        tabIndex={0}
        className={classes.handle}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onDrag}
        onKeyDown={onKeyDown}
        onDoubleClick={() => set(380)}
      />
      <div className={classes.right}>{right}</div>
    </div>
  );
}
