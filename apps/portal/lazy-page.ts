import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** A page that is fetched when it is first opened: `lazyPage(() => import('./people-page'), 'PeoplePage')`. */
export function lazyPage<Name extends string, Props>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: (await load())[name] }));
}
