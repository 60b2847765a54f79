import { IsMoment } from '@opora/platform/http';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { TicketPersonRef } from './ticket-card.dto';
import type { ChangeRow, PastField } from './ticket-history.service';

/** A value of any type. */
const ANY = {
  nullable: true,
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
} satisfies ApiPropertyOptions;

/** Why a change happened. */
export class CauseView {
  /** `user`, `api_key`, `mail`, `rule`, `import`, `partner` or `system`. */
  kind: string;
  /** The key, mail, rule or partner. */
  id: string | null;
  name: string | null;
  /** What the person gave as the reason. */
  reason: string | null;
}

export class TicketChangeView {
  id: string;
  at: string;
  actor: TicketPersonRef;
  cause: CauseView;
  field: string;
  @ApiProperty(ANY)
  before: unknown;
  @ApiProperty(ANY)
  after: unknown;
  /** The name behind the value, where it is an id. */
  beforeLabel: string | null;
  afterLabel: string | null;
  /** The version the change led to. */
  version: number;
}

export class MomentQuery {
  /** A past moment, RFC 3339. */
  @IsMoment()
  moment: string;
}

export class PastFieldView {
  field: string;
  @ApiProperty(ANY)
  value: unknown;
  label: string | null;
}

export function toTicketChangeView(row: ChangeRow): TicketChangeView {
  const { cause } = row;
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    cause: {
      kind: cause.kind,
      id: 'id' in cause ? cause.id : null,
      name: 'name' in cause ? cause.name : null,
      reason: cause.reason ?? null,
    },
    field: row.field,
    before: row.before,
    after: row.after,
    beforeLabel: row.beforeLabel,
    afterLabel: row.afterLabel,
    version: row.version,
  };
}

export const toPastFieldView = ({ field, value, label }: PastField): PastFieldView => ({ field, value, label });
