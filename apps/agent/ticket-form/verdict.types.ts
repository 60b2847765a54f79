import type { Schemas } from '@opora/client';

export type VerdictField = Schemas['FormFieldVerdictView'];

/** A form as far as it is filled in, by the names of the API. */
export type VerdictInput = {
  ticketId?: string;
  /** The status the ticket would enter. */
  statusId?: string;
  values: Record<string, unknown>;
  channel?: Schemas['AskVerdict']['channel'];
};
