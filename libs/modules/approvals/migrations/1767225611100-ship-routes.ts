import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Fixed ids, so that an export of one installation fits another. */
const id = (group: number, number: number): string =>
  `01940000-0000-7000-8000-${String(group * 1000 + number).padStart(12, '0')}`;
const DAY = 86_400;
const HOUR = 3600;

type Entry = [code: string, ru: string, en: string];
const KINDS: Entry[] = [
  ['purchase', 'Закупка', 'Purchase'],
  ['single_source', 'Закупка из одного источника', 'Single-source purchase'],
  ['monthly_bill', 'Ежемесячный счёт', 'Monthly bill'],
  ['business_trip', 'Командировка', 'Business trip'],
  ['extra_work', 'Работы вне договора', 'Work outside the contract'],
  ['discount', 'Скидка', 'Discount'],
  ['write_off', 'Списание', 'Write-off'],
];
const DOCUMENTS: Entry[] = [
  ['bill', 'Счёт', 'Bill'],
  ['contract', 'Договор', 'Contract'],
  ['tender_protocol', 'Протокол тендера', 'Tender protocol'],
  ['justification', 'Обоснование', 'Justification'],
  ['estimate', 'Смета', 'Estimate'],
  ['act', 'Акт', 'Certificate of completion'],
];
const ROLES: Entry[] = [
  ['economist', 'Экономист', 'Economist'],
  ['chief_accountant', 'Главный бухгалтер', 'Chief accountant'],
  ['payment_accountant', 'Бухгалтер по оплате', 'Payments accountant'],
  ['buyer', 'Специалист по закупкам', 'Buyer'],
  ['tender_commission', 'Тендерная комиссия', 'Tender commission'],
  ['personnel', 'Отдел кадров', 'Personnel department'],
  ['finance_director', 'Финансовый директор', 'Finance director'],
  ['general_director', 'Генеральный директор', 'General director'],
];
const idIn = (group: number, entries: Entry[], code: string): string =>
  id(group, entries.findIndex(([known]) => known === code) + 1);
const kind = (code: string): string => idIn(611, KINDS, code);
const paper = (code: string, by = 'initiator') => ({ kindId: idIn(612, DOCUMENTS, code), by });
const role = (code: string) => ({ by: 'role', roleId: idIn(613, ROLES, code) });
const MRP = id(614, 1);

const name = (ru: string, en: string) => ({ ru, en });
const times = (count: number) => ({ value: count * 100, in: 'index', indexId: MRP });
const TERM = { seconds: DAY, time: 'plain', calendarId: null };

/** A stage of one day, reminded two hours before, told to the general director four hours after. */
let stages = 0;
const stage = (title: object, approvers: object[], more: object = {}) => ({
  id: id(615, ++stages),
  name: title,
  mode: 'all',
  k: null,
  order: 'parallel',
  approvers,
  term: TERM,
  remindBefore: [2 * HOUR],
  escalate: { afterSeconds: 4 * HOUR, to: role('general_director') },
  delegate: 'absent',
  documents: [],
  ifNobody: 'refuse',
  allowsReturn: true,
  ...more,
});
const managers = (levels: number) =>
  stage(name('Руководители инициатора', 'Managers of the initiator'), [{ by: 'managers', levels }], {
    order: 'sequence',
    ifNobody: 'skip',
  });
const money = (...documents: object[]) =>
  stage(
    name('Экономист и главный бухгалтер', 'Economist and chief accountant'),
    [role('economist'), role('chief_accountant')],
    {
      documents,
    },
  );
const finance = (...documents: object[]) =>
  stage(name('Финансовый директор', 'Finance director'), [role('finance_director')], { documents });
const director = () =>
  stage(name('Генеральный директор', 'General director'), [role('general_director')], { escalate: null });
const lead = () =>
  stage(name('Руководитель группы', 'Lead of the team'), [{ by: 'team_lead' }], { ifNobody: 'skip', escalate: null });

const PAY = { who: role('payment_accountant'), text: name('Оплатить', 'Pay') };
const ENTER = { who: role('chief_accountant'), text: name('Провести по учёту', 'Enter into the books') };

