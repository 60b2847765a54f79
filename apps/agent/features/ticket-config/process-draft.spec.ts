import {
  definitionOf,
  newId,
  ownCopyOf,
  shownOf,
  unhidden,
  withoutStatus,
  withoutTransition,
  withPlace,
  withStatus,
  withTransition,
} from './process-draft';
import { draftBody, type Definition, type Process, type Status, type Transition } from './processes.queries';

const text = (ru: string) => ({ ru, en: ru });
const aStatus = (id: string, isInherited = false): Status => ({
  ...{ id, code: id, label: id, name: text(id), clientName: text(id), color: 'blue', category: 'in_work' as const },
  ...{ position: 1, isFinal: false, x: null, y: null, isInherited },
});
const aWay = (fromId: string, toId: string, isInherited = false): Transition => ({
  ...{ id: `${fromId}-${toId}`, fromId, toId, name: null, typeIds: null, roleCodes: null, requiresComment: false },
  ...{ availableForClient: false, position: 0, guards: [], isInherited },
});
const variant = (): Definition => ({
  name: text('Вариант'),
  initialStatusId: null,
  statuses: [aStatus('visit')],
  transitions: [aWay('work', 'visit'), aWay('visit', 'done')],
  hiddenStatusIds: [],
  hiddenTransitionIds: [],
});

it('T-05: the draft is shown and changed where there is one', () => {
  const process = { own: variant(), draft: null, initialStatusId: 'new' } as unknown as Process;
  expect(shownOf(process)).toBe(process);
  const draft = { definition: { ...variant(), name: text('Черновик') } } as unknown as Process['draft'];
  expect(definitionOf({ ...process, draft }).name.ru).toBe('Черновик');
  expect(shownOf({ ...process, draft })).toBe(draft);
});

it('T-05: a variant hides a status of its base and removes one of its own, with its own ways', () => {
  const hidden = withoutStatus(variant(), aStatus('done', true));
  expect(hidden).toMatchObject({ hiddenStatusIds: ['done'], transitions: [{ id: 'work-visit' }] });
  expect(unhidden(hidden, 'done').hiddenStatusIds).toEqual([]);
  expect(withoutStatus(variant(), aStatus('visit'))).toMatchObject({ statuses: [], transitions: [] });
});

it('T-05: a way of the base becomes one’s own by a copy', () => {
  const { definition, id } = ownCopyOf(variant(), aWay('work', 'done', true));
  expect(definition.hiddenTransitionIds).toEqual(['work-done']);
  expect(definition.transitions.find((way) => way.id === id)).toMatchObject({
    fromId: 'work',
    toId: 'done',
    isInherited: false,
  });
  expect(withoutTransition(variant(), aWay('work', 'done', true)).hiddenTransitionIds).toEqual(['work-done']);
});

it('T-05: a part is put in its place or at the end', () => {
  const changed = withStatus(variant(), { ...aStatus('visit'), color: 'red' });
  expect(changed.statuses.map(({ color }) => color)).toEqual(['red']);
  expect(withTransition(variant(), aWay('visit', 'new')).transitions).toHaveLength(3);
});

it('T-05: only what the process says itself travels', () => {
  const body = draftBody(withPlace(variant(), 'visit', { x: 10.4, y: 20.6 }));
  expect(body.statuses[0]).toEqual(expect.objectContaining({ id: 'visit', x: 10, y: 21 }));
  expect(body.statuses[0]).not.toHaveProperty('label');
  expect(body.transitions[0]).not.toHaveProperty('isInherited');
});

it('T-05: new parts have ids of their own', () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newId()).not.toBe(newId());
});
