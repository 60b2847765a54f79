import { IdOrNumberParam } from '@opora/platform/http';
import { IsIn, IsUUID } from 'class-validator';
import type { GrantRow } from './ticket-grants.service';
import { OBSERVER_KINDS, type ObserverKind, PRESENCE_STATES, type PresenceState } from './ticket-participants.entity';
import type { PresentPerson } from './ticket-reading.service';

export class SubjectParam extends IdOrNumberParam {
  @IsIn(OBSERVER_KINDS)
  kind: ObserverKind;
  @IsUUID()
  subjectId: string;
}

/** Sight of one ticket given by name. */
export class GrantView {
  kind: ObserverKind;
  id: string;
  name: string;
  expiresAt: string;
  grantedBy: string;
  createdAt: string;
}

export class PresenceInput {
  @IsIn([...PRESENCE_STATES, 'away'])
  state: PresenceState | 'away';
}

export class PresenceView {
  id: string;
  name: string;
  state: PresenceState;
  /** When the sign of presence runs out. */
  until: string;
}

export const toGrantView = ({ kind, id, name, expiresAt, grantedByName, createdAt }: GrantRow): GrantView => ({
  kind,
  id,
  name,
  expiresAt: expiresAt.toISOString(),
  grantedBy: grantedByName,
  createdAt: createdAt.toISOString(),
});

export const toPresenceView = ({ id, name, state, until }: PresentPerson): PresenceView => ({
  id,
  name,
  state,
  until: until.toISOString(),
});
