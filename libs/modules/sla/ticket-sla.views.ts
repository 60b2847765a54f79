import { defineFilterKey, defineTicketFacet, defineTicketSort, momentCondition } from '@opora/modules/tickets';
import { CLOCK_STATES, type ClockState } from './sla-clock';
import { SLA_METRICS, type SlaMetric } from './sla-story';
import { ApiProperty } from '@nestjs/swagger';

/** One clock of a ticket, as rows and cards show it. */
export class ClockView {
  @ApiProperty({ enum: SLA_METRICS })
  metric: SlaMetric;
  /** `breached` also while the ticket is still open; `stopped` was given up without a result. */
  @ApiProperty({ enum: CLOCK_STATES })
  state: ClockState;
  /** The computed end; null while the clock stands, because then nobody can know it. */
  @ApiProperty({ type: String, nullable: true })
  dueAt: string | null;
  /** The first warning before the end. */
  @ApiProperty({ type: String, nullable: true })
  warnAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  pausedSince: string | null;
  /** Why it stands: the status's name, «put aside». */
  @ApiProperty({ type: String, nullable: true })
  pauseReason: string | null;
  /** Working time left while the clock stands. */
  @ApiProperty({ type: Number, nullable: true })
  remainingSeconds: number | null;
  /** The date a person promised instead; reports count the computed one. */
  @ApiProperty({ type: String, nullable: true })
  manualDueAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  stoppedAt: string | null;
}

export class SlaPolicyRef {
  @ApiProperty()
  id: string;
  @ApiProperty()
  name: string;
}

/** What rows of tickets show of their promises. */
export class SlaRowView {
  @ApiProperty({ type: ClockView, nullable: true })
  reaction: ClockView | null;
  @ApiProperty({ type: ClockView, nullable: true })
  resolution: ClockView | null;
  @ApiProperty({ type: SlaPolicyRef, nullable: true })
  policy: SlaPolicyRef | null;
  /** Some promise was not kept. */
  @ApiProperty()
  isBreached: boolean;
  /** The running clock whose end is nearest, where it is another than the two above: those are not repeated in every row. */
  @ApiProperty({ type: ClockView, nullable: true })
  next: ClockView | null;
}

defineTicketFacet('sla', {
  view: SlaRowView,
  select: ({ locale }) => `SELECT sla.${locale === 'en' ? 'en' : 'ru'} FROM ticket_sla sla WHERE sla."ticketId" = t.id`,
});

const withSla = (condition: string): string =>
  `EXISTS (SELECT 1 FROM ticket_sla sla WHERE sla."ticketId" = t.id AND ${condition})`;

defineFilterKey('sla', {
  words: ['breached', 'warned', 'running', 'paused', 'met', 'unowned', 'none'],
  condition: (_, { text }, { params, now }) => {
    const at = (): string => `${params.add(now)}::timestamptz`;
    switch (text) {
      case 'breached':
        return withSla(`(sla."isBreached" OR sla."nextDueAt" < ${at()})`);
      case 'warned':
        return withSla(`sla.state = 'running' AND sla."warnAt" <= ${at()} AND sla."nextDueAt" >= ${at()}`);
      case 'unowned':
        return `t."assigneeId" IS NULL AND EXISTS (SELECT 1 FROM sla_clock clock WHERE clock."ticketId" = t.id AND clock.metric = 'assignment'
          AND clock."stoppedAt" IS NULL AND clock."dueAt" < ${at()})`;
      case 'none':
        return `NOT ${withSla('sla."policyId" IS NOT NULL')}`;
      case 'running':
        return withSla(`sla.state = 'running' AND (sla."nextDueAt" IS NULL OR sla."nextDueAt" >= ${at()})`);
      default:
        return withSla(`sla.state = ${params.add(text)}::text`);
    }
  },
});

for (const [key, column] of [
  ['due', 'resolutionDueAt'],
  ['reaction', 'reactionDueAt'],
] as const) {
  defineFilterKey(key, {
    words: ['none'],
    also: 'date',
    compares: true,
    condition: (operator, value, scope) =>
      value.isWord
        ? `NOT ${withSla(`sla."${column}" IS NOT NULL`)}`
        : withSla(`${momentCondition(`sla."${column}"`, operator, value, scope)} AND sla."${column}" IS NOT NULL`),
  });
}

defineTicketSort('due', {
  key: `COALESCE((SELECT sla."nextDueAt" FROM ticket_sla sla WHERE sla."ticketId" = t.id), 'infinity'::timestamptz)`,
  type: 'timestamptz',
  join: '',
});
