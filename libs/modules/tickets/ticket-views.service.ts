import { type Actor, type Ctx, holds } from '@opora/platform/context';
import { Db, newId, SqlParams } from '@opora/platform/db';
import { AccessError, fieldProblem, raise } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { impliesOpen, parseFilter, type TicketFilter } from './ticket-filter';
import { parseSort } from './ticket-filter-keys';
import { OPEN } from './ticket-filter-sql';
import { TicketFilters } from './ticket-filters.service';
import { SavedView, VIEW_COLUMNS, type ViewColumn } from './ticket-view.entity';
import type { CreateSavedView, UpdateSavedView } from './ticket-views.dto';
import { TicketViewError } from './ticket-views.errors';
import { TicketPermission, visibleTo } from './tickets.access';

const DEFAULT_COLUMNS: ViewColumn[] = VIEW_COLUMNS.filter((column) =>
  ['number', 'subject', 'status', 'priority', 'company', 'assignee', 'updatedAt', 'deadlineAt'].includes(column),
);
const MOST_OWN_VIEWS = 100;
const TRUSTED_MS = 1000;
const MOST_KNOWN = 1000;

/** A filter that no longer reads shows nothing rather than everything. */
const NOTHING: TicketFilter = parseFilter('is:open is:closed');

/** Saved filters, shared and personal, with their counters. */
@Injectable()
export class TicketViews implements OnModuleInit {
  private known = new Map<string, { at: number; view: SavedView }>();

  constructor(
    private readonly db: Db,
    private readonly filters: TicketFilters,
    private readonly live: Live,
  ) {}

  onModuleInit(): void {
    this.live.listen(({ topics }) => {
      // A new map, so that what is being read just now does not get into it.
      if (topics.includes('ticket-views')) this.known = new Map();
    });
  }

  /** The views the actor may use, in the order of the sidebar. */
  list(ctx: Ctx): Promise<SavedView[]> {
    return this.read(ctx, () => 'true');
  }

  async get(ctx: Ctx, id: string): Promise<SavedView> {
    const [view] = await this.read(ctx, (params) => `v.id = ${params.add(id)}::uuid`);
    return view ?? raise(TicketViewError.viewNotFound());
  }

