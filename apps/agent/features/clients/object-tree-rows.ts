import type { ObjectNode } from './objects.queries';

/** Which nodes of the tree are in sight: all above them are open; while something is searched, what fits and all above it. */
export function rowsInSight(nodes: ObjectNode[], open: ReadonlySet<string>, text: string): ObjectNode[] {
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
  const words = text.trim().toLowerCase();
  if (words) {
    const shown = new Set<string>();
    for (const { id, name, address } of nodes) {
      if (!`${name} ${address ?? ''}`.toLowerCase().includes(words)) continue;
      for (let at: string | null | undefined = id; at; at = parents.get(at)) shown.add(at);
    }
    return nodes.filter(({ id }) => shown.has(id));
  }
  const isReached = new Map<string, boolean>();
  return nodes.filter(({ id, parentId }) => {
    const reached = !parentId || !parents.has(parentId) || (open.has(parentId) && isReached.get(parentId) === true);
    isReached.set(id, reached);
    return reached;
  });
}
