import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import { Organisation } from '@opora/platform/organisation';
import { Injectable } from '@nestjs/common';
import type { AskSuggestions, SuggestionsView, SuggestionView } from './board.dto';
import { type BlockRow, MAX_PEOPLE, type PersonRow, type TicketRow, toDispatchTicketView } from './board.query';
import { baseOf, Board, visitOf } from './board.service';
import { visiblePeople } from './dispatch.access';
import type { DispatchSettings } from './engineer.entity';
import { Engineers } from './engineers.service';
import { pointOf } from './geography';
import { secondsWithin, startingPoint } from './person-day';
import { type Candidate, type Obstacle, rank, type Ranked, type SkillLevel, type Task } from './suggestion-ranking';
import { Skills } from './skills.service';
import { type Day, type Hours, WorkDays } from './work-days.service';
import { type ZoneRow } from './zones.dto';
import { Zones } from './zones.service';

const MOST = 30;
const FORESEEN_MS = 5 * 366 * 86_400_000;
type Person = Candidate & { row: PersonRow; isFromVisit: boolean };
type Words = { zones: Map<string, ZoneRow>; skills: Map<string, string>; timeZone: string };

/** who should go to a ticket: the nearest of those who can, and why the others not. */
@Injectable()
export class Suggestions {
  constructor(
    private readonly board: Board,
    private readonly engineers: Engineers,
    private readonly workDays: WorkDays,
    private readonly zones: Zones,
    private readonly skills: Skills,
    private readonly organisation: Organisation,
  ) {}

  async of(ctx: Ctx, { ticketId, at }: AskSuggestions): Promise<SuggestionsView> {
    const ticket = await this.board.ticket(ctx, ticketId);
    const settings = await this.engineers.settings(ctx);
    const task = taskOf(ctx, ticket, settings, at);
    const { timeZone, days } = await this.workDays.days(ctx, new Date(task.at), 1);
    const [day] = days as [Day];
    const rows = await this.candidates(ctx, ticket);
    const hours = await this.workDays.hours(ctx, rows, settings, { timeZone, days });
    const blocks = await this.board.blocks(
      ctx,
      rows.map(({ id }) => id),
      day,
      settings.visitSeconds,
    );
    const people = rows.map((row) =>
      candidateOf(
        row,
        hours.get(row.id)!,
        (blocks.get(row.id) ?? []).filter(({ id }) => id !== ticket.id),
        {
          task,
          day,
          settings,
        },
      ),
    );
    const words: Words = {
      zones: new Map((await this.zones.list(ctx)).map((zone) => [zone.id, zone])),
      skills: new Map((await this.skills.list(ctx)).map(({ id, name }) => [id, name])),
      timeZone: (await this.organisation.get(ctx)).timeZone,
    };
    return {
      at: new Date(task.at).toISOString(),
      ticket: toDispatchTicketView(ticket),
      assigneeId: ticket.assigneeId,
      zones: refsOf(ticket.zoneIds, words),
      roadFactor: settings.roadFactor,
      speedKmh: settings.speedKmh,
      data: rank(task, people, settings)
        .slice(0, MOST)
        .map((person) => this.view(ctx, person, task, words)),
    };
  }

  /** People of the ticket's team, and whoever has a base point, a zone or a skill. */
  private candidates(ctx: Ctx, { team }: TicketRow): Promise<PersonRow[]> {
    return this.board.people(ctx, MAX_PEOPLE * 2, (params) => {
      const own = team
        ? `e.id IN (SELECT "employeeId" FROM team_member WHERE "teamId" = ${params.add(team.id)}::uuid) OR`
        : '';
      return `${visiblePeople(ctx.actor, params, 'e.id')} AND (${own}
        EXISTS (SELECT 1 FROM engineer g WHERE g."employeeId" = e.id AND g.latitude IS NOT NULL)
        OR EXISTS (SELECT 1 FROM engineer_zone z WHERE z."employeeId" = e.id) OR EXISTS (SELECT 1 FROM employee_skill k WHERE k."employeeId" = e.id))`;
    });
  }

