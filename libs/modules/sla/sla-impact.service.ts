import { matches } from '@opora/modules/fields';
import { TicketFacts } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { clockAt } from './sla-clock';
import { SlaClocks, type Timed } from './sla-clocks.service';
import type { UpdatePolicy } from './sla-policies.dto';
import { definitionOf, filledMetrics } from './sla-policy-rows';
import { type PolicyDefinition, SlaPolicy } from './sla-policy.entity';
import type { ImpactSampleView, ImpactView } from './sla-recounts.dto';
import { SlaRuleError } from './sla-rules.errors';
import { type ActivePolicy, type Setup, SlaSetup } from './sla-setup.service';
import { type Binding, calendarIdsOf, runsOf, type TimedRun } from './sla-timeline';

/** More open tickets than that are not looked at: the answer must come while somebody waits. */
const MOST = 5000;
const TOGETHER = 500;
const SAMPLE = 20;
/** No saved version has this number. */
const DRAFT = 0;

type Move = { ticketId: string; metric: ImpactSampleView['metric']; before: number | null; after: number | null };
type Count = Omit<ImpactView, 'sample'> & { moves: Move[] };

/** «n tickets move»: what a policy as it stands on a screen would do to open tickets, if they were counted anew by it. */
@Injectable()
export class SlaImpact {
  constructor(
    private readonly db: Db,
    private readonly setup: SlaSetup,
    private readonly clocks: SlaClocks,
    private readonly facts: TicketFacts,
  ) {}

  async of(ctx: Ctx, policyId: string, input: UpdatePolicy): Promise<ImpactView> {
    const saved = await this.db.repo(ctx, SlaPolicy).findOneBy({ id: policyId });
    if (!saved || saved.archivedAt) throw SlaRuleError.policyNotFound();
    const draft = draftOf(saved, input);
    const setup = withDraft(await this.setup.now(ctx), draft, input.position ?? saved.position);
    const count: Count = { checked: 0, moved: 0, breached: 0, rescued: 0, moves: [] };
    let after: string | null = null;
    while (count.checked < MOST) {
      const ids: string[] = await this.openTickets(ctx, after);
      await this.countPart(ctx, setup, draft, ids, count);
      if (ids.length < TOGETHER) break;
      after = ids.at(-1)!;
    }
    const { moves, ...numbers } = count;
    return { ...numbers, sample: await this.sample(ctx, moves) };
  }

