import { type Condition, clausesOf, explain, type Facts, matches } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { Injectable } from '@nestjs/common';
import { CompiledCalendars } from './compiled-calendars.service';
import type { PolicyDefinition, SlaPolicy } from './sla-policy.entity';
import { type CalendarKey, calendarIdsOf, type Calendars, type Promises, type Rules } from './sla-timeline';
import { intersectCalendars, type WorkCalendar } from './work-time';

export type ActivePolicy = Pick<SlaPolicy, 'id' | 'version' | 'position'> & PolicyDefinition;
/** What counts now: policies in their order, the newest version of every calendar. */
export type Setup = {
  stamp: string;
  policies: readonly ActivePolicy[];
  /** Fields that conditions ask about. */
  asked: ReadonlySet<string>;
  versions: Readonly<Record<string, number>>;
  /** There has never been a policy, so no ticket has a clock. */
  isEmpty: boolean;
};
type Version = { id: string; version: number };

/** Changes with everything a setup is made of: two small tables. */
export const STAMP = `(SELECT concat_ws(' ',
  (SELECT md5(string_agg(concat_ws(':', id, version, position, "isActive", "archivedAt"), ',' ORDER BY id)) FROM sla_policy),
  (SELECT concat(count(*), ' ', sum(version)) FROM work_calendar)))`;

const MOST_INTERSECTIONS = 1000;

/** Policies and calendars as clocks need them, kept in this process until a newer version is there. */
@Injectable()
export class SlaSetup {
  private current?: Setup;
  private readonly snapshots = new Map<string, Promises & Pick<PolicyDefinition, 'onChange' | 'metrics'>>();
  private readonly intersections = new Map<string, WorkCalendar>();

  constructor(
    private readonly db: Db,
    private readonly compiled: CompiledCalendars,
  ) {}

  /** What this process last knew; undefined before the first look. */
  get known(): Setup | undefined {
    return this.current;
  }

  /** What counts now. `stamp` saves a question when the caller has just read it. */
  async now(ctx: Ctx, stamp?: string): Promise<Setup> {
    const newest = stamp ?? (await this.db.query<{ stamp: string }>(ctx, `SELECT ${STAMP} AS stamp`))[0]!.stamp;
    if (this.current?.stamp === newest) return this.current;
    const policies = await this.db.query<ActivePolicy>(
      ctx,
      `SELECT id, version, position, name, "isActive", "when", "calendarId", "objectCalendarMode", metrics, "onChange"
       FROM sla_policy WHERE "isActive" AND "archivedAt" IS NULL ORDER BY position, id`,
    );
    const versions = await this.db.query<Version>(ctx, 'SELECT id, version FROM work_calendar');
    const [first] = await this.db.query(ctx, 'SELECT 1 FROM sla_policy LIMIT 1');
    this.current = {
      stamp: newest,
      policies,
      asked: new Set(policies.flatMap(({ when }) => clausesOf(when).map(({ field }) => field))),
      isEmpty: !first,
      versions: Object.fromEntries(versions.map(({ id, version }) => [id, version])),
    };
    return this.current;
  }

  /** The first policy that fits. */
  match({ policies }: Setup, facts: Facts): ActivePolicy | undefined {
    return policies.find(({ when }) => matches(when, facts));
  }

  /** Every policy in its order, whether it fits, and the parts of its condition that do not. */
  candidates({ policies }: Setup, facts: Facts): { policy: ActivePolicy; failed: string[] }[] {
    return policies.map((policy) => ({ policy, failed: explain(policy.when, facts) }));
  }

  /** The versions a policy counts by now. */
  calendarsOf(setup: Setup, policy: Pick<Promises, 'calendarId' | 'metrics'>, object: CalendarKey | null): Calendars {
    return {
      versions: Object.fromEntries(calendarIdsOf(policy).map((id) => [id, setup.versions[id] ?? 1])),
      object,
    };
  }

  /** The rules of these policy and calendar versions, at hand without a further question. */
  async rules(ctx: Ctx, policies: readonly Version[], calendars: readonly CalendarKey[]): Promise<Rules> {
    await this.loadPolicies(ctx, policies);
    const compiled = await this.compiled.versions(
      ctx,
      calendars.map(({ id, version }) => ({ calendarId: id, version })),
    );
    const alone = (key: CalendarKey): WorkCalendar =>
      compiled.get(keyOf(key)) ?? raise(new Error(`no calendar ${keyOf(key)}`));
    return {
      promises: (id, version) => this.snapshots.get(`${id} ${version}`),
      calendar: (own, object) => (object ? this.both(own, object, alone) : alone(own)),
    };
  }

  /** A policy's version that `rules` has loaded. */
  snapshot(id: string, version: number): (Promises & Pick<PolicyDefinition, 'onChange' | 'metrics'>) | undefined {
    return this.snapshots.get(`${id} ${version}`);
  }

  /** Hours of both, computed once for all tickets of the object. */
  private both(own: CalendarKey, object: CalendarKey, alone: (key: CalendarKey) => WorkCalendar): WorkCalendar {
    const key = `${keyOf(own)} ${keyOf(object)}`;
    const known = this.intersections.get(key);
    if (known) return known;
    if (this.intersections.size >= MOST_INTERSECTIONS) this.intersections.clear();
    const both = intersectCalendars(alone(own), alone(object));
    this.intersections.set(key, both);
    return both;
  }

  private async loadPolicies(ctx: Ctx, versions: readonly Version[]): Promise<void> {
    const missing = versions.filter(({ id, version }) => !this.snapshots.has(`${id} ${version}`));
    if (!missing.length) return;
    const rows = await this.db.query<Version & { definition: PolicyDefinition }>(
      ctx,
      `SELECT "policyId" AS id, version, definition FROM sla_policy_version
       WHERE ("policyId", version) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))`,
      columnsOf(missing),
    );
    for (const { id, version, definition } of rows)
      this.snapshots.set(`${id} ${version}`, { id, version, ...definition });
  }
}

const keyOf = ({ id, version }: CalendarKey): string => `${id}:${version}`;
const columnsOf = (versions: readonly Version[]): unknown[] => [
  versions.map(({ id }) => id),
  versions.map(({ version }) => version),
];

/** The condition is always true: no facts are needed to know it. */
export const isAlways = (when: Condition): boolean => 'all' in when && when.all.length === 0;
