import {
  type Actor,
  type ContactActor,
  contextOf,
  type Ctx,
  type EmployeeActor,
  SYSTEM,
} from '@opora/platform/context';
import type { Db } from '@opora/platform/db';
import { declaredPermissions } from '@opora/platform/permissions';
import type { Comments } from './comments.service';
import type { TicketWork } from './ticket-work.service';
import type { TicketSource } from './ticket.entity';
import { GREETINGS, type Story } from './tickets.seed-texts';
import type { Tickets } from './tickets.service';

export type Services = { db: Db; tickets: Tickets; comments: Comments; work: TicketWork };
export type Person = { id: string; name: string; teamId: string | null; line: number | null };
export type Client = {
  contactId: string;
  contactName: string;
  companyId: string;
  objectIds: string[];
  /** The client's own process: it has another stage and no waiting for partners. */
  hasOwnProcess: boolean;
};
export type Codes = Record<'status' | 'type' | 'priority', Map<string, string>>;
export type World = { people: Person[]; clients: Client[]; codes: Codes; now: number };

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Days in which tickets still find their family open. */
const FAMILY_DAYS = 6;
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
export function dice(seed: number) {
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
export type Dice = ReturnType<typeof dice>;

/** One ticket on its way; time passes between the acts and never reaches the future. */
export class Scene {
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
      description: byClient ? fill(story.text) : description,
      typeId: world.codes.type.get(TYPE_CODES[story.type]),
      companyId: client.companyId,
      objectId: client.objectIds.length ? random.pick(client.objectIds) : undefined,
    };
    const byStaff = {
      parentId: byClient ? undefined : await this.findParent(),
      contactId: client.contactId,
      authorContactId: source === 'phone' ? undefined : client.contactId,
      source,
      priorityId: world.codes.priority.get(isUrgent ? 'critical' : (story.priority ?? 'normal')),
      teamId: (this.isQueued ? this.dispatcher : this.engineer).teamId ?? undefined,
      reason: 'Согласовано с клиентом',
      deadlineAt:
        random.next() < 0.5 ? new Date(this.at + random.between(4, 72) * 60 * MINUTE).toISOString() : undefined,
    };
    const card = await this.services.tickets.create(
      ctx,
      byClient ? { ...common, source: 'portal' } : { ...common, ...byStaff },
      byClient ? { isPortal: true, isPlainText: true, written: common } : {},
    );
    this.id = card.id;
    // The client's own engineer has it already.
    const own = world.people.find(({ id }) => id === card.assignee?.id);
    this.isTaken = card.assignee !== null;
    this.engineer = own ?? this.engineer;
  }

  async play(story: Story, fate: string): Promise<void> {
    const { random } = this;
    const { hasOwnProcess } = this.client;
    const end = hasOwnProcess && fate === 'waiting_partner' ? 'site_check' : fate;
    if (!this.pass(3, 90)) return;
    if (this.isTaken) await this.move('in_work');
    else await this.services.work.take(this.as(employeeActor(this.engineer)), this.id);
    if (this.isQueued)
      await this.services.work.assign(this.as(employeeActor(this.dispatcher)), this.id, {
        teamId: this.engineer.teamId,
        assigneeId: this.engineer.id,
        reason: 'По профилю',
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
    if (end === 'waiting_partner' || end === 'site_check' || end === 'done') await this.move(end);
    if (end !== 'closed') return;
    await this.move('done');
    if (this.pass(60, 2 * 24 * 60)) await this.move('closed');
  }

  /** Some tickets of the last days are part of a greater piece of work of the same client. */
  private async findParent(): Promise<string | undefined> {
    const { random, client, world } = this;
    if (random.next() > 0.15 || this.at < world.now - FAMILY_DAYS * DAY) return undefined;
    const [parent] = await this.services.db.query<{ id: string }>(
      this.as(SYSTEM),
      `SELECT id FROM ticket WHERE "companyId" = $1 AND "parentId" IS NULL AND "statusCategory" IN ('new', 'in_work') AND "createdAt" < $2
       ORDER BY "createdAt", id LIMIT 1`,
      [client.companyId, new Date(this.at)],
    );
    return parent?.id;
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
