import { OrgStructure } from '@opora/modules/people';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import type { FieldProblem } from '@opora/platform/errors';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { type FlowPerson, samePerson } from './approval-flow';
import type { FrozenRoute, FrozenStage } from './approval.entity';
import { type Approver, approversOf, type RouteDefinition } from './route-definition';

/** From whom and about what a request goes out. */
export type Origin = { initiator: FlowPerson; ticketId: string | null };
export type Found = { route: FrozenRoute; problems: (FieldProblem & { stage: string })[] };

type TicketPeople = { teamId: string | null; companyId: string | null; contactId: string | null };
type Known = {
  initiator: FlowPerson;
  /** Of the ticket, else of the initiator. */
  teamId: string | null;
  contactId: string | null;
  admins: string[];
  managers: string[];
  holders: Map<string, string[]>;
  leads: Map<string, string | null>;
  /** Who of the named works here; others give way to the nearest manager who does. */
  standing: Map<string, string | null>;
};

const employees = (ids: readonly string[]): FlowPerson[] => ids.map((id) => ({ kind: 'employee', id }));
/** Everybody once, in order. */
export const unique = (people: readonly FlowPerson[]): FlowPerson[] =>
  people.filter((one, index) => people.findIndex((other) => samePerson(one, other)) === index);

/** Finds the people a route names: once, when a request starts. */
@Injectable()
export class ApproverSearch {
  constructor(
    private readonly db: Db,
    private readonly org: OrgStructure,
  ) {}

  /** The route with everybody it comes to. What finds nobody and may not be left out is a problem. */
  async find(ctx: Ctx, definition: RouteDefinition, origin: Origin): Promise<Found> {
    const known = await this.know(ctx, definition, origin);
    const problems: Found['problems'] = [];
    const stages = definition.stages.map((stage, index): FrozenStage => {
      const people = unique(stage.approvers.flatMap((one) => peopleOf(one, known)));
      const name = stage.name[ctx.locale];
      const say = (code: string): void =>
        void problems.push({ pointer: `/stages/${index}`, code, message: '', stage: name });
      if (!people.length && stage.ifNobody === 'refuse') say('approvals.nobodyInStage');
      if (people.length && stage.mode === 'k_of_n' && people.length < (stage.k ?? 1)) say('approvals.tooFewInStage');
      const note = people.length ? null : t(ctx, 'approvals.note.nobody');
      const escalateTo = stage.escalate ? unique(peopleOf(stage.escalate.to, known)) : [];
      return { ...stage, people, escalateTo, note };
    });
    const executors = definition.executors.flatMap(({ who, text }) =>
      unique(peopleOf(who, known))
        .filter(({ kind }) => kind === 'employee')
        .map((person) => ({ person, text })),
    );
    const copies = unique(definition.copies.flatMap((one) => peopleOf(one, known))).filter(
      ({ kind }) => kind === 'employee',
    );
    return { route: { ...definition, stages, copies, executors }, problems };
  }

  /** Everything the sources ask about, in a handful of queries whatever the number of stages. */
  private async know(ctx: Ctx, definition: RouteDefinition, { initiator, ticketId }: Origin): Promise<Known> {
    const named = approversOf(definition).map(({ who }) => who);
    const ticket = ticketId ? await this.ticketOf(ctx, ticketId) : undefined;
    const isEmployee = initiator.kind === 'employee';
    const teamId = ticket?.teamId ?? (isEmployee ? await this.teamOf(ctx, initiator.id) : null);
    const teamIds = named.flatMap(({ by, teamId: given }) => (by === 'team_lead' ? [given ?? teamId] : []));
    const roleIds = named.flatMap(({ roleId, upToRoleId }) => [roleId, upToRoleId]);
    const above = isEmployee ? await this.org.managersOf(ctx, initiator.id) : [];
    return {
      initiator,
      teamId,
      contactId: ticket?.contactId ?? null,
      admins: ticket?.companyId ? await this.adminsOf(ctx, ticket.companyId) : [],
      managers: above.filter(({ isThere }) => isThere).map(({ id }) => id),
      holders: await this.holdersOf(ctx, given(roleIds)),
      leads: await this.leadsOf(ctx, given(teamIds)),
      standing: await this.standing(ctx, given(named.map(({ employeeId }) => employeeId))),
    };
  }

