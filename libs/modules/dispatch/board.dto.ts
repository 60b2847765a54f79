import { Optional, PageQuery, IsMoment, Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { SkillLevelView } from './skills.dto';
import { DispatchPersonRef, ZoneRef } from './zones.dto';

const UUID_OR_NONE = /^(none|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/;

export class AskBoard {
  /** People of this team; without it everybody the asker may look at, at most 100. */
  @IsOptional()
  @IsUUID()
  teamId?: string;

  /** The first day, in the organisation's time zone; today by default. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  date?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(7)
  days?: number;
}

export class ListUnassigned extends PageQuery {
  /** Tickets of this team; `none` asks for those of no team. */
  @IsOptional()
  @Matches(UUID_OR_NONE)
  teamId?: string;

  /** Tickets in this zone; `none` asks for those in no zone. */
  @IsOptional()
  @Matches(UUID_OR_NONE)
  zoneId?: string;

  /** A filter as for the list of tickets. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  q?: string;
}

export class AskSuggestions {
  /** Id or number of the ticket. */
  @Matches(/^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,15})$/)
  ticketId: string;

  /** When somebody should be there; the ticket's own time by default, otherwise now. */
  @IsOptional()
  @IsMoment()
  at?: string;
}

export class SeenAssignment {
  @ApiProperty({ type: String, nullable: true })
  @IsOptional()
  @IsUUID()
  assigneeId: string | null;

  @ApiProperty({ type: String, nullable: true })
  @IsOptional()
  @IsMoment()
  scheduledFor: string | null;
}

export class SaveAssignment {
  @IsUUID()
  ticketId: string;

  /** Whose it shall be; null gives it back to the queue. */
  @ApiProperty({ type: String, nullable: true })
  @IsOptional()
  @IsUUID()
  assigneeId: string | null;

  /** When; null takes it off the day, absent leaves it. */
  @ApiProperty({ type: String, nullable: true, required: false })
  @IsOptional()
  @IsMoment()
  scheduledFor?: string | null;

  /** How long. */
  @ApiProperty({ type: Number, nullable: true, required: false })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(31_536_000)
  plannedSeconds?: number | null;

  /** The team to put it into, where it has none. */
  @Optional()
  @IsUUID()
  teamId?: string;

  /** Why it is taken from somebody. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @Length(0, 500)
  reason?: string | null;

  /** What the asker saw: where somebody was quicker, nothing is changed and he is named. */
  @IsObject()
  @ValidateNested()
  @Type(() => SeenAssignment)
  seen: SeenAssignment;
}

export class DispatchSpanView {
  from: string;
  to: string;
}

export class BoardDayView extends DispatchSpanView {
  /** In the organisation's time zone. */
  date: string;
}

export class DispatchBadge {
  id: string;
  name: string;
  color: string;
}

export class DispatchPlaceView {
  address: string | null;
  latitude: number | null;
  longitude: number | null;
}

export class DispatchTicketView {
  id: string;
  number: number;
  version: number;
  subject: string;
  type: DispatchPersonRef;
  status: DispatchBadge;
  priority: DispatchBadge;
  company: DispatchPersonRef | null;
  object: DispatchPersonRef | null;
  team: DispatchPersonRef | null;
  place: DispatchPlaceView | null;
  /** Zones of its place, the first counts. */
  zoneIds: string[];
  /** What its type needs. */
  @ApiProperty({ type: [SkillLevelView] })
  skills: SkillLevelView[];
  scheduledFor: string | null;
  plannedSeconds: number | null;
  /** The nearest end: promised by hand or by a policy. */
  dueAt: string | null;
  isOverdue: boolean;
  isDone: boolean;
  /** The asker may hand it to somebody. */
  isAssignable: boolean;
}

export class BoardLegView {
  minutes: number;
  km: number;
  /** There is less time between the two visits than the way takes. */
  isTight: boolean;
}

export class BoardBlockView extends DispatchSpanView {
  /** Null where the asker may not see the ticket: the person is busy. */
  @ApiProperty({ type: DispatchTicketView, nullable: true })
  ticket: DispatchTicketView | null;
  /** The way to it: an estimate. */
  @ApiProperty({ type: BoardLegView, nullable: true })
  travel: BoardLegView | null;
}

export class BoardLoadView {
  date: string;
  plannedSeconds: number;
  /** Working time of the day without absences. */
  capacitySeconds: number;
}

export class BoardPersonView {
  id: string;
  name: string;
  @ApiProperty({ type: [SkillLevelView] })
  skills: SkillLevelView[];
  zoneIds: string[];
  hasBase: boolean;
  openCount: number;
  overdueCount: number;
  /** Open tickets without a time: planned seconds together, and how many have no plan at all. */
  backlogSeconds: number;
  backlogCount: number;
  unplannedCount: number;
  @ApiProperty({ type: [BoardLoadView] })
  load: BoardLoadView[];
  /** Working time. */
  @ApiProperty({ type: [DispatchSpanView] })
  hours: DispatchSpanView[];
  @ApiProperty({ type: [DispatchSpanView] })
  absences: DispatchSpanView[];
  @ApiProperty({ type: [BoardBlockView] })
  blocks: BoardBlockView[];
}

export class BoardView {
  timeZone: string;
  @ApiProperty({ type: [BoardDayView] })
  days: BoardDayView[];
  /** How long a visit is drawn when its ticket does not say. */
  visitSeconds: number;
  @ApiProperty({ type: [BoardPersonView] })
  people: BoardPersonView[];
  @ApiProperty({ type: [ZoneRef] })
  zones: ZoneRef[];
  @ApiProperty({ type: [DispatchPersonRef] })
  skills: DispatchPersonRef[];
  /** There are more people than are shown. */
  isCut: boolean;
}

export class SuggestionSkillView extends SkillLevelView {
  name: string;
  /** The level the person has; null without the skill. */
  own: number | null;
  isMet: boolean;
}

export class SuggestionReasonView {
  @ApiProperty({ enum: ['absent', 'skill', 'zone', 'capacity', 'busy'] })
  code: string;
  message: string;
}

export class SuggestionView {
  id: string;
  name: string;
  /** Nothing stands in his way. */
  isFit: boolean;
  /** By road, an estimate; null where a place is not known. */
  travelMinutes: number | null;
  distanceKm: number | null;
  /** He sets out from a visit of the day, not from his base point. */
  isFromVisit: boolean;
  servesZone: boolean;
  @ApiProperty({ type: [ZoneRef] })
  zones: ZoneRef[];
  @ApiProperty({ type: [SuggestionSkillView] })
  skills: SuggestionSkillView[];
  openCount: number;
  overdueCount: number;
  plannedSeconds: number;
  capacitySeconds: number;
  absentUntil: string | null;
  /** Why not he. */
  @ApiProperty({ type: [SuggestionReasonView] })
  reasons: SuggestionReasonView[];
}

export class SuggestionsView {
  at: string;
  @ApiProperty({ type: DispatchTicketView })
  ticket: DispatchTicketView;
  assigneeId: string | null;
  @ApiProperty({ type: [ZoneRef] })
  zones: ZoneRef[];
  /** How travel is estimated. */
  roadFactor: number;
  speedKmh: number;
  @ApiProperty({ type: [SuggestionView] })
  data: SuggestionView[];
}

export class AssignmentView {
  id: string;
  number: number;
  version: number;
  assignee: DispatchPersonRef | null;
  scheduledFor: string | null;
  plannedSeconds: number | null;
}
