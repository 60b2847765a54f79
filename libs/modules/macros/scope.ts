import { type Actor, type Ctx, holds } from '@opora/platform/context';
import type { Db, SqlParams } from '@opora/platform/db';
import { AccessError, type FieldProblem } from '@opora/platform/errors';
import { Column } from 'typeorm';
import { MacroPermission } from './macros.access';

/** Whose a macro, an answer, a template is: one person's, some teams', everybody's. */
export const KEEP_SCOPES = ['personal', 'team', 'shared'] as const;
export type KeepScope = (typeof KEEP_SCOPES)[number];

/** Most things a person keeps for himself, of each kind. */
export const MOST_OWN = 200;

/** Columns of everything that has a scope. */
export abstract class Scoped {
  @Column('text') scope: KeepScope;
  /** Only of a personal one. */
  @Column('uuid', { nullable: true }) ownerId: string | null;
  @Column('uuid', { array: true, default: [] }) teamIds: string[];
}

/** What the actor may use, as SQL over an alias: his own, his teams', everybody's; whoever keeps the shared ones sees all of those. */
export function usableBy(actor: Actor, params: SqlParams, alias = 'x'): string {
  if (actor.kind === 'system') return 'true';
  if (actor.kind !== 'employee') return 'false';
  const me = `${params.add(actor.id)}::uuid`;
  const rest = holds(actor, MacroPermission.manage)
    ? `${alias}.scope <> 'personal'`
    : `(${alias}.scope = 'shared' OR (${alias}.scope = 'team' AND ${alias}."teamIds" && ${params.add(actor.teamIds)}::uuid[]))`;
  return `(${alias}."ownerId" = ${me} OR ${rest})`;
}

/** Whether the actor may change one he sees. */
export const mayKeep = (actor: Actor, { scope, ownerId }: Pick<Scoped, 'scope' | 'ownerId'>): boolean =>
  scope === 'personal' ? ownerId === actor.id : holds(actor, MacroPermission.manage);

type ScopeGiven = { scope: KeepScope; teamIds?: readonly string[] };

/** The columns a given scope makes; refuses one the actor may not keep. */
export function scopeColumns(
  { actor }: Ctx,
  { scope, teamIds }: ScopeGiven,
): Pick<Scoped, 'scope' | 'ownerId' | 'teamIds'> {
  if (scope !== 'personal' && !holds(actor, MacroPermission.manage)) throw AccessError.denied();
  return {
    scope,
    ownerId: scope === 'personal' ? actor.id : null,
    teamIds: scope === 'team' ? [...new Set((teamIds ?? []).map((id) => id.toLowerCase()))] : [],
  };
}

/** What is wrong with the teams of a scope. */
export async function scopeProblems(db: Db, ctx: Ctx, { scope, teamIds = [] }: ScopeGiven): Promise<FieldProblem[]> {
  if (scope !== 'team') return [];
  if (!teamIds.length) return [{ pointer: '/teamIds', code: 'macros.teamsRequired', message: '' }];
  const rows = await db.query<{ id: string }>(ctx, 'SELECT id FROM team WHERE id = ANY($1::uuid[])', [teamIds]);
  const known = new Set(rows.map(({ id }) => id));
  return teamIds.flatMap((id, index) =>
    known.has(id.toLowerCase()) ? [] : [{ pointer: `/teamIds/${index}`, code: 'macros.teamUnknown', message: '' }],
  );
}
