/** What is measured over the API, and the same question asked of PostgreSQL directly. */
import { randomUUID } from 'node:crypto';
import { PLANTED, SIZES } from './dataset.mjs';

const pick = (list, number) => list[number % list.length];
const TEXT =
  'Добрый день! После обновления перестал печатать чековый принтер на второй кассе, бумага есть, кабель проверили, перезагрузка не помогает. Прошу прислать инженера сегодня.';
const contactId = (number) => `019a0000-0000-7000-8000-04${String(number % SIZES.contacts).padStart(10, '0')}`;
const companyId = (number) =>
  `019a0000-0000-7000-8000-03${String((number % SIZES.contacts) % SIZES.companies).padStart(10, '0')}`;

/** Numbers that jump about, so that the same rows are not read again and again. */
const scattered = (number, count) => 1 + ((number * 7919 + 104_729) % count);
const rowsIn = (text, least, path) => {
  const { data } = JSON.parse(text);
  if (data.length < least) throw new Error(`${path}: ${data.length} rows instead of ${least}`);
};

/** Five conditions, two of them over custom fields. */
const VIEW = 'is:open type:incident priority:>=normal cf.site:north cf.cost:>=5000';

/** Asks for the view of five conditions, which is made by the first call. */
export function viewOf(who) {
  let made;
  const body = { name: 'Пять условий', query: VIEW, columns: ['number', 'subject', 'cf.site', 'cf.cost'] };
  return async () => {
    made ??= who('POST', '/ticket-views', 201, { body }).then((text) => JSON.parse(text).id);
    return who('GET', `/tickets?view=${await made}`, 200);
  };
}

/** Operations over HTTP as the administrator, except where an engineer who sees his teams' tickets asks. */
export function apiOperations({ admin, engineer, count }) {
  const list = async (who, path) => rowsIn(await who('GET', path, 200), 50, path);
  const view = viewOf(admin);
  const comment = (number, audience) =>
    admin('POST', `/tickets/${scattered(number, count)}/comments`, 201, { body: { html: `<p>${TEXT}</p>`, audience } });
  return {
    'list of 50': () => list(admin, '/tickets?q=is:open'),
    'list of 50, own teams': () => list(engineer, '/tickets?q=is:open'),
    'view of five conditions': async () => rowsIn(await view(), Math.min(50, Math.floor(count / 200)), 'view'),
    'open ticket with comments': async (number) => {
      const ticket = scattered(number, count);
      const [, comments] = await Promise.all([
        admin('GET', `/tickets/${ticket}`, 200),
        admin('GET', `/tickets/${ticket}/comments?limit=200`, 200),
      ]);
      rowsIn(comments, SIZES.comments, 'comments');
    },
    'create ticket': (number) =>
      admin('POST', '/tickets', 201, {
        body: {
          subject: `Не печатает касса ${number}`,
          description: `<p>${TEXT}</p>`,
          companyId: companyId(number),
          contactId: contactId(number),
        },
      }),
    comment: (number) => comment(number, ['internal']),
    'comment to the client': (number) => comment(number, ['internal', 'client']),
    search: async (number) => {
      const path = `/tickets?q=${encodeURIComponent(pick(PLANTED, number))}`;
      rowsIn(await admin('GET', path, 200), Math.min(50, Math.floor(count / 200)), path);
    },
    'search box': async (number) => {
      const { tickets } = JSON.parse(await admin('GET', `/search?q=${encodeURIComponent(pick(PLANTED, number))}`, 200));
      if (!tickets.data.length) throw new Error('the search box found nothing');
    },
    'view counters': () => admin('GET', '/ticket-views/counters', 200),
  };
}

const ROW = `t.id, t.number, t.subject, t."createdAt", t."updatedAt", t."deadlineAt", t.awaiting, t."commentCount", ty.name AS type, st.name AS status, st.color, pr.name AS priority,
  co.name AS company, ct.name AS contact, em.name AS assignee, te.name AS team`;
const NAMES = `JOIN ticket_type ty ON ty.id = t."typeId" JOIN ticket_status st ON st.id = t."statusId" JOIN priority pr ON pr.id = t."priorityId"
  LEFT JOIN company co ON co.id = t."companyId" LEFT JOIN contact ct ON ct.id = t."contactId" LEFT JOIN employee em ON em.id = t."assigneeId" LEFT JOIN team te ON te.id = t."teamId"`;
