import type { StatusLook } from './tickets.types';

/** A condition that stands in the way of a transition. */
export type Unmet = { guard: string; message: string };

/** What a refusal tells when somebody has moved the ticket meanwhile. */
export type StatusMoved = {
  current: { version: number; status: (StatusLook & { id: string }) | null };
  seen: { version: number | null; status: (StatusLook & { id: string }) | null };
  by: string | { name: string } | null;
  at: string | null;
};
