import type { Schemas } from '@opora/client';

export type Board = Schemas['BoardView'];
export type BoardPerson = Schemas['BoardPersonView'];
export type BoardBlock = Schemas['BoardBlockView'];
export type BoardTicket = Schemas['DispatchTicketView'];
export type Suggestion = Schemas['SuggestionView'];
export type Suggestions = Schemas['SuggestionsView'];
export type Zone = Schemas['ZoneView'];
export type Skill = Schemas['SkillView'];
export type SkillLevel = Schemas['SkillLevelView'];
export type Engineer = Schemas['EngineerView'];
export type Assignment = Schemas['AssignmentView'];

/** What a person wants of a ticket on the board: whose it shall be and when; `undefined` leaves it. */
export type Deed = {
  ticket: BoardTicket;
  /** Whose it is on the screen. */
  fromId: string | null;
  to: { id: string; name: string } | null;
  scheduledFor?: string | null;
  plannedSeconds?: number | null;
  teamId?: string;
  /** Takes back what was done a moment ago: no way back is offered again. */
  isUndo?: boolean;
};
