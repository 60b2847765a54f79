import type { PortalObject } from './tickets.queries';

/** An object with the names of the places above it, outermost first. */
export type FoundObject = PortalObject & { above: string[] };

/** Objects in which every word occurs; those whose own name has the words come first, then the shallower ones. */
export function matchObjects(objects: PortalObject[], words: string): FoundObject[] {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  return objects
    .map((object) => ({ ...object, above: namesAbove(object, byId) }))
    .filter((object) =>
      wanted.every((word) => fold([object.name, object.address, ...object.above].join(' ')).includes(word)),
    )
    .sort((a, b) => Number(hasInName(b, wanted)) - Number(hasInName(a, wanted)) || a.above.length - b.above.length);
}

function namesAbove(object: PortalObject, byId: Map<string, PortalObject>): string[] {
  const names: string[] = [];
  const seen = new Set([object.id]);
  for (
    let above = byId.get(object.parentId ?? '');
    above && !seen.has(above.id);
    above = byId.get(above.parentId ?? '')
  ) {
    seen.add(above.id);
    names.unshift(above.name);
  }
  return names;
}

const hasInName = ({ name }: PortalObject, wanted: string[]) =>
  wanted.length > 0 && wanted.every((word) => fold(name).includes(word));
const fold = (text: string) => text.toLowerCase().replaceAll('ё', 'е');
