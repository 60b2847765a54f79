import { Responsibles, type ResponsibleStep } from '@opora/modules/clients';
import { type ConditionField, type Facts, FieldCatalogue } from '@opora/modules/fields';
import { Employees } from '@opora/modules/people';
import { DraftFacts, type FactSource, Tickets } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { fieldProblem, ProblemError } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { ConditionWords } from './condition-words.service';
import { conditionOf, hourFields, judge } from './routing-choice';
import type { RoutingRow } from './routing-row.entity';
import { RoutingRows } from './routing-rows.service';
import type { RoutingRowView } from './routing-rows.dto';
import { RoutingTable } from './routing-table.service';
import type { RoutingResultView, RoutingStepView, RoutingTest, RoutingTestView } from './routing-test.dto';
import type { RuleConditionLineView } from './rule-views.dto';

const NOBODY: RoutingResultView = { team: null, assignee: null, by: 'none', name: '', absent: [] };
type Lines = RuleConditionLineView[];

/** Shows the way of a ticket step by step: who is asked in which order, and why each says what it says. Nothing is written. */
@Injectable()
export class RoutingTester {
  constructor(
    private readonly tickets: Tickets,
    private readonly drafts: DraftFacts,
    private readonly responsibles: Responsibles,
    private readonly rows: RoutingRows,
    private readonly table: RoutingTable,
    private readonly words: ConditionWords,
    private readonly catalogue: FieldCatalogue,
    private readonly employees: Employees,
  ) {}

  async test(ctx: Ctx, { ticketId, values, at }: RoutingTest): Promise<RoutingTestView> {
    if (!ticketId === !values) throw fieldProblem('/ticketId', 'routing.testNeedsTicket');
    const moment = at ? new Date(at) : ctx.now();
    const then = { ...ctx, now: () => moment };
    const source = ticketId ? await this.sourceOf(ctx, ticketId) : await this.draft(ctx, values!);
    const levels = (await this.responsibles.steps(then, source)).map((step) => ofLevel(ctx, step));
    const steps = [...levels, ...(await this.rowSteps(then, source))];
    const first = steps.find(({ state }) => state === 'fits');
    if (first) first.state = 'chosen';
    for (const step of steps) if (step.state === 'fits') step.words = [t(ctx, 'routing.step.later')];
    const result = first ? { ...resultOf(first), by: first.kind } : NOBODY;
    return { at: moment.toISOString(), result, steps };
  }

  private async sourceOf(ctx: Ctx, ticketId: string): Promise<FactSource> {
    return { ...(await this.tickets.get(ctx, ticketId)), teamId: null, assigneeId: null };
  }

  private async draft(ctx: Ctx, values: object): Promise<FactSource> {
    const source = await this.drafts.sourceOf(ctx, values).catch((error: unknown) => {
      throw error instanceof ProblemError ? insideValues(error) : error;
    });
    return { ...source, teamId: null, assigneeId: null };
  }

  private async rowSteps(ctx: Ctx, source: FactSource): Promise<RoutingStepView[]> {
    const views = await this.rows.list(ctx);
    const { rows, facts } = await this.table.at(ctx, source);
    const working = new Map(rows.map((row) => [row.id, row]));
    const failed = new Map(judge(rows, facts).map(({ row, failed }) => [row.id, failed]));
    const lines = await this.linesOf(ctx, views, facts);
    const steps: RoutingStepView[] = [];
    for (const [index, view] of views.entries()) {
      const row = working.get(view.id);
      const state: RoutingStepView['state'] = !view.isActive
        ? 'off'
        : !row
          ? 'broken'
          : failed.get(view.id)!.length
            ? 'fails'
            : 'fits';
      const person = state === 'fits' && row ? await this.personOf(ctx, row) : { assignee: view.assignee, absent: [] };
      const { id, name, team } = view;
      const said = { kind: 'row' as const, id, name, level: null, state, team, ...person, lines: lines[index]! };
      steps.push({ ...said, words: this.wordsOf(ctx, view, state, lines[index]!, failed.get(id) ?? []) });
    }
    return steps;
  }

