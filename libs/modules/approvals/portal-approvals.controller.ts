import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { Returns, ReturnsPage } from '@opora/platform/http';
import { PortalOnly, Public } from '@opora/platform/permissions';
import { ApprovalLinks } from './approval-links.service';
import {
  LinkApprovalView,
  LinkDecisionView,
  PortalApprovalCountsView,
  PortalApprovalRowView,
  PortalApprovalView,
} from './shared-approval-views.dto';
import {
  ApprovalLinkParam,
  ApprovalParam,
  DecideByLink,
  DecidePortalApproval,
  ListPortalApprovals,
} from './approvals.dto';
import { Approvals } from './approvals.service';
import { SharedApprovals } from './shared-approvals.service';

@ApiTags('portal approvals')
@Controller()
export class PortalApprovalsController {
  constructor(
    private readonly approvals: Approvals,
    private readonly links: ApprovalLinks,
    private readonly shared: SharedApprovals,
  ) {}

  /** What I am asked to approve, or was. */
  @Get('portal/approvals')
  @PortalOnly()
  @ReturnsPage(PortalApprovalRowView)
  list(@Context() ctx: Ctx, @Query() query: ListPortalApprovals) {
    return this.shared.ofContact(ctx, query);
  }

  @Get('portal/approvals/counts')
  @PortalOnly()
  @Returns(PortalApprovalCountsView)
  async counts(@Context() ctx: Ctx) {
    return { open: await this.shared.countOpen(ctx) };
  }

  @Get('portal/approvals/:id')
  @PortalOnly()
  @Returns(PortalApprovalView)
  get(@Context() ctx: Ctx, @Param() { id }: ApprovalParam) {
    return this.shared.oneOfContact(ctx, id);
  }

  /** My decision. */
  @Post('portal/approvals/:id/decision')
  @PortalOnly()
  @Returns(PortalApprovalView)
  async decide(@Context() ctx: Ctx, @Param() { id }: ApprovalParam, @Body() input: DecidePortalApproval) {
    return this.shared.oneOfContact(ctx, await this.approvals.decide(ctx, id, input, 'portal'));
  }

  /** What a link from a mail asks. Reading it decides nothing. */
  @Get('approvals/link/:token')
  @Public('the link from the mail is the proof; reading changes nothing')
  @Returns(LinkApprovalView)
  async openLink(@Context() ctx: Ctx, @Param() { token }: ApprovalLinkParam) {
    return this.shared.ofLink(ctx, await this.links.open(ctx, token));
  }

  /** The decision of whoever got the mail. */
  @Post('approvals/link/:token/decision')
  @Public('the link from the mail is the proof')
  @Returns(LinkDecisionView)
  async decideByLink(@Context() ctx: Ctx, @Param() { token }: ApprovalLinkParam, @Body() input: DecideByLink) {
    return { decision: input.decision, state: await this.links.decide(ctx, token, input) };
  }
}
