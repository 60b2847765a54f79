import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdOrNumberParam, Returns, ReturnsList, ReturnsNothing } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { TicketGrants } from './ticket-grants.service';
import { GrantView, PresenceInput, PresenceView, SubjectParam, toGrantView, toPresenceView } from './ticket-people.dto';
import { TicketParticipants } from './ticket-participants.service';
import { TicketReading } from './ticket-reading.service';
import { TicketPermission } from './tickets.access';
import { GrantInput, ReadTicket } from './tickets.dto';

/** People around a ticket: observers, named access, readers, who is there now. */
@ApiTags('tickets')
@Controller('tickets/:id')
export class TicketPeopleController {
  constructor(
    private readonly participants: TicketParticipants,
    private readonly grants: TicketGrants,
    private readonly reading: TicketReading,
  ) {}

  @Put('observers/:kind/:subjectId')
  @Allow(TicketPermission.update)
  @ReturnsNothing()
  async observe(@Context() ctx: Ctx, @Param() { id, kind, subjectId }: SubjectParam) {
    await this.participants.addObserver(ctx, id, kind, subjectId);
  }

  @Delete('observers/:kind/:subjectId')
  @Allow(TicketPermission.update)
  @ReturnsNothing()
  async stopObserving(@Context() ctx: Ctx, @Param() { id, kind, subjectId }: SubjectParam) {
    await this.participants.removeObserver(ctx, id, kind, subjectId);
  }

  /** Who was given sight of the ticket by name, and until when. */
  @Get('grants')
  @Allow(TicketPermission.grant)
  @ReturnsList(GrantView)
  async listGrants(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return { data: (await this.grants.list(ctx, id)).map(toGrantView) };
  }

  /** Gives sight of the ticket until a moment. */
  @Put('grants/:kind/:subjectId')
  @Allow(TicketPermission.grant)
  @Returns(GrantView)
  async grant(@Context() ctx: Ctx, @Param() { id, kind, subjectId }: SubjectParam, @Body() { expiresAt }: GrantInput) {
    return toGrantView(await this.grants.put(ctx, id, kind, subjectId, new Date(expiresAt)));
  }

  @Delete('grants/:kind/:subjectId')
  @Allow(TicketPermission.grant)
  @ReturnsNothing()
  async revoke(@Context() ctx: Ctx, @Param() { id, kind, subjectId }: SubjectParam) {
    await this.grants.remove(ctx, id, kind, subjectId);
  }

  /** Marks the conversation as read up to a comment, or to its end. */
  @Post('read')
  @Allow(TicketPermission.read)
  @ReturnsNothing()
  async read(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() { lastSeenCommentId }: ReadTicket) {
    await this.reading.read(ctx, id, lastSeenCommentId);
  }

  /** A sign of presence; it lives 15 seconds. */
  @Post('presence')
  @Allow(TicketPermission.read)
  @ReturnsNothing()
  async present(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam, @Body() { state }: PresenceInput) {
    await this.reading.present(ctx, id, state);
  }

  /** Who has the ticket open, and who is writing. */
  @Get('presence')
  @Allow(TicketPermission.read)
  @ReturnsList(PresenceView)
  async presence(@Context() ctx: Ctx, @Param() { id }: IdOrNumberParam) {
    return { data: (await this.reading.presence(ctx, id)).map(toPresenceView) };
  }
}
