import {
  NOTIFICATION_KINDS,
  type NotificationChannel,
  type NotificationDefault,
  type NotificationKind,
  type NotificationSetting,
  type Wish,
} from './notification.entity';

export const REASONS = [
  'assignee',
  'co_executor',
  'observer',
  'lead',
  'team',
  'substitute',
  'rule',
  'escalation',
  'approver',
  'initiator',
  'executor',
  'follower',
] as const;
export type Reason = (typeof REASONS)[number];

/** Somebody who might be told, and why; the same person may stand here several times. `absentName`: whom he stands in for. */
export type Candidate = { employeeId: string; reason: Reason; absentName?: string };

export type Wishes = Record<NotificationChannel, Wish>;
export type KindDefault = Wishes & { appLocked: boolean; mailLocked: boolean };

const free = (app: Wish, mail: Wish): KindDefault => ({ app, mail, appLocked: false, mailLocked: false });
/** Approvals write these mails themselves, with the link to decide by. */
const OWN_MAIL: KindDefault = { app: 'now', mail: 'now', appLocked: false, mailLocked: true };

/** What everybody gets who has not said otherwise. */
export const DEFAULTS: Record<NotificationKind, KindDefault> = {
  ticket_assigned: free('now', 'now'),
  ticket_created: free('now', 'off'),
  client_replied: free('now', 'now'),
  comment_added: free('now', 'off'),
  status_changed: free('now', 'off'),
  ticket_resumed: free('now', 'off'),
  ticket_rated: free('now', 'now'),
  sla_warned: free('now', 'now'),
  sla_breached: free('now', 'now'),
  rule_notice: free('now', 'now'),
  approval_asked: OWN_MAIL,
  approval_reminded: OWN_MAIL,
  approval_overdue: free('now', 'now'),
  approval_stuck: free('now', 'now'),
  approval_returned: free('now', 'now'),
  approval_finished: free('now', 'now'),
  approval_decided: free('now', 'off'),
  approval_task: free('now', 'now'),
};

/** Kinds whose mail another module writes. */
export const hasOwnMail = (kind: NotificationKind): boolean => DEFAULTS[kind] === OWN_MAIL;

/** What may not wait for the morning. */
export const isUrgent = (kind: NotificationKind, priorityCode?: string): boolean =>
  kind === 'sla_breached' || kind === 'approval_overdue' || (kind === 'ticket_assigned' && priorityCode === 'critical');

/** Each person once, for his nearest reason, never one of those whose deed it is. */
export function recipientsOf(
  candidates: readonly Candidate[],
  doerIds: readonly (string | null | undefined)[],
): Candidate[] {
  const nearest = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = nearest.get(candidate.employeeId);
    if (!known || REASONS.indexOf(candidate.reason) < REASONS.indexOf(known.reason))
      nearest.set(candidate.employeeId, candidate);
  }
  return [...nearest.values()].filter(({ employeeId }) => !doerIds.includes(employeeId));
}

/** The organisation's decision over the shipped default; what is fixed stays fixed. */
export function defaultOf(kind: NotificationKind, decided: readonly NotificationDefault[]): KindDefault {
  const own = decided.find((row) => row.kind === kind);
  if (!own) return DEFAULTS[kind];
  const { app, mail, appLocked, mailLocked } = own;
  return hasOwnMail(kind) ? { app, mail: 'now', appLocked, mailLocked: true } : { app, mail, appLocked, mailLocked };
}

/** What a person gets of a kind: his wish, unless the organisation has fixed it. */
export function wishesOf(
  kind: NotificationKind,
  decided: readonly NotificationDefault[],
  wish: Wishes | undefined,
): KindDefault {
  const base = defaultOf(kind, decided);
  return {
    ...base,
    app: base.appLocked ? base.app : (wish?.app ?? base.app),
    mail: base.mailLocked ? base.mail : (wish?.mail ?? base.mail),
  };
}

/** All settings of a person: his wishes over the defaults. */
export const settingsOf = (wishes: readonly NotificationSetting[], decided: readonly NotificationDefault[] = []) =>
  NOTIFICATION_KINDS.map((kind) => ({
    kind,
    ...wishesOf(
      kind,
      decided,
      wishes.find((wish) => wish.kind === kind),
    ),
    isUrgent: isUrgent(kind, 'critical'),
  }));
