import { type ActionParams, TicketActions } from '@opora/modules/macros';
import { Tickets } from '@opora/modules/tickets';
import { Secrets } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { defineJob, type Delivery, Handles, Jobs, MAX_ATTEMPTS, type PayloadOf } from '@opora/platform/events';
import { decodeCursor, keyset, type Page, pageOfRows, type PageQuery } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { Settings } from '@opora/platform/settings';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { WebhookDelivery } from './rule.entity';
import { openSecret } from './rule-secrets';
import { type AllowedAddresses, allowedAddresses, urlProblem } from './webhook-address';
import { InnerAddress, post, signatureOf } from './webhook-request';

const SendWebhook = defineJob<{ deliveryId: string }>('automation.sendWebhook');

/** Answers that will be the same next time: everything the receiver refuses but «too early» and «too often». */
const isFinal = (status: number): boolean => status >= 300 && status < 500 && ![408, 425, 429].includes(status);

export type DeliveryRow = Omit<WebhookDelivery, 'secret'> & { ticket: { id: string; number: number; subject: string } };

/** The action «tell an outside system»: the request is written with the firing, sent after it, repeated until it is taken. */
@Injectable()
export class Webhooks implements OnModuleInit {
  private readonly allowed: AllowedAddresses;

  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly tickets: Tickets,
    private readonly actions: TicketActions,
    private readonly secrets: Secrets,
    private readonly settings: Settings,
  ) {
    this.allowed = allowedAddresses(settings.OPORA_WEBHOOK_ALLOW);
  }

  onModuleInit(): void {
    this.actions.register({
      name: 'webhook',
      label: (ctx) => t(ctx, 'rules.webhook.label'),
      isFor: ['rule'],
      params: [
        {
          name: 'url',
          type: 'url',
          isRequired: true,
          max: 1000,
          label: (ctx) => t(ctx, 'rules.webhook.url'),
          hint: (ctx) => t(ctx, 'rules.webhook.urlHint'),
        },
        {
          name: 'secret',
          type: 'secret',
          max: 200,
          label: (ctx) => t(ctx, 'rules.webhook.secret'),
          hint: (ctx) => t(ctx, 'rules.webhook.secretHint'),
        },
      ],
      check: (_ctx, { url }) => {
        const wrong = urlProblem(String(url), this.allowed);
        return wrong ? [{ pointer: '/url', code: `rules.${wrong}`, message: '' }] : [];
      },
      preview: (ctx, _ticketId, { url }) =>
        Promise.resolve([{ label: t(ctx, 'rules.webhook.line'), before: null, after: String(url) }]),
      run: (ctx, ticketId, params) => this.write(ctx, ticketId, params),
    });
  }

  async list(ctx: Ctx, ruleId: string, { cursor, limit }: PageQuery): Promise<Page<DeliveryRow>> {
    const after = decodeCursor(cursor, ['uuid']);
    const rows = await this.db.query<DeliveryRow>(
      ctx,
      `SELECT d.*, jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject) AS ticket
       FROM webhook_delivery d JOIN ticket t ON t.id = d."ticketId"
       WHERE d."ruleId" = $1 AND ($2::uuid IS NULL OR d.id < $2) ORDER BY d.id DESC LIMIT $3`,
      [ruleId, after?.[0] ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, ({ id }) => keyset(id));
  }

  @Handles(SendWebhook, { transaction: false })
  async send(ctx: Ctx, { deliveryId }: PayloadOf<typeof SendWebhook>, { attempt }: Delivery): Promise<void> {
    const [delivery] = await this.db.query<WebhookDelivery>(
      ctx,
      `UPDATE webhook_delivery SET attempts = attempts + 1 WHERE id = $1 AND state = 'waiting' RETURNING *`,
      [deliveryId],
    );
    if (!delivery) return;
    const { url, body, secret } = delivery;
    try {
      const headers: Record<string, string> = { 'user-agent': 'Opora', 'x-opora-delivery': deliveryId };
      if (secret) headers['x-opora-signature'] = signatureOf(openSecret(this.secrets, secret), body, new Date());
      const { status, body: answer } = await post(url, body, headers, this.allowed);
      const isTaken = status >= 200 && status < 300;
      const isOver = isTaken || isFinal(status) || attempt >= MAX_ATTEMPTS;
      await this.note(ctx, deliveryId, {
        state: isTaken ? 'delivered' : isOver ? 'failed' : 'waiting',
        status,
        answer,
      });
      if (!isOver) throw new Error(`the receiver answered ${status}`);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('the receiver answered')) throw error;
      const isOver = error instanceof InnerAddress || attempt >= MAX_ATTEMPTS;
      const code = error instanceof InnerAddress ? 'inner' : ((error as NodeJS.ErrnoException).code ?? String(error));
      await this.note(ctx, deliveryId, { state: isOver ? 'failed' : 'waiting', error: code });
      if (!isOver) throw error;
    }
  }

  private async write(ctx: TxCtx, ticketId: string, { url, secret }: ActionParams): Promise<void> {
    const id = newId();
    const body = JSON.stringify(await this.bodyOf(ctx, ticketId, id));
    await this.db.query(
      ctx,
      `INSERT INTO webhook_delivery (id, "ruleId", "ticketId", url, secret, body, state, "createdAt") VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7)`,
      [id, ctx.cause.kind === 'rule' ? ctx.cause.id : null, ticketId, url, secret ?? null, body, ctx.now()],
    );
    await this.jobs.enqueue(ctx, SendWebhook({ deliveryId: id }));
  }

  /** What the receiver gets: the ticket as it is after the actions before this one. */
  private async bodyOf(ctx: Ctx, ticketId: string, id: string): Promise<object> {
    const ticket = await this.tickets.get(ctx, ticketId);
    const named = <Row extends { id: string; name: string }>(row: Row | null) => row && { id: row.id, name: row.name };
    return {
      id,
      at: ctx.now().toISOString(),
      rule: ctx.cause.kind === 'rule' ? { id: ctx.cause.id, name: ctx.cause.name } : null,
      ticket: {
        id: ticket.id,
        number: ticket.number,
        version: ticket.version,
        url: `${this.settings.publicUrl}/tickets/${ticket.number}`,
        subject: ticket.subject,
        type: { id: ticket.type.id, code: ticket.type.code, name: ticket.type.name },
        status: { id: ticket.status.id, name: ticket.status.name, category: ticket.statusCategory },
        priority: { id: ticket.priority.id, code: ticket.priority.code, name: ticket.priority.name },
        company: named(ticket.company),
        contact: named(ticket.contact),
        object: named(ticket.object),
        assignee: named(ticket.assignee),
        team: named(ticket.team),
        source: ticket.source,
        customFields: ticket.customFields,
        externalIds: ticket.externalIds,
        createdAt: ticket.createdAt.toISOString(),
        updatedAt: ticket.updatedAt.toISOString(),
        deadlineAt: ticket.deadlineAt?.toISOString() ?? null,
        closedAt: ticket.closedAt?.toISOString() ?? null,
      },
    };
  }

  private async note(
    ctx: Ctx,
    id: string,
    told: { state: WebhookDelivery['state']; status?: number; answer?: string; error?: string },
  ): Promise<void> {
    await this.db.query(
      ctx,
      `UPDATE webhook_delivery SET state = $2, "responseStatus" = $3, "responseBody" = $4, error = $5,
         "finishedAt" = CASE WHEN $2 = 'waiting' THEN NULL ELSE $6::timestamptz END WHERE id = $1`,
      [id, told.state, told.status ?? null, told.answer ?? null, told.error ?? null, ctx.now()],
    );
  }
}
