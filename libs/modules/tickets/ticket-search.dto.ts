import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { TicketNameRef, TicketRowView } from './ticket-list.dto';

export class SearchEverything {
  /** Words, a number, a phone, a code, or a whole filter. */
  @IsString()
  @Length(1, 4000)
  @ApiProperty({ example: 'замена картриджа hp-7919' })
  q: string;

  /** Rows of each group, 1 to 50. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = 10;
}

export class FoundTicketsView {
  @ApiProperty({ type: [TicketRowView] })
  data: TicketRowView[];
  /** There are more: the list of tickets with the same `q` shows them all. */
  hasMore: boolean;
  /** Nothing bears the words as typed; these are the most alike. */
  isApproximate: boolean;
}

export class FoundContactView {
  id: string;
  name: string;
  @ApiProperty({ type: [TicketNameRef] })
  companies: TicketNameRef[];
}

export class SearchView {
  tickets: FoundTicketsView;
  @ApiProperty({ type: [TicketNameRef] })
  companies: TicketNameRef[];
  @ApiProperty({ type: [FoundContactView] })
  contacts: FoundContactView[];
}
