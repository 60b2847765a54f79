import { Graph, layout } from '@dagrejs/dagre';
import type { GraphEdge, GraphNode } from './process-graph';

export type Point = { x: number; y: number };
export type LaidNode = { node: GraphNode; x: number; y: number };
export type LaidEdge = { edge: GraphEdge; path: string; middle: Point };
/** `left` and `top` may be negative: lines go around the statuses. */
export type Layout = { left: number; top: number; width: number; height: number; nodes: LaidNode[]; edges: LaidEdge[] };

export const NODE = { width: 156, height: 46 };
const MARGIN = 16;

/** Places for statuses and lines for transitions; from left to right, on a phone from top to bottom. */
export function layoutProcess(nodes: GraphNode[], direction: 'LR' | 'TB'): Layout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction,
    nodesep: 34,
    ranksep: direction === 'LR' ? 74 : 56,
    edgesep: 16,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { status } of nodes) graph.setNode(status.id, { ...NODE });
  const edges = nodes.flatMap(({ ways }) => ways);
  for (const { transition } of edges) graph.setEdge(transition.fromId, transition.toId, {}, transition.id);
  layout(graph);
  const placed = nodes.map((node) => ({ node, ...(graph.node(node.status.id) as Point) }));
  const lines = edges.map((edge) => {
    const { fromId, toId, id } = edge.transition;
    return { edge, points: (graph.edge(fromId, toId, id) as { points: Point[] }).points };
  });
  const corners = placed.flatMap(({ x, y }) => [
    { x: x - NODE.width / 2, y: y - NODE.height / 2 },
    { x: x + NODE.width / 2, y: y + NODE.height / 2 },
  ]);
  return {
    ...frame([...corners, ...lines.flatMap(({ points }) => points)]),
    nodes: placed.map(({ node, x, y }) => ({ node, x, y })),
    edges: lines.map(({ edge, points }) => ({ edge, path: smooth(points), middle: middleOf(points) })),
  };
}

/** The same picture with some statuses where people have put them: their lines go straight. */
export function withPlaces(picture: Layout, places: ReadonlyMap<string, Point>): Layout {
  if (places.size === 0) return picture;
  const nodes = picture.nodes.map((laid) => ({ ...laid, ...places.get(laid.node.status.id) }));
  const at = new Map(nodes.map(({ node, x, y }) => [node.status.id, { x, y }]));
  const edges = picture.edges.map((laid) => {
    const { fromId, toId } = laid.edge.transition;
    const [from, to] = [at.get(fromId), at.get(toId)];
    if (!from || !to || (!places.has(fromId) && !places.has(toId))) return laid;
    const points = between(from, to);
    return { ...laid, path: smooth(points), middle: middleOf(points) };
  });
  const corners = nodes.flatMap(({ x, y }) => [
    { x: x - NODE.width / 2, y: y - NODE.height / 2 },
    { x: x + NODE.width / 2, y: y + NODE.height / 2 },
  ]);
  const all = [...corners, ...edges.map(({ middle }) => middle)];
  const old = [
    { x: picture.left + MARGIN, y: picture.top + MARGIN },
    { x: picture.left + picture.width - MARGIN, y: picture.top + picture.height - MARGIN },
  ];
  return { ...frame([...all, ...old]), nodes, edges };
}

/** From border to border, a little bent, so that the way there and the way back do not lie on each other. */
function between(from: Point, to: Point): Point[] {
  const [start, end] = [borderPoint(from, to), borderPoint(to, from)];
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(dx, dy) || 1;
  const bend = Math.min(26, length / 5);
  return [
    start,
    { x: (start.x + end.x) / 2 - (dy / length) * bend, y: (start.y + end.y) / 2 + (dx / length) * bend },
    end,
  ];
}

/** Where the line from the middle of one box to another leaves it. */
function borderPoint(box: Point, towards: Point): Point {
  const [dx, dy] = [towards.x - box.x, towards.y - box.y];
  if (dx === 0 && dy === 0) return { x: box.x, y: box.y - NODE.height / 2 };
  const share = Math.min(NODE.width / 2 / Math.abs(dx || 1e-9), NODE.height / 2 / Math.abs(dy || 1e-9));
  return { x: box.x + dx * share, y: box.y + dy * share };
}

const middleOf = (points: Point[]): Point => points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };

/** The smallest box around everything drawn, with a margin. */
function frame(points: Point[]) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  return { left, top, width: Math.max(...xs) + MARGIN - left, height: Math.max(...ys) + MARGIN - top };
}

/** A line through the points without corners. */
function smooth(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const at = ({ x, y }: Point) => `${x.toFixed(1)},${y.toFixed(1)}`;
  const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  let path = `M${at(first)}`;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    path += next
      ? ` Q${at(point)} ${at(index === rest.length - 2 ? next : middle(point, next))}`
      : rest.length === 1
        ? ` L${at(point)}`
        : '';
  }
  return path;
}