  private view(ctx: Ctx, person: Ranked<Person>, task: Task, words: Words): SuggestionView {
    const { row, obstacles, travel } = person;
    return {
      id: row.id,
      name: row.name,
      isFit: obstacles.length === 0,
      travelMinutes: travel?.minutes ?? null,
      distanceKm: travel?.km ?? null,
      isFromVisit: person.isFromVisit,
      servesZone: person.servesZone,
      zones: refsOf(row.zoneIds, words),
      skills: task.skills.map(({ skillId, level }) => {
        const own = row.skills.find((skill) => skill.skillId === skillId)?.level ?? null;
        return { skillId, level, name: words.skills.get(skillId) ?? '', own, isMet: (own ?? 0) >= level };
      }),
      openCount: row.openCount,
      overdueCount: row.overdueCount,
      plannedSeconds: Math.round(person.plannedSeconds),
      capacitySeconds: Math.round(person.capacitySeconds),
      absentUntil: person.absentUntil === null ? null : new Date(person.absentUntil).toISOString(),
      reasons: obstacles.map((code) => ({ code, message: this.words(ctx, code, person, task, words) })),
    };
  }

  private words(ctx: Ctx, code: Obstacle, person: Ranked<Person>, task: Task, words: Words): string {
    const hours = (seconds: number): string => String(Math.round(seconds / 360) / 10);
    const named = (skills: readonly SkillLevel[]): string =>
      skills.map(({ skillId, level }) => `${words.skills.get(skillId) ?? ''} (${level})`).join(', ');
    return t(ctx, `dispatch.why.${code}`, {
      until: new Intl.DateTimeFormat(ctx.locale, {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone: words.timeZone,
      }).format(person.absentUntil ?? task.at),
      skills: named(person.missing),
      zones: person.row.zoneIds.map((id) => words.zones.get(id)?.name ?? '').join(', '),
      planned: hours(person.plannedSeconds),
      capacity: hours(person.capacitySeconds),
    });
  }
}

const refsOf = (ids: readonly string[], { zones }: Words) =>
  ids.flatMap((id) => {
    const zone = zones.get(id);
    return zone ? [{ id, name: zone.name, color: zone.color }] : [];
  });

function taskOf(ctx: Ctx, ticket: TicketRow, settings: DispatchSettings, at: string | undefined): Task {
  const now = ctx.now().getTime();
  const time = ticket.scheduledFor?.getTime() ?? 0;
  // Nobody's day is known so far ahead.
  const planned = time < now + FORESEEN_MS ? time : 0;
  return {
    point: pointOf(ticket),
    zoneIds: ticket.zoneIds,
    skills: ticket.skills,
    seconds: ticket.plannedSeconds ?? settings.visitSeconds,
    at: at ? Date.parse(at) : Math.max(now, planned),
  };
}

function candidateOf(
  row: PersonRow,
  { absences, left }: Hours,
  blocks: readonly BlockRow[],
  { task, day, settings }: { task: Task; day: Day; settings: DispatchSettings },
): Person {
  const visits = blocks.map((block) => visitOf(block, settings.visitSeconds));
  const start = startingPoint(visits, baseOf(row), day, task.at);
  const end = task.at + task.seconds * 1000;
  return {
    id: row.id,
    name: row.name,
    row,
    start: start?.point,
    isFromVisit: start?.isVisit ?? false,
    zoneIds: row.zoneIds,
    skills: row.skills,
    absentUntil: absences.find(({ from, to }) => from <= task.at && task.at < to)?.to ?? null,
    plannedSeconds: secondsWithin(visits, day),
    capacitySeconds: secondsWithin(left, day),
    isBusy: visits.some(({ from, to }) => from < end && to > task.at),
  };
}
