import { PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { type EarlierMark, type Rating, RATING_SOURCES, type RatingSource, type Score, SCORES } from './rating.entity';

export class RateTicket {
  @ApiProperty({ enum: SCORES, example: 'good' })
  @IsIn(SCORES)
  score: Score;

  @ApiProperty({ required: false, maxLength: 4000, example: 'Приехали быстро, всё объяснили' })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(4000)
  comment?: string;
}

export class RateByLink extends RateTicket {
  /** From the link in the mail. */
  @IsString()
  @MaxLength(100)
  token: string;
}

export class RatingLinkParam {
  @IsString()
  @MaxLength(100)
  token: string;
}

export class ListRatings extends PageQuery {
  @IsOptional()
  @IsIn(SCORES)
  score?: Score;

  /** Only marks of this company's tickets. */
  @IsOptional()
  @IsUUID()
  companyId?: string;
}

export class EarlierMarkView {
  @ApiProperty({ enum: SCORES })
  score: Score;
  comment: string | null;
  at: string;
}

export class RatingView {
  id: string;
  ticketId: string;
  ticketNumber: number;
  ticketSubject: string;
  contact: { id: string; name: string };
  @ApiProperty({ enum: SCORES })
  score: Score;
  comment: string | null;
  /** Marks that were replaced, oldest first. */
  previous: EarlierMarkView[];
  @ApiProperty({ enum: RATING_SOURCES })
  source: RatingSource;
  isAutomatic: boolean;
  createdAt: string;
  changedAt: string;
}

export class TicketRatingsView {
  /** One mark for each contact who rated; the last given first. */
  ratings: RatingView[];
}

export class PortalMarkView {
  @ApiProperty({ enum: SCORES })
  score: Score;
  comment: string | null;
  changedAt: string;
}

/** What a client sees of the mark of a ticket. */
export class PortalRatingView {
  ticketNumber: number;
  ticketSubject: string;
  rating: PortalMarkView | null;
  canRate: boolean;
  /** Until when the mark may be given or changed. */
  until: string | null;
}

export type RatingRow = Rating & { ticketNumber: number; ticketSubject: string; contactName: string };

export const toRatingView = (row: RatingRow): RatingView => ({
  id: row.id,
  ticketId: row.ticketId,
  ticketNumber: Number(row.ticketNumber),
  ticketSubject: row.ticketSubject,
  contact: { id: row.contactId, name: row.contactName },
  score: row.score,
  comment: row.comment,
  previous: row.previous.map(({ score, comment, at }: EarlierMark) => ({ score, comment, at })),
  source: row.source,
  isAutomatic: row.isAutomatic,
  createdAt: row.createdAt.toISOString(),
  changedAt: row.changedAt.toISOString(),
});

export type RateableTicket = {
  id: string;
  number: number;
  subject: string;
  statusCategory: string;
  solvedAt: Date | null;
  closedAt: Date | null;
};

export const toPortalRatingView = (
  ticket: RateableTicket,
  rating: Rating | null,
  until: Date | null,
  now: Date,
): PortalRatingView => ({
  ticketNumber: Number(ticket.number),
  ticketSubject: ticket.subject,
  rating: rating && { score: rating.score, comment: rating.comment, changedAt: rating.changedAt.toISOString() },
  canRate: until !== null && now <= until,
  until: until?.toISOString() ?? null,
});
