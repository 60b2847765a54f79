import { type Condition, type ConditionField, conditionProblems, isContradiction } from '@opora/modules/fields';
import { type StoredAction, TicketActions } from '@opora/modules/macros';
import { Secrets } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { fieldProblem, type FieldProblem, raise } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { Rule, type RuleDefinition, RuleVersion } from './rule.entity';
import { RuleAlarms } from './rule-alarms.service';
import { RuleBook } from './rule-book.service';
import { RuleMoments } from './rule-moments.service';
import { nextTime } from './rule-recurrence';
import { maskSecrets, sealSecrets } from './rule-secrets';
import type { RuleTrigger } from './rule-trigger';
import { triggerProblems } from './rule-trigger-check';
import { RuleTriggers } from './rule-triggers.service';
import type { CreateRule, UpdateRule } from './rules.dto';
import { RuleError } from './rules.errors';

const MAX_RULES = 300;
type Given = { trigger: unknown; when: unknown; actions: readonly StoredAction[] };

/** Rules in the order in which they are asked. Every change makes a version; versions stay. */
@Injectable()
export class Rules {
  constructor(
    private readonly db: Db,
    private readonly actions: TicketActions,
    private readonly triggers: RuleTriggers,
    private readonly book: RuleBook,
    private readonly moments: RuleMoments,
    private readonly alarms: RuleAlarms,
    private readonly secrets: Secrets,
    private readonly live: Live,
  ) {}

  list(ctx: Ctx): Promise<Rule[]> {
    return this.db.query<Rule>(ctx, `SELECT * FROM rule WHERE "archivedAt" IS NULL ORDER BY position, id`);
  }

  async get(ctx: Ctx, id: string): Promise<Rule> {
    const [rule] = await this.db.query<Rule>(ctx, `SELECT * FROM rule WHERE id = $1 AND "archivedAt" IS NULL`, [id]);
    return rule ?? raise(RuleError.notFound());
  }

  create(ctx: Ctx, { note, ...input }: CreateRule): Promise<Rule> {
    return this.db.tx(ctx, async (ctx) => {
      await this.book.lock(ctx);
      const rules = await this.list(ctx);
      if (rules.length >= MAX_RULES) throw RuleError.tooManyRules({ limit: MAX_RULES });
      const definition = await this.checked(ctx, {
        name: input.name,
        description: input.description || null,
        isActive: input.isActive ?? true,
        trigger: input.trigger as RuleTrigger,
        when: input.when,
        actions: input.actions.map(({ action, params }) => ({ action, params })),
        stopsOthers: input.stopsOthers ?? false,
      });
      const [{ number }] = (await this.db.query<{ number: string }>(
        ctx,
        `SELECT nextval('rule_numbers') AS number`,
      )) as [{ number: string }];
      const position = Math.max(0, ...rules.map((rule) => rule.position)) + 1;
      const rule = { id: newId(), number: Number(number), position, createdAt: ctx.now() };
      return this.save(ctx, { ...rule, ...definition }, 1, undefined, note || null);
    });
  }

  update(ctx: Ctx, id: string, seen: number, { note, ...input }: UpdateRule): Promise<Rule> {
    return this.db.tx(ctx, async (ctx) => {
      await this.book.lock(ctx);
      const before = await this.get(ctx, id);
      if (before.version !== seen) throw RuleError.stale({}, { current: { id, version: before.version } });
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      const wanted = { ...definitionOf(before), ...(given as Partial<RuleDefinition>) };
      const definition = await this.checked(
        ctx,
        {
          ...wanted,
          description: wanted.description || null,
          actions: input.actions
            ? input.actions.map(({ action, params }) => ({ action, params }))
            : maskSecrets(before.actions),
        },
        before.actions,
      );
      return this.save(ctx, { ...before, ...definition }, before.version + 1, before, note || null);
    });
  }

  /** An old version becomes the newest; whether the rule is on stays as it is. */
  restore(ctx: Ctx, id: string, version: number): Promise<Rule> {
    return this.db.tx(ctx, async (ctx) => {
      await this.book.lock(ctx);
      const before = await this.get(ctx, id);
      const [row] = await this.db.query<RuleVersion>(
        ctx,
        'SELECT * FROM rule_version WHERE "ruleId" = $1 AND version = $2',
        [id, version],
      );
      const old = row?.definition ?? raise(RuleError.versionNotFound());
      await this.check(ctx, { ...old, actions: maskSecrets(old.actions) });
      const note = t(ctx, 'rules.restored', { version });
      return this.save(ctx, { ...before, ...old, isActive: before.isActive }, before.version + 1, before, note);
    });
  }

  delete(ctx: Ctx, id: string): Promise<void> {
    return this.db.tx(ctx, async (ctx) => {
      await this.book.lock(ctx);
      const rule = await this.get(ctx, id);
      await this.db.query(
        ctx,
        `UPDATE rule SET "archivedAt" = $2, "isActive" = false, "nextAt" = NULL, revision = nextval('rule_revisions'), "updatedAt" = $2 WHERE id = $1`,
        [rule.id, ctx.now()],
      );
      await this.moments.forget(ctx, rule.id);
      await this.alarms.settle(ctx, rule.id);
      this.live.touch(ctx, ['rules'], 'staff');
    });
  }

