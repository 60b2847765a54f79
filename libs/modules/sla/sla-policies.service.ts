import { type Condition, type FieldAlias, FieldCatalogue } from '@opora/modules/fields';
import { TICKET_SOURCES } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { type FieldProblem, raise } from '@opora/platform/errors';
import { Events } from '@opora/platform/events';
import { t } from '@opora/platform/i18n';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import type { CheckPolicy, CreatePolicy, MetricInput, UpdatePolicy } from './sla-policies.dto';
import { definitionOf, filledMetrics, ON_CHANGE_DEFAULT, toPolicyView } from './sla-policy-rows';
import {
  type PolicyFinding,
  policyFindings,
  type PolicyInOrder,
  meaninglessProblems,
  promiseProblems,
  warningShapeProblems,
} from './sla-policy-check';
import { type PolicyDefinition, type PolicyMetric, SlaPolicy, SlaPolicyVersion } from './sla-policy.entity';
import { PolicyReferences } from './sla-policy-references.service';
import { SlaRuleError } from './sla-rules.errors';
import { SlaPolicyChanged } from './sla-rules.events';
import type { PolicyFindingView, PolicyView } from './sla-policy-views.dto';
import { refused } from './work-calendars.service';

const MAX_POLICIES = 200;
/** How a form was filled in is forgotten; of a ticket only its mail is known. */
const CHANNEL_OF_TICKETS: FieldAlias = {
  of: 'source',
  whole: true,
  values: Object.fromEntries(TICKET_SOURCES.map((source) => [source, source === 'email' ? 'mail' : null])),
};

/** Policies in the order in which they are tried. A change makes a new version; the old ones stay for the tickets that have them. */
@Injectable()
export class SlaPolicies {
  /** The last proof: it takes a while with many policies, and they rarely change. */
  private proved?: { key: string; found: PolicyFinding[] };

  constructor(
    private readonly db: Db,
    private readonly catalogue: FieldCatalogue,
    private readonly references: PolicyReferences,
    private readonly events: Events,
    private readonly live: Live,
  ) {}

  async list(ctx: Ctx): Promise<PolicyView[]> {
    const policies = await this.rows(ctx);
    const calendars = await this.references.calendarNames(ctx);
    const findings = await this.findings(ctx, policies);
    return policies.map((policy, index) => toPolicyView(policy, index + 1, calendars, findings));
  }

  async get(ctx: Ctx, id: string): Promise<PolicyView> {
    return (await this.list(ctx)).find((policy) => policy.id === id) ?? raise(SlaRuleError.policyNotFound());
  }

