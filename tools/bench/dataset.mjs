/** The measured world: tickets of two years with their conversations, made by SQL in the database itself. */
import pg from 'pg';
import { policySql } from './policies.mjs';

/** Words that stand in about half a per cent of the tickets each, for the searches. */
export const PLANTED = [
  'замятие',
  'термоголовка',
  'фискальный',
  'штрихкод',
  'эквайринг',
  'маршрутизатор',
  'кондиционер',
  'видеокамера',
  'аккумулятор',
  'перепрошивка',
  'домофон',
  'турникет',
  'сертификат',
  'шифрование',
  'холодильник',
  'весы',
  'терминал',
  'плоттер',
  'коммутатор',
  'инвертор',
];
/** Choices of a custom field: one ticket of four has each. */
const SITES = ['north', 'south', 'east', 'west'];
export const PASSWORD = 'bench correct horse';
export const SIZES = { companies: 200, contacts: 2000, employees: 50, teams: 10, comments: 5 };

/** An id whose first bits are the moment, as UUIDv7 has it. */
const idAt = (moment, salt) =>
  `(lpad(to_hex((extract(epoch FROM ${moment}) * 1000)::bigint), 12, '0') || '7' || substr(md5(${salt}), 1, 3) || '8' || substr(md5(${salt}), 4, 15))::uuid`;
const idOf = (kind, number) => `('019a0000-0000-7000-8000-${kind}' || lpad((${number})::text, 10, '0'))::uuid`;
const TEAM = '01';
const EMPLOYEE = '02';
const COMPANY = '03';
const CONTACT = '04';

const real =
  'не печатает принтер касса не включается после обновления ошибка сервер недоступен заменить картридж настроить почту доступ пользователь магазин терминал оплаты ' +
  'зависает экран чек бумага закончилась интернет пропал кабель проверить установить программу ключ лицензия договор акт счёт оплата выезд инженер завтра утром срочно ' +
  'добрый день прошу помочь спасибо перезагрузили помогло повторяется снова клиент ждёт ответа сканер штрих весы камера пароль сменить учётная запись база данных отчёт';

/** Sentences to build texts of: real words for a third, the rest invented, rare ones rarely. */
const SENTENCES = `
CREATE TEMP TABLE vocabulary AS
  SELECT row_number() OVER () AS n, word FROM (
    SELECT unnest(string_to_array($1, ' ')) AS word
    UNION ALL
    SELECT a || b || c FROM unnest(ARRAY['ба','ве','го','да','жи','за','ка','ло','ме','ни','по','ро','са','ту','фи','хо','це','ша']) a,
      unnest(ARRAY['бра','вел','гор','дин','жар','зон','кур','лам','мор','нит','пал','рек','сур','тон','фак','хал']) b,
      unnest(ARRAY['ка','ный','ость','ать','ение','ов','ица','ник','ами','ой']) c) words;
CREATE TEMP TABLE sentence AS
  SELECT s AS place, string_agg(v.word, ' ' ORDER BY p) AS text
  FROM generate_series(0, 19999) s, generate_series(1, 9) p,
    LATERAL (SELECT 1 + floor(power(('x' || substr(md5(s || ':' || p), 1, 7))::bit(28)::int / 268435456.0, 2) * (SELECT count(*) FROM vocabulary))::int AS pick) r
    JOIN vocabulary v ON v.n = r.pick
  GROUP BY s;
CREATE UNIQUE INDEX ON sentence (place);
ANALYZE sentence;
CREATE TEMP TABLE planted AS SELECT ordinality - 1 AS place, word FROM unnest($2::text[]) WITH ORDINALITY AS w(word);
`;

