import { ApiProperty } from '@nestjs/swagger';
import { IsMoment } from '@opora/platform/http';
import { IsOptional, IsUUID } from 'class-validator';
import { Line } from './ticket-text';

export class PutAsideInput {
  /** In the future: the ticket returns by itself within seconds of it. */
  @ApiProperty({ example: '2030-03-01T06:00:00Z' })
  @IsMoment()
  until: string;
  /** The status it returns to, one in which work goes on; without it the status stays. */
  @IsOptional()
  @IsUUID()
  returnStatusId?: string | null;
  /** Why it waits; kept in the history. */
  @IsOptional()
  @Line(0, 500)
  reason?: string | null;
}
