import type { Actor, Grant, Scope } from '@opora/platform/context';
import { clientContactOf, grantsOfRoles, holdsAll } from './people.access';
import { PRESET_PERMISSIONS } from './preset-roles';

const grants = (...permissions: string[]): Grant[] =>
  permissions.map((permission) => ({ permission, scope: { kind: 'all' } }));
const free = { forbidsClientReplies: false, hidesClientContacts: false };
const closed = { forbidsClientReplies: true, hidesClientContacts: true };
const both = grants('tickets.reply_client', 'clients.read_contacts');

it.each([
  ['no team, both permissions', both, [], true, true],
  ['an open line', both, [free], true, true],
  ['a closed line', both, [closed], false, false],
  ['one closed line and one open', both, [closed, free], true, true],
  [
    'a line that may write but not see',
    both,
    [{ forbidsClientReplies: false, hidesClientContacts: true }],
    true,
    false,
  ],
  ['an open line without the permissions', grants('tickets.read'), [free], false, false],
  ['no team and no permissions', [], [], false, false],
])('R-05: %s', (_, held, teams, mayWriteToClients, seesClientContacts) => {
  expect(clientContactOf(held, teams)).toEqual({ mayWriteToClients, seesClientContacts });
});

it('R-05: the developer preset neither writes to clients nor sees their contacts', () => {
  expect(PRESET_PERMISSIONS.developer).not.toContain('tickets.reply_client');
  expect(PRESET_PERMISSIONS.developer).not.toContain('clients.read_contacts');
});

const categories = (...categoryIds: string[]): Scope => ({ kind: 'categories', categoryIds });
it.each([
  [{ kind: 'all' }, { kind: 'own' }, true],
  [{ kind: 'all' }, categories('a'), true],
  [{ kind: 'teams' }, { kind: 'own' }, true],
  [{ kind: 'own' }, { kind: 'teams' }, false],
  [{ kind: 'teams' }, { kind: 'all' }, false],
  [categories('a', 'b'), categories('a'), true],
  [categories('a'), categories('a', 'b'), false],
  [categories('a'), { kind: 'own' }, false],
] as [Scope, Scope, boolean][])('S-01: who holds %j may give %j: %s', (held, given, expected) => {
  const actor = { kind: 'employee', grants: [{ permission: 'p', scope: held }] } as unknown as Actor;
  expect(holdsAll(actor, [{ permission: 'p', scope: given }])).toBe(expected);
  expect(holdsAll(actor, [{ permission: 'q', scope: given }])).toBe(false);
});

it('S-01: a role gives no permission the product does not know', () => {
  const role = {
    code: null,
    isPreset: false,
    permissions: ['people.read', 'gone.permission'],
    scope: 'all' as const,
    categoryIds: [],
  };
  expect(grantsOfRoles([role])).toEqual(grants('people.read'));
});
