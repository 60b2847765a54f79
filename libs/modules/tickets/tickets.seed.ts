import { systemContext } from '@opora/platform/context';
import type { Db } from '@opora/platform/db';
import { type Client, type Dice, dice, type Person, Scene, type Services, type World } from './tickets.seed-scene';
import { STORIES } from './tickets.seed-texts';

/** `from`: how many a run that was cut off has made already. */
type SeedRun = { from?: number; progress?: (done: number) => void };
const DAY = 86_400_000;
const DAYS_BACK = 120;
const AT_ONCE = 4;

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
            ARRAY(SELECT o.id FROM service_object o WHERE o."companyId" = m."companyId" AND o."archivedAt" IS NULL ORDER BY o.id LIMIT 60) AS "objectIds",
            EXISTS (SELECT 1 FROM process_binding b WHERE b."companyId" = m."companyId") AS "hasOwnProcess"
     FROM contact c JOIN membership m ON m."contactId" = c.id JOIN company k ON k.id = m."companyId"
     WHERE c."archivedAt" IS NULL AND k."archivedAt" IS NULL ORDER BY c.id`,
  );
  const codesOf = async (table: string, order = 'id'): Promise<Map<string, string>> =>
    new Map(
      (await db.query<{ code: string; id: string }>(ctx, `SELECT code, id FROM ${table} ORDER BY ${order}`)).map(
        ({ code, id }) => [code, id],
      ),
    );
  const codes = {
    // Of statuses that share a code, the default process's are meant.
    status: await codesOf('ticket_status', '(SELECT p."isDefault" FROM process p WHERE p.id = "processId"), id'),
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
