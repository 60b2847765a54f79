import {
  type Actor,
  type ContactActor,
  contextOf,
  type Ctx,
  type EmployeeActor,
  systemContext,
} from '@opora/platform/context';
import type { Db } from '@opora/platform/db';
import { declaredPermissions } from '@opora/platform/permissions';
import type { Comments } from './comments.service';
import type { TicketWork } from './ticket-work.service';
import type { TicketSource } from './ticket.entity';
import { GREETINGS, STORIES, type Story } from './tickets.seed-texts';
import type { Tickets } from './tickets.service';

type Services = { db: Db; tickets: Tickets; comments: Comments; work: TicketWork };
type Person = { id: string; name: string; teamId: string | null; line: number | null };
type Client = { contactId: string; contactName: string; companyId: string; objectIds: string[] };
type Codes = Record<'status' | 'type' | 'priority', Map<string, string>>;
/** `from`: how many a run that was cut off has made already. */
type SeedRun = { from?: number; progress?: (done: number) => void };
type World = { people: Person[]; clients: Client[]; codes: Codes; now: number };

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAYS_BACK = 120;
const AT_ONCE = 4;
const SOURCES: TicketSource[] = [
  'email',
  'email',
  'email',
  'portal',
  'portal',
  'phone',
  'phone',
  'telegram',
  'monitoring',
];
const TYPE_CODES = { incident: 'incident', request: 'service_request', consultation: 'consultation' } as const;

/** The same demo every time: a small generator with a seed (mulberry32). */
function dice(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)]!;
  const between = (low: number, high: number): number => low + next() * (high - low);
  return { next, pick, between };
}
type Dice = ReturnType<typeof dice>;

/**
 * Tickets with conversations in Russian, made through the services as people would have made them over the last months: most are closed,
 * some wait, today's are new. Nobody is told of them: what the events would cause is for the caller to drop.
 */
