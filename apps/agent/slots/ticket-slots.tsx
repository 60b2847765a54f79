import type { Schemas } from '@opora/client';
import { type ComponentType, createContext, type ReactNode, use } from 'react';

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
};

const NOTHING: TicketSlots = { panels: [], tabs: [], header: [], rowMarks: [], columns: [], banners: [] };
const Slots = createContext<TicketSlots>(NOTHING);

/** Joins what features give. */
export const joinTicketSlots = (parts: Partial<TicketSlots>[]): TicketSlots => ({
  panels: parts.flatMap(({ panels = [] }) => panels),
  tabs: parts.flatMap(({ tabs = [] }) => tabs),
  header: parts.flatMap(({ header = [] }) => header),
  rowMarks: parts.flatMap(({ rowMarks = [] }) => rowMarks),
  columns: parts.flatMap(({ columns = [] }) => columns),
  banners: parts.flatMap(({ banners = [] }) => banners),
});

export function TicketSlotsProvider({ slots, children }: { slots: TicketSlots; children: ReactNode }) {
  return <Slots value={slots}>{children}</Slots>;
}

export const useTicketSlots = (): TicketSlots => use(Slots);
