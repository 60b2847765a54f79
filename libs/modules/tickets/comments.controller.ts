import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import {
  IdOrNumberParam,
  IdParam,
  mapPage,
  PageQuery,
  Returns,
  ReturnsNothing,
  ReturnsPage,
} from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { AttachmentFiles } from './attachment-files.service';
import { Attachments } from './attachments.service';
import { CommentUndo } from './comment-undo.service';
import {
  AddAttachment,
  AttachmentView,
  CommentView,
  CreateComment,
  DraftView,
  ListComments,
  PutDraft,
  toAttachmentView,
  toCommentView,
  toDraftView,
  UpdateAttachment,
} from './comments.dto';
import { Comments } from './comments.service';
import { Drafts } from './drafts.service';
import { ListTimeline, TimelineItemView, toTimelineItemView } from './ticket-timeline.dto';
import { TicketTimeline } from './ticket-timeline.service';
import { TicketPermission } from './tickets.access';

@ApiTags('comments')
@Controller()
export class CommentsController {
  constructor(
    private readonly comments: Comments,
    private readonly undo: CommentUndo,
    private readonly attachments: Attachments,
    private readonly drafts: Drafts,
    private readonly timeline: TicketTimeline,
    private readonly files: AttachmentFiles,
  ) {}

  /** Comments in the order they were written, each with its files. */
  @Get('tickets/:id/comments')
  @Allow(TicketPermission.read)
  @ReturnsPage(CommentView)
  async list(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Query() query: ListComments) {
    return mapPage(await this.comments.list(ctx, id, query), (row) => toCommentView(ctx, row, this.files.linker(ctx)));
  }

  /** Comments, changes and files in one order. */
  @Get('tickets/:id/timeline')
  @Allow(TicketPermission.read)
  @ReturnsPage(TimelineItemView)
  async lines(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Query() query: ListTimeline) {
    return mapPage(await this.timeline.list(ctx, id, query), (row) =>
      toTimelineItemView(ctx, row, this.files.linker(ctx)),
    );
  }

  /** Adds a comment for an audience. An answer to the client written before the newest messages were seen is 409 `tickets.staleReply`. */
  @Post('tickets/:id/comments')
  @Allow(TicketPermission.comment_internal, TicketPermission.reply_client)
  @Returns(CommentView, 201)
  async add(
    @Context() ctx: Ctx,
    @Param() { id }: IdOrNumberParam,
    @Body() { transitionId, audience, ...input }: CreateComment,
  ) {
    const row = await this.comments.add(ctx, id, {
      ...input,
      audience: audience ?? ['internal'],
      transition: transitionId ? { transitionId } : undefined,
    });
    return toCommentView(ctx, row, this.files.linker(ctx));
  }

  /** Takes an answer back before anybody outside has seen it; it is your draft again. */
  @Post('comments/:id/undo')
  @Allow(TicketPermission.comment_internal, TicketPermission.reply_client)
  @Returns(DraftView)
  async takeBack(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    return toDraftView(await this.undo.undo(ctx, id), this.files.linker(ctx));
  }

  /** The ticket's files, the oldest first; pictures inside texts are left out. */
  @Get('tickets/:id/attachments')
  @Allow(TicketPermission.read)
  @ReturnsPage(AttachmentView)
  async listFiles(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Query() query: PageQuery) {
    return mapPage(await this.attachments.list(ctx, id, query), (row) => toAttachmentView(row, this.files.linker(ctx)));
  }

  /** Adds an upload of yours to the ticket. */
  @Post('tickets/:id/attachments')
  @Allow(TicketPermission.comment_internal)
  @Returns(AttachmentView, 201)
  async addFile(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() input: AddAttachment) {
    return toAttachmentView(await this.attachments.add(ctx, id, input), this.files.linker(ctx));
  }

  /** Changes who may see a file, or its caption. */
  @Patch('attachments/:id')
  @Allow(TicketPermission.comment_internal)
  @Returns(AttachmentView)
  async updateFile(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() input: UpdateAttachment) {
    return toAttachmentView(await this.attachments.update(ctx, id, input), this.files.linker(ctx));
  }

  /** Your unsent comment; an empty one with `updatedAt: null` when there is none. */
  @Get('tickets/:id/draft')
  @Allow(TicketPermission.read)
  @Returns(DraftView)
  async draft(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return toDraftView(await this.drafts.find(ctx, id), this.files.linker(ctx));
  }

  @Put('tickets/:id/draft')
  @Allow(TicketPermission.read)
  @ReturnsNothing()
  async putDraft(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() input: PutDraft) {
    await this.drafts.put(ctx, id, input);
  }

  @Delete('tickets/:id/draft')
  @Allow(TicketPermission.read)
  @ReturnsNothing()
  async deleteDraft(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    await this.drafts.remove(ctx, id);
  }
}
