import { Context, type Ctx } from '@opora/platform/context';
import { Returns, ReturnsNothing } from '@opora/platform/http';
import { Public } from '@opora/platform/permissions';
import { Settings } from '@opora/platform/settings';
import { Body, Controller, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Account } from './account.service';
import { SignedInView, SignInInput } from './auth.dto';
import { browserOf, dropCookies, keepCookies, OwnPageGuard, refreshTokenOf } from './auth-browser';
import { Sessions } from './sessions.service';
import { SignIn } from './sign-in.service';

@ApiTags('auth')
@Controller('auth')
@UseGuards(OwnPageGuard)
export class AuthController {
  constructor(
    private readonly signIns: SignIn,
    private readonly sessions: Sessions,
    private readonly account: Account,
    private readonly settings: Settings,
  ) {}

  /** Signs an employee in. The refresh token is set as a cookie. */
  @Post('sign-in')
  @Public('signing in')
  @Returns(SignedInView)
  async signIn(
    @Context() ctx: Ctx,
    @Body() input: SignInInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const opened = await this.signIns.byPassword(ctx, 'employee', input, browserOf(request, 'employee'));
    keepCookies(reply, this.settings, 'employee', opened);
    return this.account.signedIn(ctx, opened);
  }

  /** Exchanges the refresh cookie for a new one and an access token. A cookie used twice ends the session. */
  @Post('refresh')
  @Public('the refresh cookie is the proof')
  @Returns(SignedInView)
  async refresh(@Context() ctx: Ctx, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const opened = await this.sessions.rotate(
      ctx,
      'employee',
      refreshTokenOf(request, 'employee'),
      browserOf(request, 'employee'),
    );
    keepCookies(reply, this.settings, 'employee', opened);
    return this.account.signedIn(ctx, opened);
  }

  /** Ends the session of the refresh cookie. */
  @Post('sign-out')
  @Public('ends the session of the cookie, if any')
  @ReturnsNothing()
  async signOut(@Context() ctx: Ctx, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.sessions.revokeByToken(ctx, 'employee', refreshTokenOf(request, 'employee'));
    dropCookies(reply, 'employee');
  }
}
