import { NOTIFICATION_KINDS, type NotificationChannel, type NotificationKind } from './notification.entity';

export const REASONS = ['assignee', 'co_executor', 'observer', 'lead', 'team', 'escalation'] as const;
export type Reason = (typeof REASONS)[number];

/** Somebody who might be told, and why; the same person may stand here several times. */
export type Candidate = { employeeId: string; reason: Reason };
export type Wish = { employeeId: string; kind: NotificationKind; app: boolean; mail: boolean };
export type Recipient = { employeeId: string; reason: Reason; channels: NotificationChannel[] };

/** What everybody gets who has not said otherwise. */
export const DEFAULTS: Record<NotificationKind, Record<NotificationChannel, boolean>> = {
  ticket_assigned: { app: true, mail: true },
  ticket_created: { app: true, mail: false },
  client_replied: { app: true, mail: true },
  comment_added: { app: true, mail: false },
  status_changed: { app: true, mail: false },
  ticket_resumed: { app: true, mail: false },
  ticket_rated: { app: true, mail: true },
  sla_warned: { app: true, mail: true },
  sla_breached: { app: true, mail: true },
};

/** Who is told of an event: each person once, for his nearest reason, never the one who did it, in the channels he wants. */
export function recipientsOf(
  kind: NotificationKind,
  candidates: readonly Candidate[],
  doerId: string | null,
  wishes: readonly Wish[],
): Recipient[] {
  const nearest = new Map<string, Reason>();
  for (const { employeeId, reason } of candidates) {
    const known = nearest.get(employeeId);
    if (!known || REASONS.indexOf(reason) < REASONS.indexOf(known)) nearest.set(employeeId, reason);
  }
  return [...nearest]
    .filter(([employeeId]) => employeeId !== doerId)
    .map(([employeeId, reason]) => ({
      employeeId,
      reason,
      channels: channelsOf(
        kind,
        wishes.find((wish) => wish.employeeId === employeeId && wish.kind === kind),
      ),
    }))
    .filter(({ channels }) => channels.length > 0);
}

function channelsOf(kind: NotificationKind, wish: Wish | undefined): NotificationChannel[] {
  const wanted = wish ?? DEFAULTS[kind];
  return [...(wanted.app ? (['app'] as const) : []), ...(wanted.mail ? (['mail'] as const) : [])];
}

/** All settings of a person: his wishes over the defaults. */
export const settingsOf = (wishes: readonly Wish[]) =>
  NOTIFICATION_KINDS.map((kind) => {
    const { app, mail } = wishes.find((wish) => wish.kind === kind) ?? DEFAULTS[kind];
    return { kind, app, mail };
  });
