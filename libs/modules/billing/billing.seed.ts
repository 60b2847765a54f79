import { contextOf, type Ctx, type EmployeeActor } from '@opora/platform/context';
import type { Db } from '@opora/platform/db';
import { declaredPermissions } from '@opora/platform/permissions';
import type { TimeEntries } from './time-entries.service';

type Worked = { ticketId: string; employeeId: string; name: string; at: Date };

const MOST = 260;
const DEEDS = [
  'удалённо',
  'Выезд на объект',
  'Диагностика',
  'Консультация по телефону',
  'Замена блока питания',
  'Настройка программы',
  'Проверка после ремонта',
  '',
];
/** Minutes people write down. */
const MINUTES = [10, 15, 20, 30, 30, 45, 60, 90, 120, 150];

const actorOf = ({ employeeId, name }: Worked): EmployeeActor => ({
  kind: 'employee',
  id: employeeId,
  name,
  locale: 'ru',
  grants: [...declaredPermissions().keys()].map((permission) => ({ permission, scope: { kind: 'all' } })),
  teamIds: [],
  mayWriteToClients: true,
  seesClientContacts: true,
  mustChangePassword: false,
});

/** Worked time on the last tickets of the demo company, written by those who worked on them at their last change. */
export async function seedWorklogs({ db, entries }: { db: Db; entries: TimeEntries }, ctx: Ctx): Promise<void> {
  const present = await db.query(ctx, 'SELECT 1 FROM time_entry LIMIT 1');
  if (present.length) return;
  const worked = await db.query<Worked>(
    ctx,
    `SELECT t.id AS "ticketId", e.id AS "employeeId", e.name, t."updatedAt" AS at FROM ticket t JOIN employee e ON e.id = t."assigneeId"
     WHERE t."statusCategory" IN ('in_work', 'done', 'closed') ORDER BY t.number DESC LIMIT $1`,
    [MOST],
  );
  for (const [index, each] of worked.entries()) {
    const minutes = MINUTES[(index * 7) % MINUTES.length] ?? 30;
    const began = new Date(each.at.getTime() - minutes * 60_000);
    const comment = DEEDS[(index * 5) % DEEDS.length] ?? '';
    const person: Ctx = { ...contextOf(actorOf(each)), now: () => each.at };
    await entries.create(person, each.ticketId, { spent: minutes * 60, startedAt: began.toISOString(), comment });
    if (index % 4 === 0) await entries.create(person, each.ticketId, { line: '15м звонок клиенту' });
  }
}
