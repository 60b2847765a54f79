import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { Context, type Ctx } from '../context';
import { Db } from '../db';
import { raise, RequestError } from '../errors';
import { IdParam } from '../http/params';
import { t } from '../i18n';
import { Public } from '../permissions';
import type { OutgoingMail } from './outgoing-mail.entity';
import { escapeHtml, mailboxPage, mailPage } from './dev-mailbox.pages';
import { MailTransports } from './transports';

class MailboxQuery {
  /** Only mails to this address. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  to?: string;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const SHOWN = 200;

/** Where outgoing mail lands when no mail server is configured. Only for a browser on the same machine. */
@ApiExcludeController()
@Controller('dev/mailbox')
export class DevMailboxController {
  constructor(
    private readonly db: Db,
    private readonly transports: MailTransports,
  ) {}

  @Get()
  @Public('local mailbox: loopback only, and only while no mail server is configured')
  async list(
    @Context() ctx: Ctx,
    @Query() { to }: MailboxQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    this.check(request);
    const mails = await this.db.query<OutgoingMail>(
      ctx,
      `SELECT * FROM outgoing_mail WHERE state = 'sent' AND ($1::text IS NULL OR lower($1) = ANY(SELECT lower(x) FROM unnest("to" || cc) AS x)) ORDER BY "sentAt" DESC, id DESC LIMIT ${SHOWN}`,
      [to ?? null],
    );
    await this.html(
      reply,
      mailboxPage(mails, (key) => t(ctx, `devMailbox.${key}`)),
    );
  }

  @Get(':id')
  @Public('local mailbox: loopback only, and only while no mail server is configured')
  async show(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    this.check(request);
    await this.html(
      reply,
      mailPage(await this.get(ctx, id), (key) => t(ctx, `devMailbox.${key}`)),
    );
  }

  @Get(':id/body')
  @Public('local mailbox: loopback only, and only while no mail server is configured')
  async body(
    @Context() ctx: Ctx,
    @Param() { id }: IdParam,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    this.check(request);
    const mail = await this.get(ctx, id);
    void reply
      .header(
        'content-security-policy',
        "default-src 'none'; img-src data: 'self'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'",
      )
      .header('x-frame-options', 'SAMEORIGIN');
    await this.html(
      reply,
      `<!doctype html><meta charset="utf-8"><base target="_blank"><title>${escapeHtml(mail.subject)}</title>${mail.html}`,
    );
  }

  private async get(ctx: Ctx, id: string): Promise<OutgoingMail> {
    const [mail] = await this.db.query<OutgoingMail>(
      ctx,
      `SELECT * FROM outgoing_mail WHERE id = $1 AND state = 'sent'`,
      [id],
    );
    return mail ?? raise(RequestError.notFound());
  }

  private check(request: FastifyRequest): void {
    // Through a proxy on this machine everybody would look local.
    const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
    if (!this.transports.isLocal || isForwarded || !LOOPBACK.has(request.socket.remoteAddress ?? ''))
      throw RequestError.notFound();
  }

  private async html(reply: FastifyReply, page: string): Promise<void> {
    await reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
  }
}
