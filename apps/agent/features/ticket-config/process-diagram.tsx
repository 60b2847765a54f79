import { useNarrow } from '@/directory/use-narrow';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Line, Place } from './process-diagram-parts';
import classes from './process-diagram.module.css';
import type { GraphNode } from './process-graph';
import { layoutProcess, withPlaces, type Point } from './process-layout';
import { useDiagramDrag } from './use-diagram-drag';

type Props = {
  nodes: GraphNode[];
  /** Statuses may be moved and ways drawn between them. */
  isOpen: boolean;
  onOpen: (statusId: string) => void;
  onOpenWay: (transitionId: string) => void;
  onMove: (statusId: string, place: Point) => void;
  onConnect: (fromId: string, toId: string) => void;
};

/** The process as a picture; who cannot see it reads and changes the same in the table below. */
export function ProcessDiagram({ nodes, isOpen, onOpen, onOpenWay, onMove, onConnect }: Props) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const [at, setAt] = useState<string | null>(null);
  const id = useId();
  const laid = useMemo(() => layoutProcess(nodes, isNarrow ? 'TB' : 'LR'), [nodes, isNarrow]);
  const kept = useMemo(() => (isNarrow ? NOWHERE : placesOf(nodes)), [nodes, isNarrow]);
  const settled = useMemo(() => withPlaces(laid, kept), [laid, kept]);
  const drag = useDiagramDrag({ isOpen: isOpen && !isNarrow, onOpen, onMove, onConnect });
  const picture = useMemo(
    () => (drag.moved ? withPlaces(settled, new Map([...kept, [drag.moved.id, drag.moved.place]])) : settled),
    [settled, kept, drag.moved],
  );
  const label = t('ticketConfig.processes.diagramLabel', {
    statuses: picture.nodes.length,
    transitions: picture.edges.length,
  });
  // While something is dragged the frame stands still under the pointer.
  const frame = drag.isActive ? settled : picture;
  return (
    <svg
      ref={drag.svg}
      role="img"
      aria-label={label}
      className={classes.diagram}
      viewBox={`${frame.left} ${frame.top} ${frame.width} ${frame.height}`}
      style={{ maxWidth: frame.width, minWidth: Math.min(frame.width, isNarrow ? 320 : 760) }}
      onPointerLeave={() => setAt(null)}
      {...drag.handlers}
    >
      <defs>
        {(['plain', 'client'] as const).map((kind) => (
          <marker
            key={kind}
            id={`${id}-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0,0.5 L7.5,4 L0,7.5 z" className={classes.tip} data-kind={kind} />
          </marker>
        ))}
      </defs>
      {picture.edges.map((line) => (
        <Line key={line.edge.transition.id} line={line} at={at} markers={id} onOpen={onOpenWay} />
      ))}
      {picture.nodes.map((place) => (
        <Place
          key={place.node.status.id}
          place={place}
          at={at}
          isOpen={isOpen && !isNarrow}
          isTarget={drag.line !== null && drag.line.overId === place.node.status.id}
          onPoint={setAt}
          onGrab={drag.grab}
          onOpen={onOpen}
        />
      ))}
      {drag.line && (
        <line
          x1={drag.line.from.x}
          y1={drag.line.from.y}
          x2={drag.line.to.x}
          y2={drag.line.to.y}
          className={classes.drawn}
          markerEnd={`url(#${id}-plain)`}
        />
      )}
    </svg>
  );
}

const NOWHERE: ReadonlyMap<string, Point> = new Map();

const placesOf = (nodes: GraphNode[]): ReadonlyMap<string, Point> =>
  new Map(nodes.flatMap(({ status: { id, x, y } }) => (x !== null && y !== null ? [[id, { x, y }] as const] : [])));
