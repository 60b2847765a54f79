import {
  type Condition,
  type ConditionField,
  conditionProblems,
  FieldCatalogue,
  FieldReferences,
  isContradiction,
} from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { unreachable } from './routing-choice';
import type { RoutingFindingView, RoutingRowWithNames } from './routing-rows.dto';
import type { RoutingRow } from './routing-row.entity';

/** What a ticket does not have yet when it is routed, or what depends on who fills in a form. */
const NOT_ASKED = new Set(['teamId', 'teamLine', 'assigneeId', 'channel']);

type RowDraft = Pick<RoutingRow, 'when' | 'hours' | 'calendarId' | 'teamId' | 'assigneeId'>;
type Lead = { pointer: string; reference: string; id: string };
type Reference = Parameters<FieldReferences['visible']>[1];

/** What is wrong with a row of the routing table, and what the table does to its rows. */
@Injectable()
export class RoutingCheck {
  /** The last proof: it takes a while with many rows, and they rarely change. */
  private proved?: { key: string; found: ReturnType<typeof unreachable> };

  constructor(
    private readonly db: Db,
    private readonly catalogue: FieldCatalogue,
    private readonly references: FieldReferences,
  ) {}

  /** Every problem with its place: a condition nothing can meet, ids that lead nowhere, hours without a calendar. */
  async problemsOf(ctx: Ctx, row: RowDraft): Promise<FieldProblem[]> {
    const fields = await this.fields(ctx);
    const wrong = conditionProblems(row.when, fields);
    if (!wrong.length && isContradiction(row.when, fields))
      wrong.push({ pointer: '/when', code: 'fields.conditionContradiction', message: '' });
    const lost = wrong.length ? [] : await this.lostReferences(ctx, row.when, fields);
    return [...wrong, ...lost, ...(await this.targetProblems(ctx, row))];
  }

  /** For each row what is the matter with it, by its id. */
  async findings(ctx: Ctx, rows: readonly RoutingRowWithNames[]): Promise<Map<string, RoutingFindingView[]>> {
    const found = await this.unreachable(ctx, rows);
    return new Map(
      rows.map((row) => {
        const takers = found.find((one) => one.row.id === row.id)?.takers ?? [];
        const others = takers.map(({ id, name }) => ({ id, name }));
        const names = others.map(({ name }) => `«${name}»`).join(', ');
        const findings: RoutingFindingView[] = [];
        const say = (kind: RoutingFindingView['kind'], facts = {}): unknown =>
          findings.push({ kind, message: t(ctx, `routing.finding.${kind}`, facts), others });
        if (row.teamIsGone) say('teamGone', { name: row.teamName });
        if (row.personIsGone) say('personGone', { name: row.personName ?? '' });
        if (row.calendarIsGone && row.hours !== 'any') say('calendarGone', { name: row.calendarName ?? '' });
        if (others.length) say('unreachable', { names });
        return [row.id, findings] as const;
      }),
    );
  }

  private async unreachable(ctx: Ctx, rows: readonly RoutingRowWithNames[]) {
    const fields = await this.fields(ctx);
    // A row whose team is closed takes nothing.
    const working = rows.filter(({ teamIsGone }) => !teamIsGone);
    const key = JSON.stringify([
      working.map(({ id, name, isActive, when, hours, calendarId }) => [id, name, isActive, when, hours, calendarId]),
      fields.map(({ name, type, options }) => [name, type, options?.map(({ value }) => value)]),
    ]);
    if (this.proved?.key !== key) this.proved = { key, found: unreachable(working, fields) };
    return this.proved.found;
  }

  private async fields(ctx: Ctx): Promise<ConditionField[]> {
    return (await this.catalogue.of(ctx, 'ticket')).filter(({ name }) => !NOT_ASKED.has(name));
  }

  private async lostReferences(ctx: Ctx, when: Condition, fields: readonly ConditionField[]): Promise<FieldProblem[]> {
    const leads = leadsOf(when, new Map(fields.map((field) => [field.name, field])), '/when');
    const lost: Lead[] = [];
    for (const reference of new Set(leads.map((lead) => lead.reference))) {
      const own = leads.filter((lead) => lead.reference === reference);
      const ids = own.map(({ id }) => id);
      const known = await this.references.visible(ctx, reference as Reference, ids);
      lost.push(...own.filter(({ id }) => !known.has(id)));
    }
    return lost.map(({ pointer }) => ({ pointer, code: 'routing.referenceUnknown', message: '' }));
  }

  private async targetProblems(ctx: Ctx, row: RowDraft): Promise<FieldProblem[]> {
    const [known] = await this.db.query<{ team: boolean; person: boolean; calendar: boolean }>(
      ctx,
      `SELECT EXISTS (SELECT 1 FROM team WHERE id = $1 AND "archivedAt" IS NULL) AS team,
        EXISTS (SELECT 1 FROM employee WHERE id = $2 AND "isActive" AND "archivedAt" IS NULL) AS person,
        EXISTS (SELECT 1 FROM work_calendar WHERE id = $3 AND "archivedAt" IS NULL) AS calendar`,
      [row.teamId, row.assigneeId, row.calendarId],
    );
    const problems: FieldProblem[] = [];
    const refuse = (pointer: string, code: string): unknown =>
      problems.push({ pointer, code: `routing.${code}`, message: '' });
    if (!known!.team) refuse('/teamId', 'teamUnknown');
    if (row.assigneeId && !known!.person) refuse('/assigneeId', 'personUnknown');
    if (row.calendarId && !known!.calendar) refuse('/calendarId', 'calendarUnknown');
    if (row.hours !== 'any' && !row.calendarId) refuse('/calendarId', 'calendarNeeded');
    return problems;
  }
}

/** Every id a condition leads to, with its place. */
function leadsOf(condition: Condition, fields: ReadonlyMap<string, ConditionField>, here: string): Lead[] {
  if ('all' in condition) return condition.all.flatMap((part, index) => leadsOf(part, fields, `${here}/all/${index}`));
  if ('any' in condition) return condition.any.flatMap((part, index) => leadsOf(part, fields, `${here}/any/${index}`));
  if ('not' in condition) return leadsOf(condition.not, fields, `${here}/not`);
  const reference = fields.get(condition.field)?.reference;
  if (!reference || typeof condition.value === 'undefined' || condition.value === null) return [];
  if (!Array.isArray(condition.value))
    return [{ pointer: `${here}/value`, reference, id: String(condition.value).toLowerCase() }];
  return condition.value.map((id, index) => ({
    pointer: `${here}/value/${index}`,
    reference,
    id: String(id).toLowerCase(),
  }));
}
