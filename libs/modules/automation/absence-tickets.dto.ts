import { IsOptional, IsUUID } from 'class-validator';
import { RoutingRef } from './routing-rows.dto';

export class HandOverAbsence {
  /** Who gets them; whoever stands in when left out. */
  @IsOptional()
  @IsUUID()
  toId?: string | null;
}

/** The open tickets of somebody who is away, as far as the asker sees them. */
export class AbsenceTicketsView {
  open: number;
  /** Who would get them. */
  standIn: RoutingRef | null;
}

export class RefusedTicketView {
  id: string;
  number: number;
  subject: string;
  /** Why it stays where it is. */
  message: string;
}

export class AbsenceHandOverView {
  handed: number;
  refused: RefusedTicketView[];
  /** Further ones: ask again. */
  left: number;
}
