import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { ApprovalTask } from './approval.entity';
import type { ListApprovalTasks } from './approvals.dto';
import { ApprovalError } from './approvals.errors';
import { type NamedPerson, personJson } from './approvals.query';
import type { Currency } from './route-choice';
import type { LocalText } from './route-definition';

export type TaskRow = {
  id: string;
  text: LocalText;
  comment: string;
  createdAt: Date;
  doneAt: Date | null;
  employee: NamedPerson;
  approval: { id: string; number: number; title: string; amount: string | null; currency: Currency };
};

/** What executors do after the last yes. */
@Injectable()
export class ApprovalTasks {
  constructor(
    private readonly db: Db,
    private readonly live: Live,
  ) {}

  /** Mine, the oldest open ones first, or what is done, the newest first. */
  async list(ctx: Ctx, { state, cursor, limit }: ListApprovalTasks): Promise<Page<TaskRow>> {
    const params = new SqlParams();
    const after = decodeCursor(cursor, ['uuid']);
    const isOpen = state === 'open';
    const select = selectTask(ctx, params);
    const page = after ? `AND k.id ${isOpen ? '>' : '<'} ${params.add(after[0])}::uuid` : '';
    const rows = await this.db.query<TaskRow>(
      ctx,
      `${select} AND k."doneAt" IS ${isOpen ? '' : 'NOT '}NULL ${page} ORDER BY k.id ${isOpen ? 'ASC' : 'DESC'} LIMIT ${params.add(limit + 1)}`,
      params.values,
    );
    return pageOfRows(rows, limit, ({ id }) => keyset(id));
  }

  /** One's own task is done, once. */
  finish(ctx: Ctx, id: string, comment = ''): Promise<TaskRow> {
    return this.db.tx(ctx, async (ctx) => {
      const repo = this.db.repo(ctx, ApprovalTask);
      const task = await repo.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!task || task.employeeId !== ctx.actor.id) throw ApprovalError.taskNotFound();
      if (task.doneAt) throw ApprovalError.taskDone();
      await repo.update({ id }, { doneAt: ctx.now(), comment });
      this.live.touch(ctx, ['approvals', `approval:${task.approvalId}`], 'staff');
      const params = new SqlParams();
      const [row] = await this.db.query<TaskRow>(
        ctx,
        `${selectTask(ctx, params)} AND k.id = ${params.add(id)}::uuid`,
        params.values,
      );
      return row!;
    });
  }
}

const selectTask = ({ actor }: Ctx, params: SqlParams): string =>
  `SELECT k.id, k.text, k.comment, k."createdAt", k."doneAt", ${personJson(`'employee'`, 'k."employeeId"')} AS employee,
    jsonb_build_object('id', a.id, 'number', a.number, 'title', a.title, 'amount', a.amount::text, 'currency', a.currency) AS approval
   FROM approval_task k JOIN approval a ON a.id = k."approvalId" WHERE k."employeeId" = ${params.add(actor.kind === 'employee' ? actor.id : null)}::uuid`;