const LIST = `SELECT ${ROW} FROM (SELECT id FROM ticket WHERE "deletedAt" IS NULL AND "statusCategory" NOT IN ('done', 'closed') ORDER BY "updatedAt" DESC, id DESC LIMIT 50) p
  JOIN ticket t ON t.id = p.id ${NAMES} ORDER BY t."updatedAt" DESC, t.id DESC`;
const SEARCH = `SELECT ${ROW} FROM (SELECT t.id FROM ticket t WHERE t.id IN (SELECT "ticketId" FROM ticket_search WHERE vector @@ to_tsquery('russian', $1)
    UNION ALL SELECT "ticketId" FROM comment_search WHERE vector @@ to_tsquery('russian', $1))
  ORDER BY t."updatedAt" DESC, t.id DESC LIMIT 50) p JOIN ticket t ON t.id = p.id ${NAMES} ORDER BY t."updatedAt" DESC, t.id DESC`;
const TICKET = `INSERT INTO ticket (id, number, subject, description, "descriptionText", "typeId", "statusId", "statusCategory", "priorityId", "companyId", "contactId", "authorKind", source,
    "createdAt", "updatedAt", "publicUpdatedAt")
  SELECT $1, nextval('ticket_number_seq'), $2, $3, $3, "typeId", "statusId", 'new', "priorityId", $4, $5, 'employee', 'agent', now(), now(), now() FROM ticket WHERE number = 1`;
const CHANGE = `INSERT INTO ticket_change (id, "ticketId", at, "actorKind", "actorName", cause, field, version) VALUES ($1, $2, now(), 'employee', 'pg', '{}', 'created', 1)`;
const EVENT = `INSERT INTO outbox (id, "eventId", name, handler, payload, "dueAt", "createdAt", state) VALUES ($1, $1, 'bench', 'bench', '{}', now(), now(), 'done')`;
const COMMENT = `INSERT INTO comment (id, "ticketId", audience, "authorKind", "authorName", html, text, source, "createdAt", "visibleAt")
  VALUES ($1, $2, '{internal}', 'employee', 'pg', $3, $3, 'agent', now(), now())`;

/** The same over `pg` without any server: prepared statements, no rights, no validation. */
export function bareOperations({ pool, ids, count, statements }) {
  let view;
  const run = (client, name, text, values = []) => client.query({ name, text, values });
  const inTransaction = async (work) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
  return {
    'list of 50': () => run(pool, 'list', LIST),
    // The statements of the product itself, as anybody would send them…
    'view of five conditions': async () => {
      for (const { text, values } of await (view ??= statements())) await pool.query({ text, values });
    },
    // … and as the product does: the rows' statement is planned once, the page's for its values each time.
    'view of five conditions, planned once': async () => {
      for (const statement of await (view ??= statements())) await pool.query(statement);
    },
    'open ticket with comments': (number) =>
      Promise.all([
        run(pool, 'ticket', `SELECT t.*, ${ROW} FROM ticket t ${NAMES} WHERE t.number = $1`, [
          scattered(number, count),
        ]),
        run(
          pool,
          'comments',
          `SELECT c.* FROM comment c JOIN ticket t ON t.id = c."ticketId" WHERE t.number = $1 ORDER BY c."createdAt", c.id`,
          [scattered(number, count)],
        ),
      ]),
    'create ticket': (number) =>
      inTransaction(async (client) => {
        const id = randomUUID();
        await run(client, 'insert', TICKET, [
          id,
          `Не печатает касса ${number}`,
          TEXT,
          companyId(number),
          contactId(number),
        ]);
        await run(client, 'change', CHANGE, [randomUUID(), id]);
        await run(client, 'event', EVENT, [randomUUID()]);
      }),
    comment: (number) =>
      inTransaction(async (client) => {
        const id = pick(ids, number * 7919);
        await run(client, 'comment', COMMENT, [randomUUID(), id, TEXT]);
        await run(
          client,
          'touch',
          `UPDATE ticket SET "updatedAt" = now(), "commentCount" = "commentCount" + 1 WHERE id = $1`,
          [id],
        );
        await run(client, 'event', EVENT, [randomUUID()]);
      }),
    search: (number) => run(pool, 'search', SEARCH, [pick(PLANTED, number)]),
  };
}
