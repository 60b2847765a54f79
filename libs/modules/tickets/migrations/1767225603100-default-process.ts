import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Fixed ids, so that an export of one installation fits another. */
const id = (kind: number, number: number): string =>
  `01940000-0000-7000-8000-0000${String(kind).padStart(2, '0')}${String(number).padStart(6, '0')}`;
const PROCESS = id(1, 1);
const local = (ru: string, en: string): string => JSON.stringify({ ru, en });

const STATUSES: [
  code: string,
  ru: string,
  en: string,
  clientRu: string,
  clientEn: string,
  color: string,
  isFinal: boolean,
][] = [
  ['new', 'Новая', 'New', 'Принята', 'Received', 'blue', false],
  ['in_work', 'В работе', 'In work', 'В работе', 'In work', 'yellow', false],
  ['waiting_client', 'Ожидаем клиента', 'Waiting for client', 'Ждём вашего ответа', 'Waiting for you', 'orange', false],
  ['waiting_partner', 'Ожидаем партнёра', 'Waiting for partner', 'В работе', 'In work', 'grape', false],
  ['done', 'Выполнена', 'Done', 'Выполнена', 'Done', 'green', true],
  ['closed', 'Закрыта', 'Closed', 'Закрыта', 'Closed', 'gray', true],
];

type Edge = [
  from: string,
  to: string,
  ru: string | null,
  en: string | null,
  options?: { client?: boolean; comment?: boolean },
];
const TRANSITIONS: Edge[] = [
  ['new', 'in_work', 'Взять в работу', 'Start work'],
  ['new', 'waiting_client', null, null],
  ['new', 'waiting_partner', null, null],
  ['new', 'done', null, null],
  ['new', 'closed', 'Отклонить', 'Decline', { client: true, comment: true }],
  ['in_work', 'waiting_client', null, null],
  ['in_work', 'waiting_partner', null, null],
  ['in_work', 'done', 'Выполнить', 'Solve'],
  ['in_work', 'closed', null, null, { client: true }],
  ['in_work', 'new', 'Вернуть в очередь', 'Return to queue'],
  ['waiting_client', 'in_work', 'Продолжить работу', 'Resume work'],
  ['waiting_client', 'waiting_partner', null, null],
  ['waiting_client', 'done', 'Выполнить', 'Solve'],
  ['waiting_client', 'closed', null, null, { client: true }],
  ['waiting_partner', 'in_work', 'Продолжить работу', 'Resume work'],
  ['waiting_partner', 'waiting_client', null, null],
  ['waiting_partner', 'done', 'Выполнить', 'Solve'],
  ['waiting_partner', 'closed', null, null, { client: true }],
  ['done', 'closed', 'Закрыть', 'Close', { client: true }],
  ['done', 'in_work', 'Вернуть в работу', 'Reopen', { client: true }],
  ['closed', 'in_work', 'Открыть снова', 'Reopen', { client: true }],
];

const PRIORITIES: [code: string, ru: string, en: string, color: string][] = [
  ['low', 'Низкий', 'Low', 'gray'],
  ['normal', 'Обычный', 'Normal', 'blue'],
  ['high', 'Высокий', 'High', 'orange'],
  ['critical', 'Критический', 'Critical', 'red'],
];

const TYPES: [code: string, ru: string, en: string, isInner: boolean][] = [
  ['incident', 'Инцидент', 'Incident', false],
  ['service_request', 'Запрос на обслуживание', 'Service request', false],
  ['consultation', 'Консультация', 'Consultation', false],
  ['inner', 'Внутренняя', 'Inner', true],
];

const FIELDS = [
  'description',
  'priorityId',
  'companyId',
  'contactId',
  'objectId',
  'assigneeId',
  'teamId',
  'observers',
  'coExecutorIds',
  'deadlineAt',
  'scheduledFor',
  'plannedSeconds',
  'files',
];
const ON_PORTAL = ['description', 'objectId', 'files'];

function form(isInner: boolean): string {
  return JSON.stringify(
    FIELDS.filter((field) => !isInner || field !== 'contactId').map((field) => ({
      field,
      isAsked: true,
      isRequired: false,
      portal: { isAsked: !isInner && ON_PORTAL.includes(field), isRequired: false },
    })),
  );
}

export class DefaultProcess1767225603100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `INSERT INTO process (id, code, name, "initialStatusId", "isDefault") VALUES ($1, 'default', $2, $3, true)`,
      [PROCESS, local('Основная схема', 'Default process'), id(2, 1)],
    );
    for (const [index, [code, ru, en, clientRu, clientEn, color, isFinal]] of STATUSES.entries()) {
      await runner.query(
        `INSERT INTO ticket_status (id, "processId", code, name, "clientName", color, category, position, "isFinal")
         VALUES ($1, $2, $3, $4, $5, $6, $3, $7, $8)`,
        [id(2, index + 1), PROCESS, code, local(ru, en), local(clientRu, clientEn), color, index + 1, isFinal],
      );
    }
    const statusOf = (code: string): string => id(2, STATUSES.findIndex(([name]) => name === code) + 1);
    for (const [index, [from, to, ru, en, options]] of TRANSITIONS.entries()) {
      await runner.query(
        `INSERT INTO status_transition (id, "processId", "fromId", "toId", name, "requiresComment", "availableForClient", position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          id(3, index + 1),
          PROCESS,
          statusOf(from),
          statusOf(to),
          ru && en ? local(ru, en) : null,
          !!options?.comment,
          !!options?.client,
          index + 1,
        ],
      );
    }
    for (const [index, [code, ru, en, color]] of PRIORITIES.entries()) {
      await runner.query(
        `INSERT INTO priority (id, code, name, color, position, "isDefault") VALUES ($1, $2, $3, $4, $5, $6)`,
        [id(4, index + 1), code, local(ru, en), color, index + 1, code === 'normal'],
      );
    }
    for (const [index, [code, ru, en, isInner]] of TYPES.entries()) {
      await runner.query(
        `INSERT INTO ticket_type (id, code, name, "isInner", "availableForClient", "isDefault", "processId", form, position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id(5, index + 1),
          code,
          local(ru, en),
          isInner,
          !isInner,
          code === 'incident',
          PROCESS,
          form(isInner),
          index + 1,
        ],
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ticket_type', 'priority', 'status_transition', 'ticket_status', 'process'])
      await runner.query(`DELETE FROM ${table}`);
  }
}