const PEOPLE = `
INSERT INTO team (id, name, line, "forbidsClientReplies", "hidesClientContacts", "createdAt")
  SELECT ${idOf(TEAM, 'n')}, 'Группа ' || n, 1 + n % 4, false, false, now() FROM generate_series(0, ${SIZES.teams - 1}) n;
INSERT INTO employee (id, name, email, locale, "isActive", "roleIds", "createdAt")
  SELECT ${idOf(EMPLOYEE, 'n')}, 'Сотрудник ' || n, 'bench' || n || '@opora.localhost', 'ru', true,
    ARRAY[(SELECT id FROM role WHERE code = CASE WHEN n = 0 THEN 'admin' ELSE 'engineer' END)], now() FROM generate_series(0, ${SIZES.employees - 1}) n;
INSERT INTO team_member ("teamId", "employeeId") SELECT ${idOf(TEAM, `n % ${SIZES.teams}`)}, ${idOf(EMPLOYEE, 'n')} FROM generate_series(0, ${SIZES.employees - 1}) n;
INSERT INTO company (id, name, "isClient", "isPartner", "isSupplier", "externalIds", "emailDomains", "searchName", "searchText", "dedupeKeys", "fieldVersions", version, "createdAt")
  SELECT ${idOf(COMPANY, 'n')}, 'Компания ' || n, true, false, false, '{}', '{}', 'компания ' || n, 'компания ' || n, '{}', '{}', 1, now() FROM generate_series(0, ${SIZES.companies - 1}) n;
INSERT INTO contact (id, name, locale, "searchName", "searchText", "fieldVersions", version, "createdAt")
  SELECT ${idOf(CONTACT, 'n')}, 'Контакт ' || n, 'ru', 'контакт ' || n, 'контакт ' || n, '{}', 1, now() FROM generate_series(0, ${SIZES.contacts - 1}) n;
INSERT INTO contact_email (id, "contactId", email, "isPrimary", "isActive")
  SELECT gen_random_uuid(), ${idOf(CONTACT, 'n')}, 'contact' || n || '@client' || n % ${SIZES.companies} || '.example', true, true FROM generate_series(0, ${SIZES.contacts - 1}) n;
INSERT INTO membership (id, "contactId", "companyId", "seesCompany", "closesCompany", "isAdmin", "objectIds", "createdAt")
  SELECT gen_random_uuid(), ${idOf(CONTACT, 'n')}, ${idOf(COMPANY, `n % ${SIZES.companies}`)}, false, false, false, '{}', now() FROM generate_series(0, ${SIZES.contacts - 1}) n;
`;

const FIELDS = `
INSERT INTO custom_field (id, subject, code, name, type, options, position, "createdAt", "updatedAt")
  SELECT gen_random_uuid(), 'ticket', code, jsonb_build_object('ru', name, 'en', name), type, options::jsonb, position, now(), now() FROM (VALUES
    ('site', 'Площадка', 'select', '[${SITES.map((site) => `{"value":"${site}","label":{"ru":"${site}","en":"${site}"},"isArchived":false}`).join(',')}]', 1),
    ('cost', 'Стоимость', 'number', '[]', 2)) f(code, name, type, options, position);
UPDATE field_revision SET revision = gen_random_uuid();
`;

/** Both clocks of a row: an hour to react, two working days to resolve, waiting for the client does not count. */
const PROMISES = policySql({
  name: 'Обычная поддержка',
  calendar: 'office',
  metrics: [
    { metric: 'reaction', seconds: 3600, warnings: [{ percent: 75 }] },
    { metric: 'resolution', seconds: 16 * 3600, pauseCategories: ['waiting_client'], warnings: [{ percent: 75 }] },
  ],
});

/** 14 % new or in work, 6 % waiting, 80 % done or closed. */
const CATEGORY = `CASE WHEN n % 100 < 5 THEN 'new' WHEN n % 100 < 14 THEN 'in_work' WHEN n % 100 < 18 THEN 'waiting_client'
  WHEN n % 100 < 20 THEN 'waiting_partner' WHEN n % 100 < 40 THEN 'done' ELSE 'closed' END`;
const sentenceOf = (salt) =>
  `(SELECT text FROM sentence WHERE place = ('x' || substr(md5(${salt}), 1, 6))::bit(24)::int % 20000)`;
const plantedIn = (number) => `COALESCE((SELECT ' ' || word FROM planted WHERE place = ${number} % 200), '')`;

