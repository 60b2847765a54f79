import { Injectable } from '@nestjs/common';

/** Seconds in which a person's mails gather: several events of a ticket are one mail. */
export const GATHER_SECONDS = 10;
/** Moments lie on a grid, so that what two processes gather goes together. */
const GRID_MS = 5000;
const MINUTE_MS = 60_000;
/** Whoever has had so many mails in a minute gets the next ones as a list when the minute is over. */
const MOST_A_MINUTE = 5;
const MOST_REMEMBERED = 10_000;

/** How fast a person is mailed. Remembered by each process for itself: two may make twice as many mails of it, no more. */
@Injectable()
export class MailPace {
  private readonly sent = new Map<string, number[]>();

  /** When the next mail goes that nobody has begun to gather. */
  nextMail(employeeId: string, now: Date, notBefore: Date): Date {
    const recent = this.recent(employeeId, now.getTime());
    const paced = recent.length >= MOST_A_MINUTE ? recent[0]! + MINUTE_MS : 0;
    const earliest = Math.max(now.getTime() + GATHER_SECONDS * 1000, notBefore.getTime(), paced);
    return new Date(Math.ceil(earliest / GRID_MS) * GRID_MS);
  }

  /** Notes a mail. */
  mailed(employeeId: string, now: Date): void {
    if (this.sent.size > MOST_REMEMBERED) this.sent.clear();
    this.sent.set(employeeId, [...this.recent(employeeId, now.getTime()), now.getTime()]);
  }

  private recent(employeeId: string, now: number): number[] {
    return (this.sent.get(employeeId) ?? []).filter((at) => at > now - MINUTE_MS && at <= now);
  }
}
