import { ApiProperty } from '@nestjs/swagger';
import { Optional } from '@opora/platform/http';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { Line } from './ticket-text';
import { TicketRowView } from './ticket-list.dto';
import { PortalTicketRowView } from './portal-tickets.dto';

export const DUPLICATE_REASONS = ['subject', 'object', 'contact', 'company'] as const;
export type DuplicateReason = (typeof DUPLICATE_REASONS)[number];

/** A ticket in the making, as far as it is filled in. */
export class FindDuplicates {
  @Line(0, 500)
  @ApiProperty({ example: 'Не печатает принтер на кассе 3' })
  subject: string;
  @IsOptional()
  @IsUUID()
  companyId?: string | null;
  @IsOptional()
  @IsUUID()
  contactId?: string | null;
  @IsOptional()
  @IsUUID()
  objectId?: string | null;
}

export class FindPortalDuplicates {
  @Line(0, 500)
  @ApiProperty({ example: 'Не печатает принтер на кассе 3' })
  subject: string;
  @IsOptional()
  @IsUUID()
  objectId?: string | null;
}

export class FindMergeCandidates {
  /** A number, words or a filter; without it, tickets that look alike. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  q?: string;
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit?: number;
}

export class DuplicateView {
  ticket: TicketRowView;
  /** How alike, from 0 to 1. */
  score: number;
  /** What the two have in common. */
  @ApiProperty({ enum: DUPLICATE_REASONS, isArray: true })
  why: DuplicateReason[];
}

export class PortalDuplicateView extends PortalTicketRowView {
  /** How alike, from 0 to 1. */
  score: number;
}