const tickets = (from, to) => `
INSERT INTO ticket (id, number, subject, description, "descriptionText", "typeId", "statusId", "statusCategory", "priorityId", "companyId", "contactId",
    "assigneeId", "teamId", "authorKind", "authorId", source, "createdAt", "updatedAt", "publicUpdatedAt", "deadlineAt", awaiting, "solvedAt", "closedAt",
    "commentCount", "lastCommentAt", "lastCommentId", "customFields")
  SELECT ${idAt('born', "'t' || n")}, n, initcap(left(${sentenceOf("'s' || n")}, 60)), '<p>' || body || '</p>', body,
    (SELECT id FROM ticket_type WHERE code = CASE n % 3 WHEN 0 THEN 'incident' WHEN 1 THEN 'service_request' ELSE 'consultation' END),
    (SELECT id FROM ticket_status st WHERE st.code = x.category), category,
    (SELECT id FROM priority WHERE code = CASE WHEN n % 50 = 0 THEN 'critical' WHEN n % 10 = 0 THEN 'high' WHEN n % 5 = 0 THEN 'low' ELSE 'normal' END),
    ${idOf(COMPANY, `n % ${SIZES.companies}`)}, ${idOf(CONTACT, `n % ${SIZES.contacts}`)},
    CASE WHEN category = 'new' THEN NULL ELSE ${idOf(EMPLOYEE, `(n / 7) % ${SIZES.employees}`)} END, ${idOf(TEAM, `(n / 7) % ${SIZES.teams}`)},
    'contact', ${idOf(CONTACT, `n % ${SIZES.contacts}`)}, 'email', born, changed, changed, CASE WHEN n % 2 = 0 THEN born + interval '8 hours' END,
    CASE WHEN n % 100 < 20 THEN 'us' END, CASE WHEN n % 100 >= 20 THEN changed END, CASE WHEN n % 100 >= 40 THEN changed END,
    ${SIZES.comments}, changed, ${idAt(`(born + interval '1 hour' * ${SIZES.comments})`, `'c' || n || '-${SIZES.comments}'`)},
    jsonb_build_object('site', (ARRAY['${SITES.join("','")}'])[1 + n / 3 % 4], 'cost', n::bigint * 7919 % 10000)
  FROM (SELECT n, ${CATEGORY} AS category, born, LEAST(born + interval '1 minute' * (n % 4000 + 400), now()) AS changed,
      ${sentenceOf("'d' || n")} || ' ' || ${sentenceOf("'e' || n")} || ' ' || ${sentenceOf("'f' || n")} || ${plantedIn('n')} AS body
    FROM generate_series(${from}, ${to}) n, LATERAL (SELECT now() - interval '2 years' * (1 - n / $1::float) AS born) b) x`;

const comments = (from, to) => `
INSERT INTO comment (id, "ticketId", audience, "authorKind", "authorId", "authorName", html, text, source, "createdAt", "visibleAt")
  SELECT ${idAt(`t."createdAt" + interval '1 hour' * k`, "'c' || t.number || '-' || k")}, t.id,
    CASE WHEN k % 3 = 0 THEN ARRAY['internal'] ELSE ARRAY['internal', 'client'] END,
    CASE WHEN k % 2 = 0 THEN 'contact' ELSE 'employee' END, CASE WHEN k % 2 = 0 THEN t."contactId" ELSE t."assigneeId" END,
    CASE WHEN k % 2 = 0 THEN 'Контакт' ELSE 'Сотрудник' END, '<p>' || body || '</p>', body, 'email', t."createdAt" + interval '1 hour' * k, t."createdAt" + interval '1 hour' * k
  FROM ticket t, generate_series(1, ${SIZES.comments}) k,
    LATERAL (SELECT ${sentenceOf("'a' || t.number || k")} || '. ' || ${sentenceOf("'b' || t.number || k")} || '. ' || ${sentenceOf("'g' || t.number || k")} AS body) x
  WHERE t.number BETWEEN ${from} AND ${to}`;

const history = (from, to) => `
INSERT INTO ticket_change (id, "ticketId", at, "actorKind", "actorId", "actorName", cause, field, after, version)
  SELECT ${idAt('t."createdAt"', "'h' || t.number")}, t.id, t."createdAt", 'contact', t."contactId", 'Контакт', '{"kind":"user"}', 'created',
    jsonb_build_object('number', t.number, 'subject', t.subject, 'source', t.source), 1
  FROM ticket t WHERE t.number BETWEEN ${from} AND ${to}`;