export async function seedTickets(
  services: Services,
  count: number,
  { from = 0, progress }: SeedRun = {},
): Promise<void> {
  const world = await readWorld(services.db);
  if (!world.clients.length || !world.people.length) return;
  let next = from;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      await tell(services, world, index, count);
      if (index % 100 === 0) progress?.(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function readWorld(db: Db): Promise<World> {
  const ctx = systemContext('demo');
  const people = await db.query<Person>(
    ctx,
    `SELECT e.id, e.name, t.id AS "teamId", t.line FROM employee e JOIN team_member m ON m."employeeId" = e.id JOIN team t ON t.id = m."teamId" WHERE e."archivedAt" IS NULL ORDER BY e.email`,
  );
  const clients = await db.query<Client>(
    ctx,
    `SELECT c.id AS "contactId", c.name AS "contactName", m."companyId",
            ARRAY(SELECT o.id FROM service_object o WHERE o."companyId" = m."companyId" AND o."archivedAt" IS NULL ORDER BY o.id LIMIT 60) AS "objectIds"
     FROM contact c JOIN membership m ON m."contactId" = c.id JOIN company k ON k.id = m."companyId"
     WHERE c."archivedAt" IS NULL AND k."archivedAt" IS NULL ORDER BY c.id`,
  );
  const codesOf = async (table: string): Promise<Map<string, string>> =>
    new Map(
      (await db.query<{ code: string; id: string }>(ctx, `SELECT code, id FROM ${table}`)).map(({ code, id }) => [
        code,
        id,
      ]),
    );
  const codes = {
    status: await codesOf('ticket_status'),
    type: await codesOf('ticket_type'),
    priority: await codesOf('priority'),
  };
  return { people, clients, codes, now: Date.now() };
}

/** Fate of a ticket by its place: the last ones are of today and open, most others are closed. */
function fateOf(index: number, count: number, { next }: Dice): { ageDays: number; end: string } {
  const share = index / count;
  const roll = next();
  if (share > 0.985) return { ageDays: next() * 0.25, end: roll < 0.6 ? 'new' : 'in_work' };
  if (share > 0.93)
    return {
      ageDays: 0.2 + next() * 3,
      end:
        roll < 0.12
          ? 'new'
          : roll < 0.55
            ? 'in_work'
            : roll < 0.8
              ? 'waiting_client'
              : roll < 0.9
                ? 'waiting_partner'
                : 'done',
    };
  const ageDays = 2 + (1 - share) * (DAYS_BACK - 2);
  return {
    ageDays,
    end: roll < 0.03 ? 'waiting_client' : roll < 0.05 ? 'in_work' : roll < 0.1 && ageDays < 12 ? 'done' : 'closed',
  };
}

async function tell(services: Services, world: World, index: number, count: number): Promise<void> {
  const random = dice(index * 7919 + 17);
  const story = random.pick(STORIES);
  const client = random.pick(world.clients);
  const { ageDays, end } = fateOf(index, count, random);
  const scene = new Scene(services, world, random, client, world.now - ageDays * DAY);
  await services.db.tx(systemContext('demo'), async ({ tx }) => {
    scene.tx = tx;
    await scene.open(story);
    if (end !== 'new') await scene.play(story, end);
  });
}

/** One ticket on its way; time passes between the acts and never reaches the future. */
class Scene {
  tx: Ctx['tx'];
  private id = '';
  private engineer: Person;
  private isTaken = false;
  /** Still with the dispatchers, who have not handed it on. */
  private readonly isQueued: boolean;
  private readonly dispatcher: Person;

  constructor(
    private readonly services: Services,
    private readonly world: World,
    private readonly random: Dice,
    private readonly client: Client,
    private at: number,
  ) {
    const engineers = world.people.filter(({ line }) => line === 2);
    const dispatchers = world.people.filter(({ line }) => line === 1);
    this.engineer = random.pick(engineers.length ? engineers : world.people);
    this.dispatcher = random.pick(dispatchers.length ? dispatchers : world.people);
    this.isQueued = random.next() < 0.45;
  }

  async open(story: Story): Promise<void> {
    const { random, client, world } = this;
    const device = random.pick(story.devices);
    const source = random.pick(SOURCES);
    const byClient = source === 'portal';
    const fill = (text: string): string => text.replaceAll('{device}', device);
    const subject = `${random.pick(GREETINGS)}${fill(random.pick(story.subjects))}`;
    const isUrgent = story.priority === 'critical' || random.next() < 0.04;
    const ctx = byClient ? this.as(contactActor(client)) : this.as(employeeActor(this.dispatcher));
    const description = `<p>${fill(story.text)}</p>`;
    const common = {
      subject,
      source: byClient ? ('portal' as const) : undefined,
      description: byClient ? fill(story.text) : description,
      typeId: world.codes.type.get(TYPE_CODES[story.type]),
      companyId: client.companyId,
      objectId: client.objectIds.length ? random.pick(client.objectIds) : undefined,
    };
    const byStaff = {
      contactId: client.contactId,
      authorContactId: source === 'phone' ? undefined : client.contactId,
      source,
      priorityId: world.codes.priority.get(isUrgent ? 'critical' : (story.priority ?? 'normal')),
      teamId: (this.isQueued ? this.dispatcher : this.engineer).teamId ?? undefined,
      deadlineAt:
        random.next() < 0.5 ? new Date(this.at + random.between(4, 72) * 60 * MINUTE).toISOString() : undefined,
    };
    const card = await this.services.tickets.create(
      ctx,
      byClient ? common : { ...common, ...byStaff },
      byClient ? { isPortal: true, isPlainText: true } : {},
    );
    this.id = card.id;
    // The client's own engineer has it already.
    const own = world.people.find(({ id }) => id === card.assignee?.id);
    this.isTaken = card.assignee !== null;
    this.engineer = own ?? this.engineer;
  }

  async play(story: Story, end: string): Promise<void> {
    const { random } = this;
    if (!this.pass(3, 90)) return;
    if (this.isTaken) await this.move('in_work');
    else await this.services.work.take(this.as(employeeActor(this.engineer)), this.id);
    if (this.isQueued)
      await this.services.work.assign(this.as(employeeActor(this.dispatcher)), this.id, {
        teamId: this.engineer.teamId,
        assigneeId: this.engineer.id,
      });
    if (random.next() < 0.12) await this.handUp();
    if (random.next() < 0.35) await this.note(story);
    const rounds = Math.max(story.staff.length, story.client.length);
    for (let round = 0; round < rounds; round++) {
      if (story.staff[round] && !(await this.say('staff', story.staff[round]!, 10, 240))) return;
      const waits = end === 'waiting_client' && round === 0;
      if (waits) return this.move('waiting_client');
      if (story.client[round] && random.next() < 0.8 && !(await this.say('client', story.client[round]!, 5, 300)))
        return;
    }
    if (end === 'waiting_partner' || end === 'done') await this.move(end);
    if (end !== 'closed') return;
    await this.move('done');
    if (this.pass(60, 2 * 24 * 60)) await this.move('closed');
  }

  /** The second line asks the third or fourth for help; a person there goes on with it. */
  private async handUp(): Promise<void> {
    const above = this.world.people.filter(({ line }) => line === 3 || line === 4);
    if (!above.length || !this.pass(20, 300)) return;
    const next = this.random.pick(above);
    await this.services.work.assign(this.as(employeeActor(this.engineer)), this.id, {
      teamId: next.teamId,
      assigneeId: next.id,
      reason: 'Нужна помощь следующей линии',
    });
    this.engineer = next;
  }

  private async note(story: Story): Promise<void> {
    const text = story.notes.length ? this.random.pick(story.notes) : undefined;
    if (!text || !this.pass(2, 40)) return;
    await this.services.comments.add(
      this.as(employeeActor(this.random.next() < 0.5 ? this.dispatcher : this.engineer)),
      this.id,
      { text, audience: ['internal'], source: 'agent' },
    );
  }

  private async say(who: 'staff' | 'client', text: string, soonest: number, latest: number): Promise<boolean> {
    if (!this.pass(soonest, latest)) return false;
    const actor = who === 'staff' ? employeeActor(this.engineer) : contactActor(this.client);
    await this.services.comments.add(this.as(actor), this.id, {
      text,
      audience: ['client'],
      source: who === 'staff' ? 'agent' : 'email',
      sendAnyway: true,
    });
    return true;
  }

  private async move(status: string): Promise<void> {
    if (!this.pass(5, 120)) return;
    await this.services.work.transition(this.as(employeeActor(this.engineer)), this.id, {
      statusId: this.world.codes.status.get(status),
    });
  }

  /** Lets minutes pass; false when that would lie in the future. */
  private pass(soonest: number, latest: number): boolean {
    const then = this.at + this.random.between(soonest, latest) * MINUTE;
    if (then > this.world.now - MINUTE) return false;
    this.at = then;
    return true;
  }

  private as(actor: Actor): Ctx {
    const moment = new Date(this.at);
    return { ...contextOf(actor), now: () => moment, tx: this.tx };
  }
}

const employeeActor = (person: Person): EmployeeActor => ({
  kind: 'employee',
  id: person.id,
  name: person.name,
  locale: 'ru',
  grants: [...declaredPermissions().keys()].map((permission) => ({ permission, scope: { kind: 'all' } })),
  teamIds: person.teamId ? [person.teamId] : [],
  mayWriteToClients: true,
  seesClientContacts: true,
  mustChangePassword: false,
});

const contactActor = ({ contactId, contactName, companyId }: Client): ContactActor => ({
  kind: 'contact',
  id: contactId,
  name: contactName,
  locale: 'ru',
  memberships: [{ companyId, seesCompany: true, closesCompany: false, isAdmin: false, objectIds: [] }],
  mustChangePassword: false,
});
