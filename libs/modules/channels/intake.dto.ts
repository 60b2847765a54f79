import { type Ctx } from '@opora/platform/context';
import { List, PageQuery, Trimmed } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateIf,
} from 'class-validator';
import { INTAKE_STATES, type IntakeChannel, type IntakeState } from './intake-message.entity';
import type { IntakeRow } from './intake.service';

export class ListIntake extends PageQuery {
  /** One state or several, comma separated. */
  @IsOptional()
  @List()
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(INTAKE_STATES, { each: true })
  state?: IntakeState[];

  /** Part of the sender's name or address, or of the subject. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @Length(2, 200)
  q?: string;

  /** Mails of this ticket. */
  @IsOptional()
  @IsUUID()
  ticketId?: string;
}

export const INTAKE_DECISIONS = ['attach', 'new_ticket', 'ignore'] as const;
export type IntakeDecision = (typeof INTAKE_DECISIONS)[number];

/** What an agent decides about a held mail. */
export class DecideIntake {
  @ApiProperty({ example: 'attach' })
  @IsIn(INTAKE_DECISIONS)
  decision: IntakeDecision;

  /** The ticket to attach to, id or number; required with `attach`. */
  @ApiProperty({ example: '1024', required: false })
  @ValidateIf(({ decision, ticketId }: DecideIntake) => decision === 'attach' || ticketId !== undefined)
  @IsString()
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,15})$/)
  ticketId?: string;
}

/** Why the mail is in its state. */
export class IntakeReasonView {
  /** Stable code, such as `notParticipant`. */
  code: string;
  /** The reason in the request's language. */
  text: string;
}

/** A mail of the intake journal. */
export class IntakeView {
  id: string;
  channel: IntakeChannel;
  mailboxId: string | null;
  receivedAt: string;
  /** Null when the way it came has no envelope (IMAP); empty for a delivery report. */
  envelopeFrom: string | null;
  envelopeTo: string[];
  size: number;
  /** SHA-256 of the bytes, hex. */
  sha256: string;
  state: IntakeState;
  reason: IntakeReasonView | null;
  /** What the reader could not make out; the original has it. */
  problem: string | null;
  attempts: number;
  parsedAt: string | null;
  messageId: string | null;
  from: { name: string; address: string } | null;
  subject: string | null;
  ticketId: string | null;
  ticketNumber: number | null;
  commentId: string | null;
  /** The mail this one repeats. */
  duplicateOfId: string | null;
}

export const toIntakeView = (ctx: Ctx, row: IntakeRow): IntakeView => ({
  id: row.id,
  channel: row.channel,
  mailboxId: row.mailboxId,
  receivedAt: row.receivedAt.toISOString(),
  envelopeFrom: row.envelopeFrom,
  envelopeTo: row.envelopeTo,
  size: row.size,
  sha256: row.sha256,
  state: row.state,
  reason: row.reason ? { code: row.reason, text: t(ctx, `channels.reasons.${row.reason}`, row.facts) } : null,
  problem: row.problem,
  attempts: row.attempts,
  parsedAt: row.parsedAt?.toISOString() ?? null,
  messageId: row.messageId,
  from: row.fromAddress === null ? null : { name: row.fromName ?? '', address: row.fromAddress },
  subject: row.subject,
  ticketId: row.ticketId,
  ticketNumber: row.ticketNumber,
  commentId: row.commentId,
  duplicateOfId: row.duplicateOfId,
});

/** How many mails are in a state. */
export class IntakeCountView {
  state: IntakeState;
  count: number;
}