const definition = (stages: object[], more: object = {}) => ({
  stages,
  copies: [],
  executors: [PAY, ENTER],
  mergesRepeated: true,
  returnsTo: 'stage',
  needsBase: false,
  ...more,
});
type Route = { code: string; name: object; kind: string; over?: object; upTo?: object; definition: object };
const ROUTES: Route[] = [
  {
    code: 'purchase_small',
    name: name('Закупка до 100 МРП', 'Purchase up to 100 MCI'),
    kind: 'purchase',
    upTo: times(100),
    definition: definition([managers(1), money(paper('bill')), finance()], { copies: [role('buyer')] }),
  },
  {
    code: 'purchase_middle',
    name: name('Закупка от 100 до 500 МРП', 'Purchase of 100 to 500 MCI'),
    kind: 'purchase',
    over: times(100),
    upTo: times(500),
    definition: definition([managers(2), money(paper('bill')), finance(paper('contract', 'anyone')), director()], {
      copies: [role('buyer')],
    }),
  },
  {
    code: 'purchase_tender',
    name: name('Закупка свыше 500 МРП: тендер', 'Purchase above 500 MCI: tender'),
    kind: 'purchase',
    over: times(500),
    definition: definition(
      [
        managers(2),
        stage(name('Тендерная комиссия', 'Tender commission'), [role('tender_commission')], {
          mode: 'k_of_n',
          k: 2,
          documents: [paper('tender_protocol', 'anyone')],
        }),
        money(paper('contract')),
        finance(),
        director(),
      ],
      { copies: [role('buyer')] },
    ),
  },
  {
    code: 'single_source',
    name: name('Закупка из одного источника', 'Single-source purchase'),
    kind: 'single_source',
    definition: definition([managers(2), money(paper('justification'), paper('contract')), finance(), director()], {
      copies: [role('buyer')],
    }),
  },
  {
    code: 'monthly_bill',
    name: name('Ежемесячный счёт', 'Monthly bill'),
    kind: 'monthly_bill',
    definition: definition([managers(1), money(paper('bill')), finance()], { needsBase: true }),
  },
  {
    code: 'business_trip',
    name: name('Командировка', 'Business trip'),
    kind: 'business_trip',
    definition: definition(
      [
        managers(2),
        stage(name('Отдел кадров', 'Personnel department'), [role('personnel')], { mode: 'any' }),
        finance(),
        director(),
      ],
      {
        copies: [role('chief_accountant')],
        executors: [{ who: role('payment_accountant'), text: name('Выдать аванс', 'Pay the advance') }],
      },
    ),
  },
  {
    code: 'extra_work',
    name: name('Работы вне договора: решает клиент', 'Work outside the contract: the client decides'),
    kind: 'extra_work',
    definition: definition(
      [
        lead(),
        stage(name('Клиент', 'Client'), [{ by: 'client_admin' }, { by: 'ticket_contact' }], {
          mode: 'any',
          escalate: null,
          delegate: 'none',
        }),
      ],
      { executors: [] },
    ),
  },
  {
    code: 'discount',
    name: name('Скидка', 'Discount'),
    kind: 'discount',
    definition: definition([lead(), finance()], { executors: [] }),
  },
  {
    code: 'write_off',
    name: name('Списание', 'Write-off'),
    kind: 'write_off',
    definition: definition([lead(), stage(name('Главный бухгалтер', 'Chief accountant'), [role('chief_accountant')])], {
      executors: [],
    }),
  },
];
/** Monthly calculation index of Kazakhstan, in tiyn. */
const MRP_VALUES = [
  { from: '2024-01-01', value: 369_200 },
  { from: '2025-01-01', value: 393_200 },
  { from: '2026-01-01', value: 432_500 },
];

export class ShipRoutes1767225611100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const catalogues: [string, number, Entry[]][] = [
      ['kind', 611, KINDS],
      ['document', 612, DOCUMENTS],
      ['role', 613, ROLES],
    ];
    for (const [catalogue, group, entries] of catalogues)
      for (const [index, [code, ru, en]] of entries.entries())
        await runner.query(
          `INSERT INTO "approval_item" ("id", "catalogue", "code", "name", "position") VALUES ($1, $2, $3, $4, $5)`,
          [id(group, index + 1), catalogue, code, JSON.stringify({ ru, en }), index + 1],
        );
    await runner.query(
      `INSERT INTO "approval_index" ("id", "code", "name", "currency", "values", "updatedAt") VALUES ($1, 'mrp', $2, 'KZT', $3, now())`,
      [
        MRP,
        JSON.stringify(name('МРП (месячный расчётный показатель)', 'MCI (monthly calculation index)')),
        JSON.stringify(MRP_VALUES),
      ],
    );
    for (const [index, route] of ROUTES.entries()) {
      const fields = [route.name, route.over ?? null, route.upTo ?? null, route.definition].map((value) =>
        value === null ? null : JSON.stringify(value),
      );
      await runner.query(
        `INSERT INTO "approval_route" ("id", "code", "kindId", "position", "name", "over", "upTo", "definition", "createdAt", "updatedAt") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now(), now())`,
        [id(616, index + 1), route.code, kind(route.kind), index + 1, ...fields],
      );
      await runner.query(
        `INSERT INTO "approval_route_version" ("routeId", "version", "name", "over", "upTo", "definition", "savedAt") VALUES ($1, 1, $2, $3, $4, $5, now())`,
        [id(616, index + 1), ...fields],
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['approval_route_version', 'approval_route', 'approval_index', 'approval_item'])
      await runner.query(`DELETE FROM "${table}"`);
  }
}