  create(ctx: Ctx, { position, ...input }: CreatePolicy): Promise<PolicyView> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const policies = await this.rows(ctx);
      if (policies.length >= MAX_POLICIES) throw SlaRuleError.tooManyPolicies({ limit: MAX_POLICIES });
      const definition = await this.checked(ctx, {
        isActive: true,
        objectCalendarMode: 'ignore',
        ...input,
        metrics: metricsOf(input.metrics),
        onChange: { ...ON_CHANGE_DEFAULT, ...input.onChange },
      });
      const id = newId();
      const now = ctx.now();
      const place = { position: policies.length + 1, version: 1, archivedAt: null, createdAt: now, updatedAt: now };
      await this.db.repo(ctx, SlaPolicy).insert({ id, ...definition, ...place } as never);
      await this.moveTo(ctx, [...policies.map((policy) => policy.id), id], id, position);
      return this.remember(ctx, id);
    });
  }

  update(ctx: Ctx, id: string, version: number, { position, ...input }: UpdatePolicy): Promise<PolicyView> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const policies = await this.rows(ctx);
      const policy = policies.find((one) => one.id === id) ?? raise(SlaRuleError.policyNotFound());
      if (policy.version !== version) throw SlaRuleError.stale({}, { current: await this.get(ctx, id) });
      const definition = await this.checked(ctx, merged(policy, input));
      const changes = { ...definition, version: version + 1, updatedAt: ctx.now() };
      await this.db.repo(ctx, SlaPolicy).update({ id }, changes as never);
      const ids = policies.map((one) => one.id);
      await this.moveTo(ctx, ids, id, position);
      return this.remember(ctx, id);
    });
  }

  /** The policy as it would be after a change; refused like the change itself. Nothing is saved. */
  async draft(ctx: Ctx, id: string, input: Omit<UpdatePolicy, 'position'>): Promise<PolicyDefinition> {
    const policy = (await this.rows(ctx)).find((one) => one.id === id) ?? raise(SlaRuleError.policyNotFound());
    return this.checked(ctx, merged(policy, input));
  }

  /** Gone from the list; tickets that were promised something by it keep it. */
  remove(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const policies = await this.rows(ctx);
      const policy = policies.find((one) => one.id === id) ?? raise(SlaRuleError.policyNotFound());
      await this.db.repo(ctx, SlaPolicy).update({ id }, { archivedAt: ctx.now(), updatedAt: ctx.now() });
      const left = policies.filter((one) => one.id !== id).map((one) => one.id);
      await this.moveTo(ctx, left, left[0], undefined);
      await this.tell(ctx, id, policy.version);
    });
  }

  order(ctx: Ctx, ids: string[]): Promise<PolicyView[]> {
    return this.db.tx(ctx, async (ctx) => {
      await this.lock(ctx);
      const policies = await this.rows(ctx);
      const known = new Set(policies.map(({ id }) => id));
      const stranger = ids.findIndex((id) => !known.has(id));
      if (stranger >= 0) throw refused([problem(`/ids/${stranger}`, 'policyUnknown')]);
      if (ids.length !== policies.length) throw refused([problem('/ids', 'orderIncomplete')]);
      await this.place(ctx, ids);
      for (const { id, version } of policies) await this.tell(ctx, id, version);
      return this.list(ctx);
    });
  }

  /** What the order would do to the policies if one of them were like this. */
  async check(ctx: Ctx, { id, when, position, isActive }: CheckPolicy): Promise<PolicyFindingView[]> {
    const policies: PolicyInOrder[] = await this.rows(ctx);
    if (id === undefined && when === undefined) return this.findings(ctx, policies);
    if (when !== undefined) await this.checkCondition(ctx, when);
    const at = id === undefined ? policies.length : policies.findIndex((policy) => policy.id === id);
    if (at < 0) throw refused([problem('/id', 'policyUnknown')]);
    const fresh: PolicyInOrder = { id: null, name: t(ctx, 'sla.newPolicy'), isActive: true, when: { all: [] } };
    const before = policies[at] ?? fresh;
    const policy = { ...before, when: when ?? before.when, isActive: isActive ?? before.isActive };
    const others = policies.filter((_, index) => index !== at);
    others.splice(position === undefined ? at : position - 1, 0, policy);
    return this.findings(ctx, others);
  }

  private rows(ctx: Ctx): Promise<SlaPolicy[]> {
    return this.db.query<SlaPolicy>(ctx, `SELECT * FROM sla_policy WHERE "archivedAt" IS NULL ORDER BY position, id`);
  }

  private async findings(ctx: Ctx, policies: readonly PolicyInOrder[]): Promise<PolicyFindingView[]> {
    const catalogue = await this.catalogue.of(ctx, 'ticket');
    const key = JSON.stringify([
      policies.map(({ id, name, isActive, when }) => [id, name, isActive, when]),
      catalogue.map(({ name, type, options }) => [name, type, options?.map(({ value }) => value)]),
    ]);
    if (this.proved?.key !== key) this.proved = { key, found: policyFindings(policies, catalogue) };
    return this.proved.found.map((finding) => ({ ...finding, message: wordsOf(ctx, finding) }));
  }

  private async checked(ctx: Ctx, definition: PolicyDefinition): Promise<PolicyDefinition> {
    const problems: FieldProblem[] = [
      ...(await this.conditionProblems(ctx, definition.when)),
      ...promiseProblems(definition.metrics),
      ...(await this.references.problemsOf(ctx, definition)),
    ];
    if (problems.length) throw refused(problems);
    return definition;
  }

  private async checkCondition(ctx: Ctx, when: Condition): Promise<void> {
    const problems = await this.conditionProblems(ctx, when);
    if (problems.length) throw refused(problems);
  }

  /** Everything because of which a condition would never hold of a ticket. */
  private async conditionProblems(ctx: Ctx, when: Condition): Promise<FieldProblem[]> {
    const problems = await this.catalogue.problemsOf(ctx, 'ticket', when, { channel: CHANNEL_OF_TICKETS });
    return problems.length ? problems : this.references.problemsOfCondition(ctx, when);
  }

  private async moveTo(ctx: TxCtx, ids: string[], id: string | undefined, position: number | undefined): Promise<void> {
    const order = position === undefined || !id ? ids : ids.filter((one) => one !== id);
    if (position !== undefined && id) order.splice(position - 1, 0, id);
    await this.place(ctx, order);
  }

  private async place(ctx: TxCtx, ids: string[]): Promise<void> {
    await this.db.query(
      ctx,
      `UPDATE sla_policy p SET position = o.position, "updatedAt" = $2
       FROM unnest($1::uuid[]) WITH ORDINALITY AS o(id, position) WHERE p.id = o.id AND p.position <> o.position`,
      [ids, ctx.now()],
    );
  }

  private async remember(ctx: TxCtx, id: string): Promise<PolicyView> {
    const policy = (await this.rows(ctx)).find((one) => one.id === id) ?? raise(SlaRuleError.policyNotFound());
    const changedById = ctx.actor.kind === 'employee' ? ctx.actor.id : null;
    const snapshot = { policyId: id, version: policy.version, definition: definitionOf(policy), changedById };
    await this.db.repo(ctx, SlaPolicyVersion).insert({ ...snapshot, createdAt: ctx.now() } as never);
    await this.tell(ctx, id, policy.version);
    return this.get(ctx, id);
  }

  private async tell(ctx: TxCtx, policyId: string, version: number): Promise<void> {
    await this.events.publish(ctx, SlaPolicyChanged({ policyId, version }));
    this.live.touch(ctx, ['sla-policies'], 'staff');
  }

  private lock(ctx: TxCtx): Promise<unknown> {
    return this.db.query(ctx, `SELECT pg_advisory_xact_lock(hashtext('sla.policies'))`);
  }
}

const problem = (pointer: string, name: string): FieldProblem => ({ pointer, code: `sla.${name}`, message: '' });

function merged(policy: PolicyDefinition, input: Omit<UpdatePolicy, 'position'>): PolicyDefinition {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return definitionOf({
    ...policy,
    ...(given as Partial<PolicyDefinition>),
    metrics: input.metrics ? metricsOf(input.metrics) : policy.metrics,
    onChange: { ...policy.onChange, ...input.onChange },
  });
}

function metricsOf(given: readonly MetricInput[]): PolicyMetric[] {
  const problems = [...warningShapeProblems(given), ...meaninglessProblems(given)];
  if (problems.length) throw refused(problems);
  return filledMetrics(given);
}

function wordsOf(ctx: Ctx, { kind, policy, others }: PolicyFinding): string {
  const names = others.map(({ name }) => `«${name}»`).join(', ');
  return t(ctx, `sla.finding.${kind}`, { name: policy.name, names });
}
