/** What a person should know before he drops a ticket. Nothing here forbids. Pure. */
import { dayAt, spanOf, type Span } from './board-time';
import type { Board, BoardPerson, BoardTicket } from './dispatch.types';

export type Warning =
  | { kind: 'absent'; until: number }
  | { kind: 'skill'; skillIds: string[] }
  | { kind: 'zone'; zoneIds: string[] }
  | { kind: 'overlap'; numbers: number[] }
  | { kind: 'outside' }
  | { kind: 'past' }
  | { kind: 'capacity'; plannedSeconds: number; capacitySeconds: number };

const overlaps = (one: Span, other: Span): boolean => one.from < other.to && one.to > other.from;

/** What stands against this person for this ticket at this time; without a time, on the first day that is shown. */
export function warningsOf(
  board: Pick<Board, 'days' | 'visitSeconds'>,
  person: BoardPerson,
  ticket: BoardTicket,
  at: number | null,
  now: number,
): Warning[] {
  const seconds = ticket.plannedSeconds ?? board.visitSeconds;
  const visit = at === null ? null : { from: at, to: at + seconds * 1000 };
  const day = at === null ? 0 : dayAt(board.days, at);
  const warnings: Warning[] = [];
  const whole = board.days[Math.max(0, day)];
  const gone = person.absences
    .map(spanOf)
    .find((span) =>
      visit ? overlaps(span, visit) : whole && span.from <= spanOf(whole).from && span.to >= spanOf(whole).to,
    );
  if (gone) warnings.push({ kind: 'absent', until: gone.to });
  const missing = ticket.skills
    .filter(({ skillId, level }) => !person.skills.some((own) => own.skillId === skillId && own.level >= level))
    .map(({ skillId }) => skillId);
  if (missing.length) warnings.push({ kind: 'skill', skillIds: missing });
  const serves = person.zoneIds.some((id) => ticket.zoneIds.includes(id));
  if (person.zoneIds.length && ticket.zoneIds.length && !serves)
    warnings.push({ kind: 'zone', zoneIds: ticket.zoneIds });
  if (visit && !gone) {
    const others = person.blocks.filter((block) => block.ticket?.id !== ticket.id && overlaps(spanOf(block), visit));
    if (others.length)
      warnings.push({ kind: 'overlap', numbers: others.flatMap((block) => block.ticket?.number ?? []) });
    const works = person.hours.some((hours) => spanOf(hours).from <= visit.from && spanOf(hours).to >= visit.to);
    if (!works) warnings.push({ kind: 'outside' });
    if (visit.to < now) warnings.push({ kind: 'past' });
  }
  const load = person.load[Math.max(0, day)];
  if (load && !gone && day >= 0) {
    const own = person.blocks
      .filter(
        (block) => block.ticket?.id === ticket.id && dayAt(board.days, Date.parse(block.from)) === Math.max(0, day),
      )
      .reduce((sum, block) => sum + (Date.parse(block.to) - Date.parse(block.from)) / 1000, 0);
    const planned = load.plannedSeconds - own + seconds;
    if (planned > load.capacitySeconds)
      warnings.push({ kind: 'capacity', plannedSeconds: planned, capacitySeconds: load.capacitySeconds });
  }
  return warnings;
}
