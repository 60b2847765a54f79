import { Context, type Ctx, type EmployeeActor } from '@opora/platform/context';
import { AccessError } from '@opora/platform/errors';
import { IdParam, Returns, ReturnsList, ReturnsNothing } from '@opora/platform/http';
import { SignedIn } from '@opora/platform/permissions';
import { Body, Controller, Delete, Get, Param, Patch, Post, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Account } from './account.service';
import {
  ChangePassword,
  MeView,
  RecoveryCodesView,
  SessionView,
  TotpCode,
  TotpSecretView,
  toSessionView,
  UpdateMe,
} from './auth.dto';
import { OwnPageGuard } from './auth-browser';
import { Employees } from './employees.service';
import { OwnPassword } from './own-password.service';
import { Sessions } from './sessions.service';
import { Totp } from './totp.service';

/** The own account of an employee. */
@ApiTags('auth')
@Controller()
export class AccountController {
  constructor(
    private readonly account: Account,
    private readonly employees: Employees,
    private readonly password: OwnPassword,
    private readonly sessions: Sessions,
    private readonly totp: Totp,
  ) {}

  /** Who I am and what I may. */
  @Get('me')
  @SignedIn({ duringPasswordChange: true })
  @Returns(MeView)
  async me(@Context() ctx: Ctx) {
    return this.account.meOf(ctx, ctx.actor as EmployeeActor);
  }

  /** Changes the own language, time zone and phone. */
  @Patch('me')
  @SignedIn()
  @Returns(MeView)
  async updateMe(@Context() ctx: Ctx, @Body() input: UpdateMe) {
    await this.employees.updateOwn(ctx, input);
    return this.account.meOf(ctx, ctx.actor as EmployeeActor);
  }

  /** Sets the own password and ends the other sessions. */
  @Post('auth/password')
  @SignedIn({ duringPasswordChange: true })
  @UseGuards(OwnPageGuard)
  @ReturnsNothing()
  async changePassword(@Context() ctx: Ctx, @Body() input: ChangePassword, @Req() request: FastifyRequest) {
    await this.password.change(ctx, input, request.ip);
  }

  /** Devices on which I am signed in. */
  @Get('auth/sessions')
  @SignedIn({ duringPasswordChange: true })
  @ReturnsList(SessionView)
  async listSessions(@Context() ctx: Ctx) {
    const sessions = await this.sessions.list(ctx, self(ctx));
    return { data: sessions.map((session) => toSessionView(session, ctx.actor.sessionId)) };
  }

  /** Signs one of my devices out. */
  @Delete('auth/sessions/:id')
  @SignedIn({ duringPasswordChange: true })
  @ReturnsNothing()
  async revokeSession(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.sessions.revoke(ctx, self(ctx), id);
  }

  /** Signs all my devices out but this one. */
  @Post('auth/sessions/revoke-others')
  @SignedIn({ duringPasswordChange: true })
  @ReturnsNothing()
  async revokeOthers(@Context() ctx: Ctx) {
    await this.sessions.revokeAll(ctx, self(ctx), ctx.actor.sessionId);
  }

  /** Begins switching the second factor on: a secret for an authenticator app. */
  @Post('auth/totp')
  @SignedIn()
  @UseGuards(OwnPageGuard)
  @Returns(TotpSecretView)
  async beginTotp(@Context() ctx: Ctx) {
    return this.totp.begin(ctx, self(ctx));
  }

  /** Switches the second factor on; the recovery codes are shown once. */
  @Post('auth/totp/confirm')
  @SignedIn()
  @UseGuards(OwnPageGuard)
  @Returns(RecoveryCodesView)
  async confirmTotp(@Context() ctx: Ctx, @Body() { code }: TotpCode, @Req() request: FastifyRequest) {
    return { recoveryCodes: await this.totp.confirm(ctx, self(ctx), code, request.ip) };
  }

  /** Switches the second factor off, against a code. */
  @Delete('auth/totp')
  @SignedIn()
  @ReturnsNothing()
  async disableTotp(@Context() ctx: Ctx, @Body() { code }: TotpCode, @Req() request: FastifyRequest) {
    await this.totp.disable(ctx, self(ctx), code, request.ip);
  }
}

/** The person behind the request. An API key works for him but does not touch his account. */
function self({ actor }: Ctx): { kind: 'employee'; id: string } {
  if (actor.kind !== 'employee' || actor.apiKeyId) throw AccessError.denied();
  return { kind: 'employee', id: actor.id };
}