  private async personOf(ctx: Ctx, row: RoutingRow): Promise<Pick<RoutingStepView, 'assignee' | 'absent'>> {
    const { assigneeId, absent } = await this.table.personOf(ctx, row);
    const names = await this.employees.namesOf(ctx, [assigneeId]);
    return { assignee: assigneeId ? { id: assigneeId, name: names.get(assigneeId) ?? '' } : null, absent };
  }

  private wordsOf(
    ctx: Ctx,
    view: RoutingRowView,
    state: RoutingStepView['state'],
    lines: Lines,
    failed: string[],
  ): string[] {
    if (state === 'off') return [t(ctx, 'routing.step.off')];
    if (state === 'broken') return [t(ctx, 'routing.finding.teamGone', { name: view.team.name })];
    if (state === 'fits') return [t(ctx, lines.length ? 'routing.step.fits' : 'routing.step.always')];
    return lines.filter(({ pointer }) => failed.includes(pointer)).map((line) => clauseWords(ctx, line));
  }

  /** The conditions of all rows with what the ticket answers: put together, so that every name is looked up once. */
  private async linesOf(ctx: Ctx, views: readonly RoutingRowView[], facts: Facts): Promise<Lines[]> {
    const asked = views.map(({ calendar, ...row }) => ({ ...row, calendarId: calendar?.id ?? null }));
    const fields = [...(await this.catalogue.of(ctx, 'ticket')), ...namedHours(ctx, views)];
    const lines = await this.words.explain(ctx, { all: asked.map(conditionOf) }, facts, { fields });
    return views.map((_, index) => {
      const root = `/all/${index}`;
      return lines
        .filter(({ pointer }) => pointer === root || pointer.startsWith(`${root}/`))
        .map((line) => ({ ...line, pointer: line.pointer.slice(root.length), depth: line.depth - 1 }))
        .filter((line, _at, own) => line.field || own.length > 1);
    });
  }
}

const resultOf = ({ team, assignee, name, absent }: RoutingStepView) => ({ team, assignee, name, absent });

function ofLevel(ctx: Ctx, step: ResponsibleStep): RoutingStepView {
  const { from, outcome, employee, assignee, assigneeTeam, absent, isCircle } = step;
  const names = absent.map(({ name }) => name).join(' → ');
  const facts = { name: employee?.name ?? '', names, substitute: assignee?.name ?? '', team: assigneeTeam?.name ?? '' };
  const isAway = absent.length > 0;
  const said = outcome === 'team' && isAway ? 'teamInstead' : outcome;
  return {
    kind: 'responsible',
    id: from.id,
    name: from.name,
    level: from.kind,
    state: outcome === 'none' || outcome === 'nobody' ? 'nobody' : 'fits',
    team: assigneeTeam,
    assignee,
    absent: absent.map(({ name }) => name),
    words: [t(ctx, `routing.responsible.${said}`, facts), ...(isCircle ? [t(ctx, 'routing.responsible.circle')] : [])],
    lines: [],
  };
}

/** «Priority: needs Critical (it is: Normal)». */
function clauseWords(ctx: Ctx, { label, op, expected, actual }: RuleConditionLineView): string {
  if (!op) return t(ctx, 'routing.step.not');
  const facts = { field: label ?? '', op: t(ctx, `routing.op.${op}`), expected: expected ?? '' };
  const words = t(ctx, 'routing.step.clause', { ...facts, actual: actual ?? t(ctx, 'routing.step.nothing') });
  return words.replace(/ +/g, ' ');
}

const namedHours = (ctx: Ctx, views: readonly RoutingRowView[]): ConditionField[] => {
  const names = new Map(views.flatMap(({ calendar }) => (calendar ? [[calendar.id, calendar.name] as const] : [])));
  const ids = [...names.keys()].map((calendarId) => ({ calendarId }));
  return hourFields(ids).map((field, index) => ({
    ...field,
    label: t(ctx, 'routing.hours', { name: names.get(ids[index]!.calendarId) ?? '' }),
  }));
};

/** The problems of the values point into them. */
const insideValues = ({ code, status, facts, members, fields }: ProblemError): ProblemError =>
  new ProblemError(
    code,
    status,
    facts,
    members,
    fields.map((field) => ({ ...field, pointer: `/values${field.pointer}` })),
  );
