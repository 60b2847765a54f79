import { ticketTemplateVariables, visibleTo } from '@opora/modules/tickets';
import type { Ctx, Locale } from '@opora/platform/context';
import { Db, SqlParams } from '@opora/platform/db';
import { raise, RequestError } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { type RenderedMessage, Templates } from '@opora/platform/templates';
import { Injectable } from '@nestjs/common';
import { metricWords, momentWords, thresholdWords } from './notice-words';
import type { PreviewTemplate } from './message-templates.dto';

/** Previews of mail texts on a real ticket. */
@Injectable()
export class MessageTemplates {
  constructor(
    private readonly db: Db,
    private readonly templates: Templates,
  ) {}

  /** Fills a text, the present one or a draft, with a ticket the person sees and its last comment. */
  async preview(ctx: Ctx, key: string, { locale, ticketId, subject, body }: PreviewTemplate): Promise<RenderedMessage> {
    const comment = await this.lastComment(ctx, ticketId);
    const variables = (await ticketTemplateVariables(this.db, ctx, ticketId, locale)) ?? raise(RequestError.notFound());
    const text = await this.templates.find(ctx, key, locale);
    return this.templates.fill({ subject: subject ?? text.subject, body: body ?? text.body }, locale, {
      ...variables,
      ...this.examples(ctx, locale, comment),
    });
  }

  private async lastComment(
    ctx: Ctx,
    ticketId: string,
  ): Promise<{ html: string; text: string; author: string } | undefined> {
    const params = new SqlParams();
    const id = params.add(ticketId);
    const [row] = await this.db.query<{ html: string | null; text: string | null; author: string | null }>(
      ctx,
      `SELECT c.html, c.text, c."authorName" AS author FROM ticket t
       LEFT JOIN LATERAL (SELECT * FROM comment WHERE "ticketId" = t.id AND 'client' = ANY(audience) ORDER BY "createdAt" DESC LIMIT 1) c ON true
       WHERE t.id = ${id}::uuid AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    if (!row) throw RequestError.notFound();
    return row.html === null ? undefined : { html: row.html, text: row.text ?? '', author: row.author ?? '' };
  }

  private examples(ctx: Ctx, locale: Locale, comment: { html: string; text: string; author: string } | undefined) {
    const example = t({ locale }, 'notifications.exampleComment');
    const event = {
      text: example,
      reason: t({ locale }, 'notifications.reasons.observer'),
      at: momentWords(locale, ctx.now().toISOString(), 'UTC'),
      comment: comment?.text ?? '',
    };
    return {
      text: example,
      count: 2,
      events: [event, event],
      tickets: [{ number: 1, subject: example, url: '#', events: [event, event] }],
      approval: { number: 1, title: example, url: '#' },
      settings: { url: '#' },
      comment: { html: comment?.html ?? `<p>${example}</p>`, text: comment?.text ?? example },
      actor: { name: comment?.author || ctx.actor.name },
      author: { name: comment?.author || ctx.actor.name },
      reason: t({ locale }, 'notifications.reasons.assignee'),
      rating: { score: t({ locale }, 'notifications.scores.good') },
      sla: {
        metric: metricWords(locale, 'resolution'),
        threshold: thresholdWords(locale, '75%'),
        due: momentWords(locale, ctx.now().toISOString(), 'UTC'),
      },
      smiles: { bad: '#', normal: '#', good: '#' },
    };
  }
}
