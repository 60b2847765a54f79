import { ApprovalSeed } from '@opora/modules/approvals';
import { RoutingSeed, RuleSeed } from '@opora/modules/automation';
import { seedWorklogs, TimeEntries } from '@opora/modules/billing';
import { ChecklistMarks, Checklists, ChecklistTemplates, seedChecklists } from '@opora/modules/checklists';
import { Companies, CompanyCategories, Contacts, seedClients, ServiceObjects } from '@opora/modules/clients';
import { Assignments, Engineers, seedDispatch, Skills, Zones } from '@opora/modules/dispatch';
import { CustomFieldDefinitions, CustomFields, FormRules, seedFields } from '@opora/modules/fields';
import { PlannedTickets, seedPlanning } from '@opora/modules/planning';
import { MacroSeed } from '@opora/modules/macros';
import { Credentials, DEMO_PASSWORD, Employees, seedPeople, Teams } from '@opora/modules/people';
import { bindDemoTickets, ObjectCalendars, seedSla, SlaClocks, SlaPolicies, WorkCalendars } from '@opora/modules/sla';
import { Comments, ProcessSeed, seedTickets, Tickets, TicketWork } from '@opora/modules/tickets';
import { Command, CommandError, type CommandInput } from '@opora/platform/cli';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { settings } from '@opora/platform/settings';
import { Injectable } from '@nestjs/common';

const TICKETS = 2000;
const PORTAL_ACCOUNTS = [
  { email: 'client@retail.demo', role: 'portal: client administrator' },
  { email: 'user@retail.demo', role: 'portal: client user' },
];

/** The demo company: a believable working day, made through the services. */
@Injectable()
export class DemoCommands {
  constructor(
    private readonly db: Db,
    private readonly employees: Employees,
    private readonly teams: Teams,
    private readonly credentials: Credentials,
    private readonly companies: Companies,
    private readonly categories: CompanyCategories,
    private readonly contacts: Contacts,
    private readonly objects: ServiceObjects,
    private readonly tickets: Tickets,
    private readonly comments: Comments,
    private readonly work: TicketWork,
    private readonly fields: CustomFields,
    private readonly definitions: CustomFieldDefinitions,
    private readonly rules: FormRules,
    private readonly calendars: WorkCalendars,
    private readonly policies: SlaPolicies,
    private readonly objectCalendars: ObjectCalendars,
    private readonly clocks: SlaClocks,
    private readonly entries: TimeEntries,
    private readonly templates: ChecklistTemplates,
    private readonly checklists: Checklists,
    private readonly marks: ChecklistMarks,
    private readonly processes: ProcessSeed,
    private readonly macros: MacroSeed,
    private readonly plans: PlannedTickets,
    private readonly zones: Zones,
    private readonly skills: Skills,
    private readonly engineers: Engineers,
    private readonly assignments: Assignments,
    private readonly routing: RoutingSeed,
    private readonly deskRules: RuleSeed,
    private readonly approvals: ApprovalSeed,
  ) {}

