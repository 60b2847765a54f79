import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { invalid } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import type { PutPriorityMatrix } from './priority-matrix.dto';
import { PriorityMatrix } from './priority-matrix.entity';

/** What a ticket says of its weight. */
export type Weight = { impact?: string | null; urgency?: string | null };
export type Weighed = { priorityId?: string; problems: FieldProblem[] };

/** Impact and urgency make the priority, where the organisation wants that. */
@Injectable()
export class PriorityMatrices {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  get(ctx: Ctx): Promise<PriorityMatrix> {
    return this.db.repo(ctx, PriorityMatrix).findOneByOrFail({ id: 1 });
  }

  put(ctx: Ctx, input: PutPriorityMatrix): Promise<PriorityMatrix> {
    return this.db.tx(ctx, async (ctx) => {
      await this.db.query(ctx, 'SELECT 1 FROM priority_matrix FOR UPDATE');
      const rows = await this.db.query<{ id: string }>(ctx, 'SELECT id FROM priority WHERE "archivedAt" IS NULL');
      const problems = matrixProblems(input, new Set(rows.map(({ id }) => id)));
      if (problems.length) throw invalid(problems);
      await this.db.repo(ctx, PriorityMatrix).update({ id: 1 }, input);
      this.live.touch(ctx, ['priorities'], 'staff');
      return this.get(ctx);
    });
  }

  /** The priority of the given weight: none where the matrix is off, or half of the weight is missing. Unknown codes are told. */
  async weigh(ctx: Ctx, given: Weight, whole: Weight = given): Promise<Weighed> {
    if (!given.impact && !given.urgency) return { problems: [] };
    const { isOn, impacts, urgencies, cells } = await this.get(ctx);
    const problems: FieldProblem[] = [];
    if (given.impact && !impacts.some(({ code }) => code === given.impact))
      problems.push({ pointer: '/impact', code: 'tickets.impactUnknown', message: '' });
    if (given.urgency && !urgencies.some(({ code }) => code === given.urgency))
      problems.push({ pointer: '/urgency', code: 'tickets.urgencyUnknown', message: '' });
    const cell = cells.find(({ impact, urgency }) => impact === whole.impact && urgency === whole.urgency);
    return { problems, ...(isOn && cell ? { priorityId: cell.priorityId } : {}) };
  }
}

/** Cells of unknown levels or priorities; holes, where the matrix is to decide. */
export function matrixProblems(
  { isOn, impacts, urgencies, cells }: PutPriorityMatrix,
  priorityIds: ReadonlySet<string>,
): FieldProblem[] {
  const has = (levels: readonly { code: string }[], code: string): boolean =>
    levels.some((level) => level.code === code);
  const problems = cells.flatMap(({ impact, urgency, priorityId }, index) => [
    ...(has(impacts, impact) ? [] : [[`/cells/${index}/impact`, 'impactUnknown']]),
    ...(has(urgencies, urgency) ? [] : [[`/cells/${index}/urgency`, 'urgencyUnknown']]),
    ...(priorityIds.has(priorityId.toLowerCase()) ? [] : [[`/cells/${index}/priorityId`, 'priorityUnknown']]),
  ]);
  const isWhole = impacts.length > 0 && urgencies.length > 0 && cells.length >= impacts.length * urgencies.length;
  if (isOn && !isWhole) problems.push(['/cells', 'matrixIncomplete']);
  return problems.map(([pointer, code]) => ({ pointer: pointer!, code: `tickets.${code}`, message: '' }));
}
