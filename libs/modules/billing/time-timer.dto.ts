import { Optional, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { TimeEntryView, TimeTicketRef } from './time-entries.dto';
import { countedSeconds } from './time-rules';

export class StartTimer {
  /** A ticket's id or number. */
  @ApiProperty({ example: '1042' })
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,15})$/)
  ticketId: string;
}

export class StopTimer {
  @ApiProperty({ required: false, maxLength: 2000, example: 'Настроил почту' })
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(2000)
  comment?: string;

  /** Another length than the timer measured. */
  @ApiProperty({ required: false, example: '1:30' })
  @Optional()
  @IsString()
  @MaxLength(200)
  spent?: string;
}

export class TimerView {
  /** Null where the ticket is not shown to one any more. */
  ticket: TimeTicketRef | null;
  startedAt: string;
  isRunning: boolean;
  /** Counted at the moment of the answer. */
  seconds: number;
}

export class MyTimerView {
  timer: TimerView | null;
  /** The entry made of a timer that ran on another ticket. */
  logged: TimeEntryView | null;
}

export type TimerRow = {
  employeeId: string;
  ticketId: string;
  ticketNumber: number;
  ticketSubject: string;
  isTicketShown: boolean;
  startedAt: Date;
  accumulatedSeconds: number;
  runningSince: Date | null;
};

export const toTimerView = (row: TimerRow, now: Date): TimerView => ({
  ticket: row.isTicketShown ? { id: row.ticketId, number: Number(row.ticketNumber), subject: row.ticketSubject } : null,
  startedAt: row.startedAt.toISOString(),
  isRunning: row.runningSince !== null,
  seconds: countedSeconds(row, now),
});