  @Command({
    name: 'demo load',
    summary: 'fills an empty installation with the demo company; does nothing the second time',
    options: [{ flags: '--tickets <n>', description: 'how many tickets', default: String(TICKETS) }],
  })
  async load({ ctx, options }: CommandInput): Promise<object> {
    const count = Number(options.tickets);
    if (!Number.isInteger(count) || count < 0 || count > 100_000)
      throw new CommandError('--tickets is a whole number up to 100000', 2);
    const present = await this.count(ctx);
    if (await this.isComplete(ctx, present)) return { loaded: false, tickets: present };
    const people = await seedPeople({ employees: this.employees, teams: this.teams }, ctx);
    await seedFields({ definitions: this.definitions, rules: this.rules }, ctx);
    const { companies, categories, contacts, objects, credentials, fields } = this;
    await seedClients({ companies, categories, contacts, objects, credentials, fields }, ctx, people, DEMO_PASSWORD);
    const { db, calendars, policies, clocks } = this;
    await seedSla({ db, calendars, policies, objects: this.objectCalendars }, ctx);
    await this.processes.plant(ctx);
    const services = { db: this.db, tickets: this.tickets, comments: this.comments, work: this.work };
    await seedTickets(services, count, {
      from: present,
      progress: (done) => void process.stderr.write(`demo tickets ${done}/${count}\n`),
    });
    await seedWorklogs({ db, entries: this.entries }, ctx);
    await seedChecklists({ db, templates: this.templates, checklists: this.checklists, marks: this.marks }, ctx);
    await this.macros.plant(ctx);
    await this.routing.plant(ctx);
    await this.deskRules.plant(ctx);
    const { zones, skills, engineers, assignments } = this;
    await seedDispatch({ db, zones, skills, engineers, assignments, companies, objects, calendars }, ctx);
    await bindDemoTickets({ db, clocks }, ctx);
    await seedPlanning({ db, plans: this.plans }, ctx);
    await this.approvals.plant(ctx);
    // The past is told, not lived: nobody gets mails about it.
    await this.db.query(ctx, `DELETE FROM outbox WHERE state = 'pending'`);
    await this.db.query(ctx, `UPDATE installation SET "demoLoadedAt" = $1`, [ctx.now()]);
    await this.db.query(ctx, 'ANALYZE');
    const staff = people.employees.map(({ email, role }) => ({ email, role: role as string }));
    return {
      loaded: true,
      tickets: await this.count(ctx),
      password: DEMO_PASSWORD,
      accounts: [...staff, ...PORTAL_ACCOUNTS],
    };
  }

  /** A load that was cut off goes on; an installation with tickets of its own is left alone. */
  private async isComplete(ctx: Ctx, tickets: number): Promise<boolean> {
    const [row] = await this.db.query<{ done: boolean }>(
      ctx,
      `SELECT "demoLoadedAt" IS NOT NULL AS done FROM installation`,
    );
    return row?.done === true || (tickets > 0 && !(await this.employees.findByEmail(ctx, 'admin@opora.demo')));
  }

  @Command({
    name: 'demo reset',
    summary: 'empties the installation and loads the demo company anew',
    options: [{ flags: '--yes', description: 'yes, delete everything' }],
  })
  async reset({ ctx, options }: CommandInput): Promise<object> {
    if (options.yes !== true)
      throw new CommandError('this deletes every ticket, client and person of this installation; say --yes', 2);
    if (!settings().OPORA_DEMO) throw new CommandError('only a demo installation (OPORA_DEMO=1) can be reset');
    await this.db.query(ctx, `UPDATE installation SET "demoLoadedAt" = NULL`);
    await this.db.query(ctx, `TRUNCATE ${EMPTIED.map((name) => `"${name}"`).join(', ')} CASCADE`);
    return this.load({ ctx, args: [], options: { tickets: String(TICKETS) } });
  }

  private async count(ctx: Ctx): Promise<number> {
    const [row] = await this.db.query<{ count: number }>(ctx, 'SELECT count(*)::int AS count FROM ticket');
    return row?.count ?? 0;
  }
}

/** What people make; processes, types, roles and views stay. */
const EMPTIED = [
  'ticket',
  'comment',
  'company',
  'contact',
  'service_object',
  'absence',
  'routing_row',
  'employee',
  'team',
  'credential',
  'session',
  'outbox',
  'outgoing_mail',
  'notification',
  'rating',
  'time_entry',
  'ticket_time',
  'time_timer',
  'checklist',
  'checklist_item',
  'checklist_mark',
  'checklist_template',
  'macro',
  'canned_answer',
  'ticket_template',
  'bulk_run',
  'ticket_checklist',
  'planned_occurrence',
  'planned_ticket',
  'approval',
  'approval_fact',
  'approval_step',
  'approval_document',
  'approval_copy',
  'approval_task',
  'approval_link',
  'approval_schedule',
  'stored_file',
  'zone',
  'engineer_zone',
  'engineer',
  'skill',
  'employee_skill',
  'ticket_type_skill',
];
