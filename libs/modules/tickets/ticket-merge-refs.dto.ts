/** A ticket by its number. */
export class TicketRef {
  id: string;
  number: number;
  subject: string;
}

/** How many tickets were merged into this one. */
export class MergedCountView {
  count: number;
}
