import { matches } from '@opora/modules/fields';
import { TicketFacts } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import { clockAt } from './sla-clock';
import { SlaClocks, type Timed } from './sla-clocks.service';
import type { UpdatePolicy } from './sla-policies.dto';
import { SlaPolicies } from './sla-policies.service';
import { SlaPolicy } from './sla-policy.entity';
import type { ImpactCountView, ImpactSampleView, ImpactView } from './sla-recounts.dto';
import { SlaRuleError } from './sla-rules.errors';
import { type ActivePolicy, type Setup, SlaSetup } from './sla-setup.service';
import { type Binding, type BindingMode, type Calendars, runsOf, type TimedRun } from './sla-timeline';

/** More open tickets than that are not looked at: the answer must come while somebody waits. */
const MOST = 5000;
const TOGETHER = 500;
const SAMPLE = 20;
/** No saved version has this number. */
const DRAFT = 0;

type Move = { ticketId: string; metric: ImpactSampleView['metric']; before: number | null; after: number | null };
type Count = Omit<ImpactCountView, 'sample'> & { moves: Move[] };
type Forecast = { setup: Setup; draft: ActivePolicy; mode: BindingMode; tickets: string };

const NOTHING: Count = { checked: 0, moved: 0, breached: 0, rescued: 0, moves: [] };
const PART = `($1::uuid IS NULL OR id < $1) ORDER BY id DESC LIMIT ${TOGETHER}`;
/** Whom a recount asks. */
const OPEN = `SELECT id FROM ticket WHERE "deletedAt" IS NULL AND "mergedIntoId" IS NULL AND "statusCategory" NOT IN ('done', 'closed') AND $2::uuid IS NOT NULL AND ${PART}`;
/** Whom saving the policy asks: tickets with a clock of it that is not over. */
const BOUND = `SELECT id FROM (SELECT DISTINCT "ticketId" AS id FROM sla_clock WHERE "policyId" = $2 AND "stoppedAt" IS NULL) k WHERE ${PART}`;

/** «n tickets move»: what saving a policy as it stands on a screen would do by its own setting, and what a recount by it would do. */
@Injectable()
export class SlaImpact {
  constructor(
    private readonly db: Db,
    private readonly policies: SlaPolicies,
    private readonly setup: SlaSetup,
    private readonly clocks: SlaClocks,
    private readonly facts: TicketFacts,
  ) {}

  async of(ctx: Ctx, policyId: string, input: UpdatePolicy): Promise<ImpactView> {
    const saved = await this.db.repo(ctx, SlaPolicy).findOneBy({ id: policyId });
    if (!saved || saved.archivedAt) throw SlaRuleError.policyNotFound();
    const definition = await this.policies.draft(ctx, policyId, input);
    const draft = { ...definition, id: saved.id, version: DRAFT, position: saved.position };
    const setup = withDraft(await this.setup.now(ctx), draft, input.position);
    const { policy: onChange } = draft.onChange;
    const saving: Forecast = { setup, draft, mode: onChange, tickets: BOUND };
    // The setting says that what is promised stays promised: no ticket has to be asked.
    const save = onChange === 'keep' ? NOTHING : await this.forecast(ctx, saving);
    const recount = await this.forecast(ctx, { setup, draft, mode: 'recount', tickets: OPEN });
    return { onChange, ...(await this.shown(ctx, save)), recount: await this.shown(ctx, recount) };
  }

  private async forecast(ctx: Ctx, asked: Forecast): Promise<Count> {
    const count: Count = { checked: 0, moved: 0, breached: 0, rescued: 0, moves: [] };
    let after: string | null = null;
    while (count.checked < MOST) {
      const rows: { id: string }[] = await this.db.query(ctx, asked.tickets, [after, asked.draft.id]);
      const ids = rows.map(({ id }) => id);
      await this.countPart(ctx, asked, ids, count);
      if (ids.length < TOGETHER) break;
      after = ids.at(-1)!;
    }
    return count;
  }

  private async countPart(ctx: Ctx, asked: Forecast, ids: string[], count: Count): Promise<void> {
    if (!ids.length) return;
    const now = ctx.now().getTime();
    const facts = await this.facts.of(ctx, ids);
    const present = await this.clocks.time(ctx, await this.clocks.rows(ctx, ids), now);
    for (const timed of present) {
      count.checked++;
      const fitting = asked.setup.policies.find(({ when }) => matches(when, facts.get(timed.row.id) ?? {}));
      const isBound = timed.decisions.bindings.at(-1)?.policyId === asked.draft.id;
      if (fitting?.id !== asked.draft.id && !isBound) continue;
      compare(timed, await this.runsWith(ctx, asked, timed, fitting), now, count);
    }
  }

  /** The clocks as they would be; without a policy that fits, only what is over stays. */
  private async runsWith(
    ctx: Ctx,
    { setup, draft, mode }: Forecast,
    { row, story, decisions }: Timed,
    policy: ActivePolicy | undefined,
  ) {
    const object = row.objectCalendarId && {
      id: row.objectCalendarId,
      version: setup.versions[row.objectCalendarId] ?? 1,
    };
    const calendars = policy ? this.setup.calendarsOf(setup, policy, object || null) : { versions: {}, object: null };
    const binding: Binding = {
      ...calendars,
      at: decisions.bindings.length ? ctx.now().getTime() : row.createdAt,
      policyId: policy?.id ?? null,
      version: !policy || policy.id === draft.id ? DRAFT : policy.version,
      mode: decisions.bindings.length ? mode : 'start',
    };
    const versions = Object.entries(calendars.versions).map(([id, version]) => ({ id, version }));
    const changed = [...decisions.bindings, ...decisions.calendarChanges];
    const rules = await this.setup.rules(
      ctx,
      [
        ...decisions.bindings.flatMap(({ policyId, version }) => (policyId ? [{ id: policyId, version }] : [])),
        ...(policy ? [{ id: policy.id, version: policy.version }] : []),
      ],
      [...versions, ...(object ? [object] : []), ...changed.flatMap((bound) => keysOf(bound))],
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

  private async shown(ctx: Ctx, { moves, ...numbers }: Count): Promise<ImpactCountView> {
    return { ...numbers, sample: await this.sample(ctx, moves) };
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

const keysOf = ({ versions, object }: Calendars) => [
  ...Object.entries(versions).map(([id, version]) => ({ id, version })),
  ...(object ? [object] : []),
];

/** The order of policies as it would be: a place counts all policies, also those that are switched off. */
function withDraft(setup: Setup, draft: ActivePolicy, position: number | undefined): Setup {
  const others = setup.policies.filter(({ id }) => id !== draft.id);
  if (!draft.isActive) return { ...setup, policies: others };
  // Without the draft, those below it are one place higher.
  const placeOf = (policy: ActivePolicy) => (policy.position > draft.position ? policy.position - 1 : policy.position);
  const isBefore = (policy: ActivePolicy): boolean =>
    position === undefined ? policy.position < draft.position : placeOf(policy) < position;
  return {
    ...setup,
    policies: [...others.filter(isBefore), draft, ...others.filter((policy) => !isBefore(policy))],
  };
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