const both = (text, weight) =>
  `setweight(to_tsvector('russian', ${text}) || to_tsvector('simple', ${text}), '${weight}')`;
const searched = (from, to) => `
INSERT INTO ticket_search ("ticketId", vector, "shortText")
  SELECT t.id, ${both("t.number || ' ' || short", 'A')} || ${both('t."descriptionText"', 'C')}, short
  FROM ticket t JOIN company co ON co.id = t."companyId" JOIN contact ct ON ct.id = t."contactId",
    LATERAL (SELECT lower(t.subject || ' ' || co.name || ' ' || ct.name) AS short) x
  WHERE t.number BETWEEN ${from} AND ${to}`;
const searchedComments = (from, to) => `
INSERT INTO comment_search ("commentId", "ticketId", vector)
  SELECT c.id, c."ticketId", ${both('c.text', 'D')} FROM comment c JOIN ticket t ON t.id = c."ticketId" WHERE t.number BETWEEN ${from} AND ${to}`;

const HEAVY = ['ticket', 'comment', 'ticket_change', 'ticket_search', 'comment_search'];

/** Secondary indexes stay away while the rows come. */
async function withoutIndexes(client, work) {
  const { rows } = await client.query(
    `SELECT i.indexname AS name, i.indexdef AS definition FROM pg_indexes i
     WHERE i.tablename = ANY($1) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname) AND i.indexname <> 'comment_ticket_idx'`,
    [HEAVY],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  await work();
  return rows.map(({ definition }) => definition);
}

async function inParallel(clients, jobs) {
  const queue = [...jobs];
  await Promise.all(
    clients.map(async (client) => {
      for (let job = queue.shift(); job; job = queue.shift()) await job(client);
    }),
  );
}

/** Fills a freshly migrated database. `passwordHash` lets bench0 … bench49 sign in. */
export async function loadDataset(url, { tickets: count, passwordHash, say }) {
  const clients = [new pg.Client({ connectionString: url }), new pg.Client({ connectionString: url })];
  for (const client of clients) {
    await client.connect();
    await client.query(
      `SET synchronous_commit = off; SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'; SET max_parallel_maintenance_workers = 0`,
    );
    await client.query(SENTENCES.split(';')[0].replace('$1', `'${real}'`));
    for (const statement of SENTENCES.split(';').slice(1, -1))
      await client.query(statement.replace('$2', `ARRAY['${PLANTED.join("','")}']`));
  }
  const [first] = clients;
  await first.query(PEOPLE);
  await first.query(FIELDS);
  await first.query(PROMISES);
  await first.query(
    `INSERT INTO credential (id, "subjectKind", "subjectId", login, "passwordHash", "mustChange", "passwordChangedAt", "recoveryCodes", "createdAt")
     SELECT gen_random_uuid(), 'employee', id, email, $1, false, now(), '{}', now() FROM employee`,
    [passwordHash],
  );
  const step = Math.ceil(count / 10);
  const parts = Array.from({ length: 10 }, (_, index) => [index * step + 1, Math.min((index + 1) * step, count)]);
  const each = (sql, values) =>
    parts.map(
      ([from, to]) =>
        (client) =>
          client.query(sql(from, to), values),
    );
  const definitions = await withoutIndexes(first, async () => {
    say('tickets');
    await inParallel(clients, each(tickets, [count]));
    await first.query('CREATE INDEX bench_number ON ticket (number)');
    await first.query('ANALYZE ticket');
    say('comments and history');
    await inParallel(clients, [...each(comments), ...each(history)]);
    say('words of the search');
    await inParallel(clients, each(searched));
    await inParallel(clients, each(searchedComments));
    await first.query('DROP INDEX bench_number');
  });
  say('indexes');
  await inParallel(
    clients,
    definitions.map((definition) => (client) => client.query(definition)),
  );
  await first.query(`SELECT setval('ticket_number_seq', $1)`, [count]);
  say('statistics');
  await first.query('VACUUM ANALYZE');
  for (const client of clients) await client.end();
}