  private async openTickets(ctx: Ctx, after: string | null): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM ticket WHERE "deletedAt" IS NULL AND "statusCategory" NOT IN ('done', 'closed') AND ($1::uuid IS NULL OR id < $1) ORDER BY id DESC LIMIT ${TOGETHER}`,
      [after],
    );
    return rows.map(({ id }) => id);
  }

  private async countPart(ctx: Ctx, setup: Setup, draft: ActivePolicy, ids: string[], count: Count): Promise<void> {
    if (!ids.length) return;
    const now = ctx.now().getTime();
    const facts = await this.facts.of(ctx, ids);
    const present = await this.clocks.time(ctx, await this.clocks.rows(ctx, ids), now);
    for (const timed of present) {
      count.checked++;
      const fitting = setup.policies.find(({ when }) => matches(when, facts.get(timed.row.id) ?? {}));
      const isBound = timed.policy?.id === draft.id;
      if (fitting?.id !== draft.id && !isBound) continue;
      compare(timed, await this.runsWith(ctx, setup, timed, fitting, draft), now, count);
    }
  }

  /** The clocks as they would be. */
  private async runsWith(
    ctx: Ctx,
    setup: Setup,
    { row, story, decisions }: Timed,
    policy: ActivePolicy | undefined,
    draft: ActivePolicy,
  ) {
    if (!policy) return [];
    const object = row.objectCalendarId && {
      id: row.objectCalendarId,
      version: setup.versions[row.objectCalendarId] ?? 1,
    };
    const calendars = this.setup.calendarsOf(setup, policy, object || null);
    const isDraft = policy.id === draft.id;
    const binding: Binding = {
      ...calendars,
      at: decisions.bindings.length ? ctx.now().getTime() : row.createdAt,
      policyId: policy.id,
      version: isDraft ? DRAFT : policy.version,
      mode: decisions.bindings.length ? 'recount' : 'start',
    };
    const versions = Object.entries(calendars.versions).map(([id, version]) => ({ id, version }));
    const rules = await this.setup.rules(
      ctx,
      [
        ...decisions.bindings.flatMap(({ policyId, version }) => (policyId ? [{ id: policyId, version }] : [])),
        { id: policy.id, version: policy.version },
      ],
      [...versions, ...(object ? [object] : []), ...decisions.bindings.flatMap((bound) => keysOf(bound))],
    );
    return runsOf(
      story,
      { ...decisions, bindings: [...decisions.bindings, binding] },
      {
        ...rules,
        promises: (id, version) => (id === draft.id && version === DRAFT ? draft : rules.promises(id, version)),
      },
    );
  }

  private async sample(ctx: Ctx, moves: readonly Move[]): Promise<ImpactSampleView[]> {
    const shown = moves.slice(0, SAMPLE);
    const rows = await this.db.query<ImpactSampleView['ticket']>(
      ctx,
      'SELECT id, number, subject FROM ticket WHERE id = ANY($1::uuid[])',
      [shown.map(({ ticketId }) => ticketId)],
    );
    const iso = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString());
    return shown.flatMap(({ ticketId, metric, before, after }) => {
      const ticket = rows.find(({ id }) => id === ticketId);
      return ticket ? [{ ticket, metric, before: iso(before), after: iso(after) }] : [];
    });
  }
}

const keysOf = ({ versions, object }: Binding) => [
  ...Object.entries(versions).map(([id, version]) => ({ id, version })),
  ...(object ? [object] : []),
];

function draftOf(saved: SlaPolicy, { position: _, metrics, onChange, ...input }: UpdatePolicy): ActivePolicy {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const definition: PolicyDefinition = {
    ...definitionOf(saved),
    ...(given as Partial<PolicyDefinition>),
    metrics: metrics ? filledMetrics(metrics) : saved.metrics,
    onChange: { ...saved.onChange, ...onChange },
  };
  return { ...definition, id: saved.id, version: DRAFT, position: saved.position };
}

/** The order of policies as it would be. */
function withDraft(setup: Setup, draft: ActivePolicy, position: number): Setup {
  const others = setup.policies.filter(({ id }) => id !== draft.id);
  const unknown = calendarIdsOf(draft).find((id) => !(id in setup.versions));
  if (unknown) raise(SlaRuleError.calendarNotFound());
  if (!draft.isActive) return { ...setup, policies: others };
  const before = others.filter((policy) => policy.position < position);
  return { ...setup, policies: [...before, draft, ...others.filter((policy) => policy.position >= position)] };
}

function compare({ row, computed }: Timed, runs: readonly TimedRun[], now: number, count: Count): void {
  const before = new Map(computed.map(({ metric, cycle, clock }) => [`${metric} ${cycle}`, { metric, clock }]));
  const after = new Map(
    runs.map(({ metric, cycle, run }) => [`${metric} ${cycle}`, { metric, clock: clockAt(run, now) }]),
  );
  const isLate = (clocks: typeof before): boolean =>
    [...clocks.values()].some(({ clock }) => clock.state === 'breached');
  const moves = [...new Set([...before.keys(), ...after.keys()])].flatMap((key): Move[] => {
    const [was, is] = [before.get(key), after.get(key)];
    const [from, to] = [was?.clock.dueAt ?? null, is?.clock.dueAt ?? null];
    return from === to ? [] : [{ ticketId: row.id, metric: (was ?? is)!.metric, before: from, after: to }];
  });
  if (moves.length) count.moved++;
  if (isLate(after) && !isLate(before)) count.breached++;
  if (isLate(before) && !isLate(after)) count.rescued++;
  count.moves.push(...moves);
}
