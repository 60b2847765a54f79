import { IdOrNumberParam } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Optional } from '@opora/platform/http';
import { IsIn, IsUUID } from 'class-validator';
import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import { TicketLink } from './ticket-card.dto';
import { LINK_DIRECTIONS, LINK_KINDS, type LinkDirection, type LinkKind } from './ticket-link.entity';
import type { LinkRow } from './ticket-links.service';

export class AddTicketLink {
  @IsUUID()
  @ApiProperty({ example: '0194f0c8-7d3a-7b1e-9c55-0a1b2c3d4e5f' })
  ticketId: string;
  @IsIn(LINK_KINDS)
  @ApiProperty({ enum: LINK_KINDS, example: 'blocks' })
  kind: (typeof LINK_KINDS)[number];
  /** `outward`: this ticket blocks the other one; `inward`: the other one blocks this. */
  @Optional()
  @IsIn(LINK_DIRECTIONS)
  direction?: LinkDirection;
}

export class TicketLinkParam extends IdOrNumberParam {
  @IsUUID()
  linkId: string;
}

export class TicketLinkView {
  id: string;
  /** `split` comes about by splitting a ticket. */
  kind: LinkKind;
  direction: LinkDirection;
  /** How this ticket stands to the other, in words. */
  label: string;
  ticket: TicketLink;
  createdAt: string;
  createdBy: string;
}

export const toTicketLinkView = (ctx: Ctx, row: LinkRow): TicketLinkView => ({
  id: row.id,
  kind: row.kind,
  direction: row.direction,
  label: t(ctx, `tickets.link.${row.kind}.${row.direction}`),
  ticket: row.ticket,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdByName,
});