  /** The same for whoever lists by it: what was read a second ago will do, unless it has been changed since. */
  async recent(ctx: Ctx, id: string): Promise<SavedView> {
    if (ctx.tx) return this.get(ctx, id);
    const key = `${ctx.actor.kind}:${ctx.actor.id}:${id}`;
    const now = performance.now();
    const { known } = this;
    const found = known.get(key);
    if (found && now - found.at < TRUSTED_MS) return found.view;
    const view = await this.get(ctx, id);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, { at: now, view });
    return view;
  }

  canEdit(actor: Actor, view: SavedView): boolean {
    return view.ownerId === null ? holds(actor, TicketPermission.manage_views) : view.ownerId === actor.id;
  }

  async create(ctx: Ctx, input: CreateSavedView): Promise<SavedView> {
    const { isShared = false, name, ...given } = input;
    if (isShared && !holds(ctx.actor, TicketPermission.manage_views)) throw AccessError.denied();
    if (!isShared && (given.roleCodes || given.teamIds))
      throw fieldProblem(given.roleCodes ? '/roleCodes' : '/teamIds', 'tickets.viewNotShared');
    await this.check(ctx, given);
    return this.db.tx(ctx, async (ctx) => {
      if (!isShared) await this.requireRoom(ctx);
      const now = ctx.now();
      const view = this.db.repo(ctx, SavedView).create({
        roleCodes: null,
        teamIds: null,
        columns: DEFAULT_COLUMNS,
        sort: null,
        colorRules: [],
        layout: 'list',
        calendarField: 'deadlineAt',
        position: 1000,
        icon: 'filter',
        ...definedOf(given),
        id: newId(),
        name: { ru: name, en: name },
        ownerId: isShared ? null : ctx.actor.id,
        createdAt: now,
        updatedAt: now,
      });
      await this.db.repo(ctx, SavedView).insert(view);
      this.live.touch(ctx, ['ticket-views'], 'staff');
      return view;
    });
  }

  async update(ctx: Ctx, id: string, { name, ...given }: UpdateSavedView): Promise<SavedView> {
    await this.check(ctx, given);
    return this.db.tx(ctx, async (ctx) => {
      const view = await this.getEditable(ctx, id);
      if (view.ownerId !== null && (given.roleCodes || given.teamIds))
        throw fieldProblem(given.roleCodes ? '/roleCodes' : '/teamIds', 'tickets.viewNotShared');
      Object.assign(view, definedOf(given), name === undefined ? {} : { name: { ru: name, en: name } }, {
        updatedAt: ctx.now(),
      });
      await this.db.repo(ctx, SavedView).save(view);
      this.live.touch(ctx, ['ticket-views'], 'staff');
      return view;
    });
  }

  async delete(ctx: Ctx, id: string): Promise<void> {
    await this.db.tx(ctx, async (ctx) => {
      const view = await this.getEditable(ctx, id);
      await this.db.repo(ctx, SavedView).delete({ id: view.id });
      this.live.touch(ctx, ['ticket-views'], 'staff');
    });
  }

  /** How many rows each view shows, by one query; the views of open tickets share one pass over them. */
  async counts(ctx: Ctx, views: readonly SavedView[]): Promise<Map<string, number>> {
    if (!views.length) return new Map();
    const filters = views.map((view) => this.filterOf(view));
    const names = await this.filters.lookUp(ctx, filters);
    const params = new SqlParams();
    const conditions = filters.map((filter) =>
      this.filters.condition(ctx, filter, names, params, { isWithinOpen: impliesOpen(filter) }),
    );
    const open = filters.flatMap((filter, index) =>
      impliesOpen(filter) ? [`count(*) FILTER (WHERE ${conditions[index]})::int AS c${index}`] : [],
    );
    const rest = filters.flatMap((filter, index) =>
      impliesOpen(filter)
        ? []
        : [
            `(SELECT count(*)::int AS c${index} FROM ticket t WHERE ${visibleTo(ctx.actor, params)} AND ${conditions[index]}) q${index}`,
          ],
    );
    const pass = open.length
      ? [
          `(SELECT ${open.join(', ')} FROM ticket t WHERE ${visibleTo(ctx.actor, params)} AND t."deletedAt" IS NULL AND ${OPEN}) o`,
        ]
      : [];
    const [row] = await this.db.query<Record<string, number>>(
      ctx,
      `SELECT * FROM ${[...pass, ...rest].join(', ')}`,
      params.values,
    );
    return new Map(views.map((view, index) => [view.id, row![`c${index}`]!]));
  }

  /** The saved filter with its order; one that no longer reads shows nothing. */
  filterOf(view: SavedView): TicketFilter {
    return this.readOrNothing(view.query);
  }

  readOrNothing(text: string): TicketFilter {
    try {
      return parseFilter(text);
    } catch {
      return NOTHING;
    }
  }

  private read(ctx: Ctx, condition: (params: SqlParams) => string): Promise<SavedView[]> {
    const params = new SqlParams();
    return this.db.prepared<SavedView>(
      ctx,
      `SELECT v.* FROM ticket_view v WHERE ${usableBy(ctx.actor, params)} AND ${condition(params)} ORDER BY v.position, v.id`,
      params.values,
    );
  }

  private async getEditable(ctx: Ctx, id: string): Promise<SavedView> {
    const view = await this.get(ctx, id);
    return this.canEdit(ctx.actor, view) ? view : raise(AccessError.denied());
  }

  private async requireRoom(ctx: Ctx): Promise<void> {
    const count = await this.db.repo(ctx, SavedView).countBy({ ownerId: ctx.actor.id });
    if (count >= MOST_OWN_VIEWS) throw TicketViewError.tooManyViews({ limit: MOST_OWN_VIEWS });
  }

  private async check(
    ctx: Ctx,
    input: Pick<UpdateSavedView, 'query' | 'columns' | 'sort' | 'colorRules' | 'roleCodes' | 'teamIds'>,
  ): Promise<void> {
    const texts = [
      ...(input.query === undefined ? [] : [{ text: input.query, pointer: '/query' }]),
      ...(input.colorRules ?? []).map((rule, index) => ({ text: rule.if, pointer: `/colorRules/${index}/if` })),
    ].map((given) => ({ ...given, filter: this.filters.parse(ctx, given.text, given.pointer) }));
    const names = await this.filters.lookUp(
      ctx,
      texts.map(({ filter }) => filter),
      [...(input.columns ?? []), input.sort?.replace(/^-/, '') ?? ''],
    );
    this.filters.requireColumns(input.columns ?? [], names);
    const sort = input.sort && parseSort(input.sort);
    if (sort) this.filters.requireSort(sort, names);
    for (const { filter, pointer } of texts) this.filters.requireKnown(ctx, filter, names, pointer);
    const [unknown] = await this.db.query<{ role: string | null; team: string | null }>(
      ctx,
      `SELECT (SELECT x FROM unnest($1::text[]) x WHERE NOT EXISTS (SELECT 1 FROM role WHERE code = x) LIMIT 1) AS role,
              (SELECT x FROM unnest($2::uuid[]) x WHERE NOT EXISTS (SELECT 1 FROM team WHERE id = x) LIMIT 1) AS team`,
      [input.roleCodes ?? [], input.teamIds ?? []],
    );
    if (unknown?.role) throw fieldProblem('/roleCodes', 'tickets.viewRoleUnknown', { role: unknown.role });
    if (unknown?.team) throw fieldProblem('/teamIds', 'tickets.viewTeamUnknown');
  }
}

/** Own views, and shared ones meant for the actor's roles and teams; whoever manages shared views sees all of those. */
function usableBy(actor: Actor, params: SqlParams): string {
  if (actor.kind === 'system') return 'true';
  if (actor.kind !== 'employee') return 'false';
  const me = `${params.add(actor.id)}::uuid`;
  if (holds(actor, TicketPermission.manage_views)) return `(v."ownerId" IS NULL OR v."ownerId" = ${me})`;
  const myRoles = `SELECT r.code FROM employee e JOIN role r ON r.id = ANY(e."roleIds") WHERE e.id = ${me}`;
  return `(v."ownerId" = ${me} OR (v."ownerId" IS NULL
    AND (v."roleCodes" IS NULL OR v."roleCodes" && ARRAY(${myRoles}))
    AND (v."teamIds" IS NULL OR v."teamIds" && ${params.add(actor.teamIds)}::uuid[])))`;
}

const definedOf = <Given extends object>(given: Given): Partial<Given> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Given>;
