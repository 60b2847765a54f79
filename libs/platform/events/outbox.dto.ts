import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../http/paging';
import { OUTBOX_STATES, type OutboxRow, type OutboxState } from './outbox.entity';

export class ListOutbox extends PageQuery {
  @IsOptional()
  @IsIn(OUTBOX_STATES)
  state?: OutboxState;
}

/** One handler's share of an event, or one job. */
export class OutboxRowView {
  id: string;
  eventId: string;
  /** The event's or job's name, such as `ticket.created`. */
  name: string;
  handler: string;
  payload: Record<string, unknown>;
  state: OutboxState;
  dueAt: string;
  attempts: number;
  lastError: string | null;
  createdAt: string;
  doneAt: string | null;
}

export const toOutboxRowView = (row: OutboxRow): OutboxRowView => ({
  id: row.id,
  eventId: row.eventId,
  name: row.name,
  handler: row.handler,
  payload: row.payload,
  state: row.state,
  dueAt: row.dueAt.toISOString(),
  attempts: row.attempts,
  lastError: row.lastError,
  createdAt: row.createdAt.toISOString(),
  doneAt: row.doneAt?.toISOString() ?? null,
});