  order(ctx: Ctx, ids: readonly string[]): Promise<Rule[]> {
    return this.db.tx(ctx, async (ctx) => {
      await this.book.lock(ctx);
      const known = new Set((await this.list(ctx)).map(({ id }) => id));
      const stranger = ids.findIndex((id) => !known.has(id.toLowerCase()));
      if (stranger >= 0) throw fieldProblem(`/ids/${stranger}`, 'rules.ruleUnknown');
      if (ids.length !== known.size) throw fieldProblem('/ids', 'rules.orderIncomplete');
      await this.db.query(
        ctx,
        `UPDATE rule r SET position = o.position, revision = nextval('rule_revisions')
         FROM unnest($1::uuid[]) WITH ORDINALITY AS o(id, position) WHERE r.id = o.id`,
        [ids],
      );
      this.live.touch(ctx, ['rules'], 'staff');
      return this.list(ctx);
    });
  }

  versions(ctx: Ctx, id: string): Promise<(RuleVersion & { changedByName: string | null })[]> {
    return this.db.query(
      ctx,
      `SELECT v.*, e.name AS "changedByName" FROM rule_version v LEFT JOIN employee e ON e.id = v."changedById"
       WHERE v."ruleId" = $1 ORDER BY v.version DESC LIMIT 500`,
      [id],
    );
  }

  /** Refuses what cannot work, each problem with its place. */
  async check(ctx: Ctx, { trigger, when, actions }: Given, more: readonly FieldProblem[] = []): Promise<void> {
    const wrong = triggerProblems(trigger, await this.triggers.known(ctx));
    const fields = await this.triggers.fieldsFor(ctx, wrong.length ? undefined : (trigger as RuleTrigger));
    const problems = [
      ...wrong,
      ...askedProblems(when, fields),
      ...(wrong.length ? [] : this.emptyProblems(trigger as RuleTrigger, when)),
      ...(await this.actions.problems(ctx, actions, { place: 'rule' })),
      ...nobodysProblems(actions),
      ...more,
    ];
    if (problems.length) throw invalid(problems);
  }

  private async checked(
    ctx: Ctx,
    definition: RuleDefinition,
    before?: readonly StoredAction[],
  ): Promise<RuleDefinition> {
    const { actions, problems } = sealSecrets(this.secrets, definition.actions, before);
    await this.check(ctx, definition, problems);
    return { ...definition, actions };
  }

  /** A schedule over every ticket there has ever been is a slip of the hand. */
  private emptyProblems({ kind }: RuleTrigger, when: unknown): FieldProblem[] {
    const isEmpty = JSON.stringify(when) === '{"all":[]}';
    return kind === 'schedule' && isEmpty
      ? [{ pointer: '/when', code: 'rules.scheduleNeedsCondition', message: '' }]
      : [];
  }

  private async save(
    ctx: TxCtx,
    rule: RuleDefinition & Pick<Rule, 'id' | 'number' | 'position' | 'createdAt'>,
    version: number,
    before: Rule | undefined,
    note: string | null,
  ): Promise<Rule> {
    const now = ctx.now();
    const isSame = before?.isActive && JSON.stringify(before.trigger) === JSON.stringify(rule.trigger);
    const activeSince = !rule.isActive ? null : isSame ? before.activeSince : now;
    const nextAt = rule.isActive && rule.trigger.kind === 'schedule' ? nextTime(rule.trigger, now) : null;
    await this.db.query(
      ctx,
      `INSERT INTO rule (id, number, name, description, position, "isActive", version, revision, trigger, "when", actions, "stopsOthers", "activeSince", "nextAt", "createdAt", "updatedAt")
       VALUES ($1, $2, $3, $4, $5, $6, $7, nextval('rule_revisions'), $8, $9, $10, $11, $12, $13, $14, $15)
       ON CONFLICT (id) DO UPDATE SET name = $3, description = $4, "isActive" = $6, version = $7, revision = EXCLUDED.revision, trigger = $8, "when" = $9,
         actions = $10, "stopsOthers" = $11, "activeSince" = $12, "nextAt" = $13, "updatedAt" = $15`,
      [
        rule.id,
        rule.number,
        rule.name,
        rule.description,
        rule.position,
        rule.isActive,
        version,
        JSON.stringify(rule.trigger),
        JSON.stringify(rule.when),
        JSON.stringify(rule.actions),
        rule.stopsOthers,
        activeSince,
        nextAt,
        rule.createdAt,
        now,
      ],
    );
    const changedById = ctx.actor.kind === 'employee' ? ctx.actor.id : null;
    const snapshot = { ruleId: rule.id, version, definition: definitionOf(rule), note, changedById, createdAt: now };
    await this.db.repo(ctx, RuleVersion).insert(snapshot as never);
    if (!isSame) await this.moments.forget(ctx, rule.id);
    if (!isSame && rule.isActive && rule.trigger.kind === 'after') await this.moments.armAll(ctx, rule.id);
    this.live.touch(ctx, ['rules'], 'staff');
    return this.get(ctx, rule.id);
  }
}

/** A rule acts in nobody's name: there is no «me». */
const nobodysProblems = (actions: readonly StoredAction[]): FieldProblem[] =>
  actions.flatMap(({ params }, index) =>
    params.assigneeId === 'me'
      ? [{ pointer: `/actions/${index}/params/assigneeId`, code: 'rules.nobodysName', message: '' }]
      : [],
  );

const askedProblems = (when: unknown, fields: readonly ConditionField[]): FieldProblem[] => {
  const problems = conditionProblems(when, fields);
  if (problems.length || !isContradiction(when as Condition, fields)) return problems;
  return [{ pointer: '/when', code: 'fields.conditionContradiction', message: '' }];
};

/** What of a rule its versions keep. */
export const definitionOf = ({
  name,
  description,
  isActive,
  trigger,
  when,
  actions,
  stopsOthers,
}: RuleDefinition): RuleDefinition => ({
  name,
  description,
  isActive,
  trigger,
  when,
  actions,
  stopsOthers,
});
