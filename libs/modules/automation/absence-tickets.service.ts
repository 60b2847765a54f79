import { Absences, Employees } from '@opora/modules/people';
import { TicketPermission, Tickets, TicketWork, visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { fieldProblem, ProblemError } from '@opora/platform/errors';
import { fieldText } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import type { AbsenceHandOverView, AbsenceTicketsView, HandOverAbsence } from './absence-tickets.dto';
import { RoutingError } from './routing.errors';

const AT_ONCE = 500;
type TicketRef = { id: string; number: number; subject: string };
type Leaver = { id: string; name: string; standIn: { id: string; name: string } | null };

/** hands the open tickets of somebody who is away over to whoever stands in. Nothing moves by itself. */
@Injectable()
export class AbsenceTickets {
  constructor(
    private readonly db: Db,
    private readonly absences: Absences,
    private readonly employees: Employees,
    private readonly tickets: Tickets,
    private readonly work: TicketWork,
  ) {}

  async count(ctx: Ctx, absenceId: string): Promise<AbsenceTicketsView> {
    const { id, standIn } = await this.leaver(ctx, absenceId);
    const params = new SqlParams();
    const [row] = await this.db.query<{ open: number }>(
      ctx,
      `SELECT count(*)::int AS open ${openOf(ctx, params, id)}`,
      params.values,
    );
    return { open: row!.open, standIn };
  }

  /** Each ticket by itself, with the asker's rights; one that has left the person meanwhile stays where it is. */
  async handOver(ctx: Ctx, absenceId: string, { toId }: HandOverAbsence): Promise<AbsenceHandOverView> {
    const leaver = await this.leaver(ctx, absenceId);
    const to = toId ?? leaver.standIn?.id;
    if (!to) throw RoutingError.nobodyStandsIn({ name: leaver.name });
    if (to.toLowerCase() === leaver.id) throw fieldProblem('/toId', 'people.substituteIsSelf');
    if (!(await this.employees.find(ctx, to))?.isActive) throw fieldProblem('/toId', 'people.employeeUnknown');
    const reason = t(ctx, 'routing.absence.reason', { name: leaver.name });
    const { rows, left } = await this.open(ctx, leaver.id);
    const answer: AbsenceHandOverView = { handed: 0, refused: [], left };
    for (const { id, number, subject } of rows) {
      try {
        if (await this.handOne(ctx, id, leaver.id, to, reason)) answer.handed += 1;
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        answer.refused.push({ id, number, subject, message: wordsOf(ctx, error) });
      }
    }
    return answer;
  }

  private handOne(ctx: Ctx, id: string, from: string, assigneeId: string, reason: string): Promise<boolean> {
    return this.db.tx(ctx, async (ctx) => {
      const ticket = await this.tickets.getForUpdate(ctx, id, TicketPermission.assign);
      if (ticket.assigneeId !== from) return false;
      await this.work.assign(ctx, id, { assigneeId, reason });
      return true;
    });
  }

  private async open(ctx: Ctx, personId: string): Promise<{ rows: TicketRef[]; left: number }> {
    const params = new SqlParams();
    const from = openOf(ctx, params, personId);
    const found = await this.db.query<TicketRef & { total: number }>(
      ctx,
      `SELECT t.id, t.number, t.subject, count(*) OVER ()::int AS total ${from} ORDER BY t.id LIMIT ${params.add(AT_ONCE)}`,
      params.values,
    );
    return { rows: found, left: Math.max(0, (found[0]?.total ?? 0) - found.length) };
  }

  private async leaver(ctx: Ctx, absenceId: string): Promise<Leaver> {
    const absence = await this.absences.get(ctx, absenceId);
    const [standIn] = await this.absences.standInsOf(ctx, [absence]);
    return { ...absence.employee, standIn: standIn?.employee ?? null };
  }
}

const openOf = (ctx: Ctx, params: SqlParams, personId: string): string =>
  `FROM ticket t WHERE t."assigneeId" = ${params.add(personId)}::uuid AND t."deletedAt" IS NULL
     AND t."statusCategory" NOT IN ('done', 'closed') AND ${visibleTo(ctx.actor, params)}`;

const wordsOf = (ctx: Ctx, { code, facts, fields }: ProblemError): string =>
  fields.map((field) => fieldText(ctx.locale, field, facts)).join('; ') || t(ctx, `errors.${code}`, facts);
