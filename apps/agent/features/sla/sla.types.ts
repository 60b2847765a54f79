import type { Schemas } from '@opora/client';

/** One clock, as rows and cards show it. */
export type ClockView = Schemas['ClockView'];
/** A clock of a ticket with its run, its moments, its excuse. */
export type ClockDetail = Schemas['TicketClockView'];
export type Metric = ClockView['metric'];
export type TicketSla = Schemas['TicketSlaView'];
export type Candidate = Schemas['SlaCandidateView'];
export type OwnerTime = Schemas['OwnerTimeView'];
export type SlaOwner = OwnerTime['owner'];
export type StatusTime = Schemas['StatusTimeView'];
export type ExplanationOf = Schemas['ExplanationView'];

export type StuckRow = Schemas['StuckTicketView'];
export type Excuse = Schemas['ExcuseView'];
export type ExcuseState = Excuse['state'];
export type ReportRow = Schemas['ReportRowView'];
export type ReportTicket = Schemas['ReportTicketView'];
export const REPORT_BY = ['line', 'company', 'employee', 'type', 'month'] as const;
export type ReportBy = (typeof REPORT_BY)[number];
export const OUTCOMES = ['met', 'breached', 'excused'] as const;
export type Outcome = ReportTicket['outcome'];
/** Which run of which promise. */
export type RunRef = { metric: Metric; cycle?: number };
