import type { Level, Named } from './object-inheritance';
import { decisive, type Stand, stepOf } from './responsible';

const named = (id: string): Named => ({ id, name: id });
const level = (id: string, employee: string | null, team: string | null): Level => ({
  kind: id === 'company' ? 'company' : 'object',
  id,
  name: id,
  address: null,
  timeZone: null,
  employee: employee ? named(employee) : null,
  team: team ? named(team) : null,
});
const away = (who: string, acts: string | null, isCircle = false): Stand => ({
  acts: acts ? named(acts) : null,
  absent: [named(who)],
  isCircle,
});

describe('R-02: the responsible of the client', () => {
  it.each([
    ['the nearest object wins', [level('room', 'ann', null), level('company', 'bob', 'two')], {}, {}, 'ann', null],
    [
      'an object outranks its company',
      [level('room', null, 'one'), level('company', 'bob', 'two')],
      {},
      {},
      null,
      'one',
    ],
    [
      'an object that says nothing is passed over',
      [level('room', null, null), level('company', 'bob', 'two')],
      {},
      {},
      'bob',
      'two',
    ],
    [
      'a substitute gets the work with the team of the level',
      [level('room', 'ann', 'one')],
      { ann: away('ann', 'eve') },
      {},
      'eve',
      'one',
    ],
    [
      'without a substitute the team of the level does',
      [level('room', 'ann', 'one')],
      { ann: away('ann', null) },
      { ann: 'own' },
      null,
      'one',
    ],
    [
      'without any team there the person’s own does',
      [level('room', 'ann', null)],
      { ann: away('ann', null) },
      { ann: 'own' },
      null,
      'own',
    ],
    ['a circle leads to the team', [level('room', 'ann', 'one')], { ann: away('ann', null, true) }, {}, null, 'one'],
    [
      'whoever is away without anybody passes it up',
      [level('room', 'ann', null), level('company', 'bob', null)],
      { ann: away('ann', null) },
      {},
      'bob',
      null,
    ],
    ['nobody at all', [level('room', null, null), level('company', null, null)], {}, {}, undefined, undefined],
  ] as const)('R-02: %s', (_, levels, stands, teams, assignee, team) => {
    const steps = levels.map((one) => {
      const id = one.employee?.id ?? '';
      const own = (teams as Record<string, string>)[id];
      return stepOf(one, (stands as Record<string, Stand>)[id], own ? named(own) : null);
    });
    const found = decisive(steps);
    expect(found && (found.assignee?.id ?? null)).toBe(assignee);
    expect(found && (found.assigneeTeam?.id ?? null)).toBe(team);
  });
});
