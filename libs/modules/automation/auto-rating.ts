import { Feedback, type Score, SCORES } from '@opora/modules/feedback';
import { TicketActions } from '@opora/modules/macros';
import { t } from '@opora/platform/i18n';
import { Injectable, type OnModuleInit } from '@nestjs/common';

/** The action «rate for a client who is silent»: marked as automatic, and gone as soon as he gives a mark himself. */
@Injectable()
export class AutoRating implements OnModuleInit {
  constructor(
    private readonly actions: TicketActions,
    private readonly feedback: Feedback,
  ) {}

  onModuleInit(): void {
    this.actions.register({
      name: 'auto_rate',
      label: (ctx) => t(ctx, 'rules.autoRate.label'),
      isFor: ['rule'],
      params: [
        {
          name: 'score',
          type: 'choice',
          isRequired: true,
          label: (ctx) => t(ctx, 'rules.fact.score'),
          options: (ctx) => SCORES.map((value) => ({ value, label: t(ctx, `rules.value.score.${value}`) })),
        },
      ],
      preview: (ctx, _ticketId, { score }) =>
        Promise.resolve([
          { label: t(ctx, 'rules.autoRate.line'), before: null, after: t(ctx, `rules.value.score.${String(score)}`) },
        ]),
      run: async (ctx, ticketId, { score }) => {
        await this.feedback.rateAutomatically(ctx, ticketId, score as Score);
      },
    });
  }
}
