import { Context, type Ctx } from '@opora/platform/context';
import { Returns, ReturnsNothing } from '@opora/platform/http';
import { PortalOnly, Public } from '@opora/platform/permissions';
import { Settings } from '@opora/platform/settings';
import { Body, Controller, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Account } from './account.service';
import { ChangePortalPassword, PortalSignedInView, PortalSignIn, RedeemLink, RequestLink } from './auth.dto';
import { browserOf, dropCookies, keepCookies, OwnPageGuard, refreshTokenOf } from './auth-browser';
import { LinkRedemption } from './link-redemption.service';
import { OwnPassword } from './own-password.service';
import { Sessions } from './sessions.service';
import { SignInLinks } from './sign-in-links.service';
import { SignIn } from './sign-in.service';

@ApiTags('portal')
@Controller('portal/auth')
@UseGuards(OwnPageGuard)
export class PortalAuthController {
  constructor(
    private readonly signIns: SignIn,
    private readonly links: SignInLinks,
    private readonly redemption: LinkRedemption,
    private readonly sessions: Sessions,
    private readonly password: OwnPassword,
    private readonly account: Account,
    private readonly settings: Settings,
  ) {}

  /** Signs a contact in by password. The refresh token is set as a cookie. */
  @Post('sign-in')
  @Public('signing in')
  @Returns(PortalSignedInView)
  async signIn(
    @Context() ctx: Ctx,
    @Body() input: PortalSignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const opened = await this.signIns.byPassword(ctx, 'contact', input, browserOf(request, 'contact'));
    keepCookies(reply, this.settings, 'contact', opened);
    return this.account.portalSignedIn(ctx, opened);
  }

  /** Mails a one-time link, if a contact has this address. The answer is the same if nobody has. */
  @Post('link')
  @Public('asking for a sign-in link')
  @ReturnsNothing()
  async requestLink(@Context() ctx: Ctx, @Body() { email }: RequestLink) {
    await this.links.request(ctx, 'contact', email);
  }

  /** Signs a contact in by the token of a one-time link and uses the link up. */
  @Post('link/redeem')
  @Public('the link is the proof')
  @Returns(PortalSignedInView)
  async redeem(
    @Context() ctx: Ctx,
    @Body() { token }: RedeemLink,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const opened = await this.redemption.redeem(ctx, 'contact', token, browserOf(request, 'contact'));
    keepCookies(reply, this.settings, 'contact', opened);
    return this.account.portalSignedIn(ctx, opened);
  }

  /** Exchanges the refresh cookie for a new one and an access token. A cookie used twice ends the session. */
  @Post('refresh')
  @Public('the refresh cookie is the proof')
  @Returns(PortalSignedInView)
  async refresh(@Context() ctx: Ctx, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const opened = await this.sessions.rotate(
      ctx,
      'contact',
      refreshTokenOf(request, 'contact'),
      browserOf(request, 'contact'),
    );
    keepCookies(reply, this.settings, 'contact', opened);
    return this.account.portalSignedIn(ctx, opened);
  }

  /** Ends the session of the refresh cookie. */
  @Post('sign-out')
  @Public('ends the session of the cookie, if any')
  @ReturnsNothing()
  async signOut(@Context() ctx: Ctx, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.sessions.revokeByToken(ctx, 'contact', refreshTokenOf(request, 'contact'));
    dropCookies(reply, 'contact');
  }

  /** Sets the own password and ends the other sessions. */
  @Post('password')
  @PortalOnly({ duringPasswordChange: true })
  @ReturnsNothing()
  async changePassword(@Context() ctx: Ctx, @Body() input: ChangePortalPassword, @Req() request: FastifyRequest) {
    await this.password.change(ctx, input, request.ip);
  }
}
