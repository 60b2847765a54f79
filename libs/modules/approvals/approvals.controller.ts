import { Body, Controller, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { TicketPermission } from '@opora/modules/tickets';
import { Context, type Ctx } from '@opora/platform/context';
import { Files } from '@opora/platform/files';
import {
  IdOrNumberParam,
  IdParam,
  mapPage,
  Returns,
  ReturnsList,
  ReturnsNothing,
  ReturnsPage,
} from '@opora/platform/http';
import { Allow, SignedIn } from '@opora/platform/permissions';
import type { FastifyReply } from 'fastify';
import { ApprovalPlans } from './approval-plans';
import { ApprovalReading } from './approval-reading.service';
import { ApprovalSheets } from './approval-sheets.service';
import { ApprovalTasks, type TaskRow } from './approval-tasks.service';
import { toMoney, toPersonView } from './approval-refs';
import { toApprovalView, toReferenceView, toRowView, toTicketApprovalView } from './approval-views';
import { ApprovalPlanView } from './approval-plans.dto';
import { ApprovalReferenceView } from './approval-refs.dto';
import {
  ApprovalCountsView,
  ApprovalRowView,
  ApprovalSheetView,
  ApprovalTaskView,
  ApprovalView,
  TicketApprovalView,
} from './approval-views.dto';
import { ApprovalPermission } from './approvals.access';
import {
  ApprovalDocumentInput,
  ApprovalDocumentParam,
  ApprovalParam,
  DecideApproval,
  FindApprovals,
  FinishApprovalTask,
  HandOverApproval,
  ListApprovals,
  ListApprovalTasks,
  PlanApproval,
  RecallApproval,
  ResubmitApproval,
  StartApproval,
} from './approvals.dto';
import { Approvals } from './approvals.service';

@ApiTags('approvals')
@Controller()
export class ApprovalsController {
  constructor(
    private readonly approvals: Approvals,
    private readonly reading: ApprovalReading,
    private readonly plans: ApprovalPlans,
    private readonly tasks: ApprovalTasks,
    private readonly sheets: ApprovalSheets,
    private readonly files: Files,
  ) {}

  /** Requests one may see: those that wait for me, my own, copies, all. */
  @Get('approvals')
  @SignedIn()
  @ReturnsPage(ApprovalRowView)
  async list(@Context() ctx: Ctx, @Query() query: ListApprovals) {
    return mapPage(await this.reading.list(ctx, query), (row) => toRowView(ctx, row));
  }

  /** Begins a request. The route follows from the kind and the amount, or is named. */
  @Post('approvals')
  @Allow(ApprovalPermission.start)
  @Returns(ApprovalView, 201)
  async start(@Context() ctx: Ctx, @Body() input: StartApproval) {
    return this.view(ctx, await this.approvals.start(ctx, input));
  }

  /** What a request would do: route, people, problems. Writes nothing. */
  @Post('approvals/preview')
  @Allow(ApprovalPermission.start)
  @Returns(ApprovalPlanView)
  preview(@Context() ctx: Ctx, @Body() input: PlanApproval) {
    return this.plans.view(ctx, input);
  }

  /** How many wait for me, are late, came back to me, are to be done. */
  @Get('approvals/counts')
  @SignedIn()
  @Returns(ApprovalCountsView)
  counts(@Context() ctx: Ctx) {
    return this.reading.counts(ctx);
  }

  /** Approved requests that another may stand on. */
  @Get('approval-references')
  @SignedIn()
  @ReturnsList(ApprovalReferenceView)
  async references(@Context() ctx: Ctx, @Query() { q }: FindApprovals) {
    return { data: (await this.reading.references(ctx, q)).map(toReferenceView) };
  }

  /** One request whole. */
  @Get('approvals/:id')
  @SignedIn()
  @Returns(ApprovalView)
  get(@Context() ctx: Ctx, @Param() { id }: ApprovalParam) {
    return this.view(ctx, id);
  }

  /** My decision. 409 `approvals.notAsked` says why where it is not my turn. */
  @Post('approvals/:id/decision')
  @SignedIn()
  @Returns(ApprovalView)
  async decide(@Context() ctx: Ctx, @Param() { id }: ApprovalParam, @Body() input: DecideApproval) {
    return this.view(ctx, await this.approvals.decide(ctx, id, input));
  }

  /** Hands in again what came back. */
  @Post('approvals/:id/resubmit')
  @SignedIn()
  @Returns(ApprovalView)
  async resubmit(@Context() ctx: Ctx, @Param() { id }: ApprovalParam, @Body() input: ResubmitApproval) {
    return this.view(ctx, await this.approvals.resubmit(ctx, id, input));
  }

  /** Takes a request back before its end. */
  @Post('approvals/:id/recall')
  @SignedIn()
  @Returns(ApprovalView)
  async recall(@Context() ctx: Ctx, @Param() { id }: ApprovalParam, @Body() input: RecallApproval) {
    return this.view(ctx, await this.approvals.recall(ctx, id, input));
  }

  /** Gives a step to a colleague. */
  @Post('approvals/:id/hand-over')
  @SignedIn()
  @Returns(ApprovalView)
  async handOver(@Context() ctx: Ctx, @Param() { id }: ApprovalParam, @Body() input: HandOverApproval) {
    return this.view(ctx, await this.approvals.handOver(ctx, id, input));
  }

  /** Adds a document: the initiator, or whoever is asked. */
  @Post('approvals/:id/documents')
  @SignedIn()
  @Returns(ApprovalView)
  async addDocument(@Context() ctx: Ctx, @Param() { id }: ApprovalParam, @Body() input: ApprovalDocumentInput) {
    return this.view(ctx, await this.approvals.addDocument(ctx, id, input));
  }

  /** Takes off a document of one's own. */
  @Delete('approvals/:id/documents/:documentId')
  @SignedIn()
  @ReturnsNothing()
  async removeDocument(@Context() ctx: Ctx, @Param() { id, documentId }: ApprovalDocumentParam): Promise<void> {
    await this.approvals.removeDocument(ctx, id, documentId);
  }

  /** The sheet as data, with the hash that the paper prints. */
  @Get('approvals/:id/sheet')
  @SignedIn()
  @Returns(ApprovalSheetView)
  async sheet(@Context() ctx: Ctx, @Param() { id }: ApprovalParam) {
    const { hash, content } = await this.sheets.of(ctx, id);
    return { hash, content: { ...content } };
  }

  /** The sheet as a PDF file. */
  @Get('approvals/:id/sheet.pdf')
  @SignedIn()
  @ApiProduces('application/pdf')
  async sheetPdf(@Context() ctx: Ctx, @Param() { id }: ApprovalParam, @Res() reply: FastifyReply): Promise<void> {
    const { number, pdf } = await this.sheets.pdfOf(ctx, id);
    await reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="approval-${number}.pdf"`)
      .header('cache-control', 'private, no-store')
      .send(pdf);
  }

  /** What is or was decided about a ticket. */
  @Get('tickets/:id/approvals')
  @Allow(TicketPermission.read)
  @ReturnsList(TicketApprovalView)
  async ofTicket(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return { data: (await this.reading.ofTicket(ctx, id)).map((row) => toTicketApprovalView(ctx, row)) };
  }

  /** What I am to do after approvals. */
  @Get('approval-tasks')
  @SignedIn()
  @ReturnsPage(ApprovalTaskView)
  async listTasks(@Context() ctx: Ctx, @Query() query: ListApprovalTasks) {
    return mapPage(await this.tasks.list(ctx, query), (row) => toTaskView(ctx, row));
  }

  /** A task of mine is done. */
  @Post('approval-tasks/:id/done')
  @SignedIn()
  @Returns(ApprovalTaskView)
  async finishTask(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { comment }: FinishApprovalTask) {
    return toTaskView(ctx, await this.tasks.finish(ctx, id, comment));
  }

  private async view(ctx: Ctx, key: string): Promise<ApprovalView> {
    return toApprovalView(ctx, this.files, await this.reading.get(ctx, key));
  }
}

const toTaskView = ({ locale }: Ctx, row: TaskRow): ApprovalTaskView => ({
  id: row.id,
  text: row.text[locale],
  state: row.doneAt ? 'done' : 'open',
  comment: row.comment,
  createdAt: row.createdAt.toISOString(),
  doneAt: row.doneAt?.toISOString() ?? null,
  employee: toPersonView(row.employee),
  approval: { ...row.approval, amount: toMoney(row.approval.amount) },
});
