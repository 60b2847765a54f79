import type { Schemas } from '@opora/client';
import type { SlashTyped } from '@opora/ui/rich-text';
import { type ComponentType, createContext, type ReactNode, type RefObject, use } from 'react';

type Ticket = Schemas['TicketView'];
type Row = Schemas['TicketRowView'];
type OfTicket = ComponentType<{ ticket: Ticket }>;

/** A column that another feature gives to lists of tickets. `label` is a text key; `sortKey` an order the API knows. */
export type TicketColumn = {
  key: string;
  label: string;
  /** A CSS grid track. */
  width: string;
  sortKey?: string;
  Cell: ComponentType<{ row: Row }>;
  /** Shown without being asked, after this column of the usual ones. */
  usuallyAfter?: string;
};

/** Tickets chosen in a list: by their ids, or all that its filter finds. */
export type TicketSelection = {
  count: number;
  body: { ticketIds: string[] } | { q?: string; view?: string; except?: string[] };
};

/** What a tool of the composer is told and may do. */
export type ComposerTool = {
  ticket: Ticket;
  /** What is being typed after a slash, and where; null when nothing is. */
  typed: SlashTyped | null;
  /** The tool's keys while something is typed after a slash; true when a key was used. */
  keys: RefObject<((event: KeyboardEvent) => boolean) | null>;
  /** Types a slash where the cursor stands. */
  begin: () => void;
  /** Puts HTML in the place of what was typed. */
  insert: (html: string) => void;
};

type Named = { id: string; name: string };
/** Values for the form of a new ticket. */
export type TicketDraft = {
  fields: {
    subject?: string;
    description?: string;
    typeId?: string;
    priorityId?: string;
    impact?: string;
    urgency?: string;
    plannedMinutes?: number;
  };
  picked: Partial<Record<'company' | 'contact' | 'object' | 'assignee' | 'team', Named>> &
    Partial<Record<'observers' | 'coExecutors', Named[]>>;
  customFields: Record<string, unknown>;
  /** Done with the ticket as soon as it is registered. */
  after?: (ticket: Ticket) => Promise<unknown>;
};

/** What other features show inside the tickets feature, each at its place; the app joins them. */
export type TicketSlots = {
  /** Sections beside the conversation, in order, after the fields. */
  panels: { key: string; Panel: OfTicket }[];
  /** Tabs beside the conversation; `label` is a text key. */
  tabs: { key: string; label: string; Panel: OfTicket }[];
  /** Marks and buttons in the ticket's header, below the subject. */
  header: { key: string; Item: OfTicket }[];
  /** Marks in the second line of a row where the list is one column wide. */
  rowMarks: { key: string; Mark: ComponentType<{ row: Row }> }[];
  columns: TicketColumn[];
  /** Above the list. */
  banners: { key: string; Banner: ComponentType }[];
  /** What can be done with the tickets chosen in a list; `permission` lets one choose. */
  selection: {
    key: string;
    permission: string;
    Tool: ComponentType<{ selection: TicketSelection; onDone: () => void }>;
  }[];
  /** Tools of the composer. */
  composer: { key: string; Tool: ComponentType<ComposerTool> }[];
  /** What fills in the form of a new ticket. */
  create: { key: string; Tool: ComponentType<{ onApply: (draft: TicketDraft) => void }> }[];
};

const NOTHING: TicketSlots = {
  panels: [],
  tabs: [],
  header: [],
  rowMarks: [],
  columns: [],
  banners: [],
  selection: [],
  composer: [],
  create: [],
};
const Slots = createContext<TicketSlots>(NOTHING);

/** Joins what features give. */
export const joinTicketSlots = (parts: Partial<TicketSlots>[]): TicketSlots => ({
  panels: parts.flatMap(({ panels = [] }) => panels),
  tabs: parts.flatMap(({ tabs = [] }) => tabs),
  header: parts.flatMap(({ header = [] }) => header),
  rowMarks: parts.flatMap(({ rowMarks = [] }) => rowMarks),
  columns: parts.flatMap(({ columns = [] }) => columns),
  banners: parts.flatMap(({ banners = [] }) => banners),
  selection: parts.flatMap(({ selection = [] }) => selection),
  composer: parts.flatMap(({ composer = [] }) => composer),
  create: parts.flatMap(({ create = [] }) => create),
});

export function TicketSlotsProvider({ slots, children }: { slots: TicketSlots; children: ReactNode }) {
  return <Slots value={slots}>{children}</Slots>;
}

export const useTicketSlots = (): TicketSlots => use(Slots);