  private async ticketOf(ctx: Ctx, ticketId: string): Promise<TicketPeople | undefined> {
    const [row] = await this.db.query<TicketPeople>(
      ctx,
      `SELECT t."teamId", t."companyId", (SELECT c.id FROM contact c WHERE c.id = t."contactId" AND c."archivedAt" IS NULL) AS "contactId" FROM ticket t WHERE t.id = $1`,
      [ticketId],
    );
    return row;
  }

  private async teamOf(ctx: Ctx, employeeId: string): Promise<string | null> {
    const [row] = await this.db.query<{ id: string }>(
      ctx,
      `SELECT t.id FROM team_member m JOIN team t ON t.id = m."teamId" WHERE m."employeeId" = $1 AND t."archivedAt" IS NULL ORDER BY t.line, t.name, t.id LIMIT 1`,
      [employeeId],
    );
    return row?.id ?? null;
  }

  private async adminsOf(ctx: Ctx, companyId: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT c.id FROM membership m JOIN contact c ON c.id = m."contactId" WHERE m."companyId" = $1 AND m."isAdmin" AND c."archivedAt" IS NULL ORDER BY lower(c.name), c.id LIMIT 20`,
      [companyId],
    );
    return rows.map(({ id }) => id);
  }

  /** Holders who work here, in the order the role names them. */
  private async holdersOf(ctx: Ctx, roleIds: readonly string[]): Promise<Map<string, string[]>> {
    if (!roleIds.length) return new Map();
    const rows = await this.db.query<{ id: string; holders: string[] }>(
      ctx,
      `SELECT i.id, ARRAY(SELECT e.id FROM unnest(i."holderIds") WITH ORDINALITY AS h(id, place) JOIN employee e ON e.id = h.id
         WHERE e."isActive" AND e."archivedAt" IS NULL ORDER BY h.place) AS holders
       FROM approval_item i WHERE i.id = ANY($1::uuid[]) AND i.catalogue = 'role'`,
      [roleIds],
    );
    return new Map(rows.map(({ id, holders }) => [id, holders]));
  }

  private async leadsOf(ctx: Ctx, teamIds: readonly string[]): Promise<Map<string, string | null>> {
    if (!teamIds.length) return new Map();
    const rows = await this.db.query<{ id: string; leadId: string | null }>(
      ctx,
      `SELECT t.id, (SELECT e.id FROM employee e WHERE e.id = t."leadId" AND e."isActive" AND e."archivedAt" IS NULL) AS "leadId" FROM team t WHERE t.id = ANY($1::uuid[])`,
      [teamIds],
    );
    return new Map(rows.map(({ id, leadId }) => [id, leadId]));
  }

  private async standing(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string | null>> {
    const there = await this.whoIsThere(ctx, ids);
    const standing = new Map<string, string | null>();
    for (const id of ids) standing.set(id, there.has(id) ? id : await this.managerOf(ctx, id));
    return standing;
  }

  /** Who of them works here. */
  async whoIsThere(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
    if (!ids.length) return new Set();
    const rows = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM employee WHERE id = ANY($1::uuid[]) AND "isActive" AND "archivedAt" IS NULL`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** The nearest manager who works here. */
  async managerOf(ctx: Ctx, employeeId: string): Promise<string | null> {
    return (await this.org.managersOf(ctx, employeeId)).find(({ isThere }) => isThere)?.id ?? null;
  }
}

const given = (ids: readonly (string | null | undefined)[]): string[] => [
  ...new Set(ids.filter((id) => id !== null && id !== undefined)),
];

function peopleOf(one: Approver, known: Known): FlowPerson[] {
  switch (one.by) {
    case 'employee':
      return employees(given([known.standing.get(one.employeeId ?? '')]));
    case 'role':
      return employees(known.holders.get(one.roleId ?? '') ?? []);
    case 'team_lead':
      return employees(given([known.leads.get(one.teamId ?? known.teamId ?? '')]));
    case 'managers':
      return employees(managersUpTo(one, known));
    case 'client_admin':
      return known.admins.map((id) => ({ kind: 'contact', id }));
    case 'ticket_contact':
      return known.contactId ? [{ kind: 'contact', id: known.contactId }] : [];
    case 'initiator':
      return [known.initiator];
  }
}

/** So many levels, or up to the first who holds the role; without either the nearest alone. */
function managersUpTo({ levels, upToRoleId }: Approver, { managers, holders }: Known): string[] {
  const limited = levels ? managers.slice(0, levels) : upToRoleId ? managers : managers.slice(0, 1);
  const last = upToRoleId ? limited.findIndex((id) => holders.get(upToRoleId)?.includes(id)) : -1;
  return last < 0 ? limited : limited.slice(0, last + 1);
}
