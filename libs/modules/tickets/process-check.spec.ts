import { type ProcessProblem, type ProcessSurroundings, processProblems } from './process-check';
import { effectiveDefinition, type OwnDefinition } from './process-definition';

const text = { ru: 'x', en: 'x' };
const status = (id: string, isFinal = false, position = 0) => ({
  id,
  code: id,
  name: text,
  clientName: text,
  color: 'blue',
  category: 'in_work' as const,
  position,
  isFinal,
  x: null,
  y: null,
});
const edge = (way: string, more: object = {}) => ({
  id: way,
  fromId: way[0]!,
  toId: way[1]!,
  name: null,
  typeIds: null,
  roleCodes: null,
  requiresComment: false,
  availableForClient: false,
  position: 0,
  guards: [],
  ...more,
});
const own = (facts: Partial<OwnDefinition>): OwnDefinition => ({
  name: text,
  initialStatusId: null,
  statuses: [],
  transitions: [],
  hiddenStatusIds: [],
  hiddenTransitionIds: [],
  ...facts,
});
/** Statuses a, b and the final c. */
const whole = (ways: ReturnType<typeof edge>[], facts: Partial<OwnDefinition> = {}) =>
  own({ initialStatusId: 'a', statuses: [status('a'), status('b'), status('c', true)], transitions: ways, ...facts });
const around: ProcessSurroundings = {
  typeIds: new Set(['t1', 't2']),
  roles: new Set(['admin']),
  foreignIds: new Set(['f']),
  guardProblem: ({ name, params }) =>
    name !== 'worklog' ? 'unknown_guard' : params.minutes === -1 ? 'guard_params' : undefined,
};
const ways = (...names: string[]) => names.map((name) => edge(name));
const guarded = (name: string, params = {}) => [edge('ab', { guards: [{ name, params }] }), edge('bc')];

describe('process check', () => {
  it.each<[string, OwnDefinition, ProcessProblem[]]>([
    ['a straight line', whole(ways('ab', 'bc')), []],
    ['a loop back', whole(ways('ab', 'bc', 'cb')), []],
    ['a status nobody gets to', whole(ways('ac', 'bc')), [{ kind: 'unreachable', statusId: 'b' }]],
    ['a dead end', whole(ways('ab', 'ac')), [{ kind: 'dead_end', statusId: 'b' }]],
    ['a way to itself is no way out', whole(ways('ab', 'ac', 'bb')), [{ kind: 'dead_end', statusId: 'b' }]],
    [
      'a circle without an end',
      whole(ways('ac', 'ab', 'bd', 'db'), { statuses: [status('a'), status('b'), status('c', true), status('d')] }),
      [
        { kind: 'no_exit', statusId: 'b' },
        { kind: 'no_exit', statusId: 'd' },
      ],
    ],
    ['no final status', whole(ways('ab', 'ba'), { statuses: [status('a'), status('b')] }), [{ kind: 'no_final' }]],
    ['no beginning', whole(ways('ab', 'bc'), { initialStatusId: 'z' }), [{ kind: 'initial_missing' }]],
    [
      'a code twice',
      whole(ways('ab', 'bc'), { statuses: [status('a'), { ...status('b'), code: 'a' }, status('c', true)] }),
      [{ kind: 'duplicate_code', statusId: 'b' }],
    ],
    [
      'a transition to nowhere',
      whole(ways('ab', 'bc', 'bz')),
      [{ kind: 'unknown_status', transitionId: 'bz', statusId: 'z' }],
    ],
    ['an unknown guard', whole(guarded('ghost')), [{ kind: 'unknown_guard', transitionId: 'ab' }]],
    ['a guard set wrongly', whole(guarded('worklog', { minutes: -1 })), [{ kind: 'guard_params', transitionId: 'ab' }]],
    ['a known guard', whole(guarded('worklog')), []],
    [
      'an unknown role',
      whole([edge('ab', { roleCodes: ['admin', 'ghost'] }), edge('bc')]),
      [{ kind: 'unknown_role', transitionId: 'ab' }],
    ],
    [
      'an unknown type',
      whole([edge('ab', { typeIds: ['t9'] }), edge('ac'), edge('bc')]),
      [{ kind: 'unknown_type', transitionId: 'ab' }],
    ],
    [
      'a dead end for one type alone',
      whole([edge('ab'), edge('ac', { typeIds: ['t2'] }), edge('bc', { typeIds: ['t1'] })]),
      [{ kind: 'dead_end', statusId: 'b', typeId: 't2' }],
    ],
    ['both types get on', whole([edge('ab'), edge('bc', { typeIds: ['t1'] }), edge('bc', { typeIds: ['t2'] })]), []],
    [
      'an id of another process',
      whole(ways('af', 'fc'), { statuses: [status('a'), status('f'), status('c', true)] }),
      [{ kind: 'foreign_id', statusId: 'f' }],
    ],
  ])('T-05: %s', (_, definition, problems) =>
    expect(processProblems(effectiveDefinition(null, definition), definition, around)).toEqual(problems),
  );

  const base = effectiveDefinition(null, whole(ways('ab', 'ac', 'bc', 'cb')));
  it.each<[string, Partial<OwnDefinition>, ProcessProblem[]]>([
    ['nothing of its own', {}, []],
    ['a stage less', { hiddenStatusIds: ['b'] }, []],
    [
      'a stage more',
      { statuses: [status('d')], transitions: ways('ad', 'dc'), hiddenTransitionIds: ['ab'], hiddenStatusIds: ['b'] },
      [],
    ],
    ['its beginning hidden', { hiddenStatusIds: ['a'] }, [{ kind: 'hidden_status', statusId: 'a' }]],
    [
      'a way to what it hides',
      { hiddenStatusIds: ['b'], transitions: ways('Xb').map((way) => ({ ...way, fromId: 'a' })) },
      [{ kind: 'hidden_status', transitionId: 'Xb', statusId: 'b' }],
    ],
    ['its only end hidden', { hiddenStatusIds: ['c'] }, [{ kind: 'no_final' }, { kind: 'dead_end', statusId: 'b' }]],
    [
      'a way that only the hidden one had',
      { hiddenTransitionIds: ['ab', 'cb'] },
      [{ kind: 'unreachable', statusId: 'b' }],
    ],
  ])('T-05: a variant with %s', (_, delta, problems) => {
    const variant = own(delta);
    expect(processProblems(effectiveDefinition(base, variant), variant, around)).toEqual(problems);
  });
});

describe('the effective process', () => {
  const base = effectiveDefinition(null, whole(ways('ab', 'bc')));
  it('T-05: a variant has its base without what it hides and with what it adds, in the order of positions', () => {
    const variant = own({
      hiddenStatusIds: ['b'],
      statuses: [status('d', false, -1)],
      transitions: ways('ad', 'dc'),
      initialStatusId: 'd',
    });
    const { initialStatusId, statuses, transitions } = effectiveDefinition(base, variant);
    expect(initialStatusId).toBe('d');
    expect(statuses.map(({ id }) => id)).toEqual(['d', 'a', 'c']);
    expect(transitions.map(({ id }) => id)).toEqual(['ad', 'dc']);
  });

  it('T-05: a variant that says nothing is its base, and follows it', () => {
    expect(effectiveDefinition(base, own({}))).toEqual(base);
    const later = effectiveDefinition(null, whole(ways('ab', 'bc', 'ac'), { initialStatusId: 'b' }));
    expect(effectiveDefinition(later, own({}))).toEqual(later);
  });
});
