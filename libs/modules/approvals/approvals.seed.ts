import { DEMO_PASSWORD, Employees, PRESET_ROLE_IDS } from '@opora/modules/people';
import { contextOf, type Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Files } from '@opora/platform/files';
import { Injectable } from '@nestjs/common';
import { ApprovalCatalogue } from './approval-catalogue.service';
import { ApprovalSchedules } from './approval-schedules.service';
import { ApprovalSheets } from './approval-sheets.service';
import { type DecideApproval, type StartApproval } from './approvals.dto';
import { Approvals } from './approvals.service';

const HOUR = 3_600_000;
/** The money side of the demo company: login, name, position. */
const OFFICE: [string, string, string][] = [
  ['director', 'Егоров Владимир', 'Генеральный директор'],
  ['finance', 'Захарова Наталья', 'Финансовый директор'],
  ['economist', 'Воробьёва Татьяна', 'Экономист'],
];
/** Login, position, manager's login. */
const STRUCTURE: [string, string, string | null][] = [
  ['lead', 'Руководитель поддержки', 'director'],
  ['engineer', 'Инженер поддержки', 'lead'],
  ['engineer2', 'Инженер поддержки', 'lead'],
  ['engineer3', 'Инженер поддержки', 'lead'],
  ['engineer4', 'Инженер поддержки', 'lead'],
  ['engineer5', 'Инженер поддержки', 'lead'],
  ['field', 'Старший выездной инженер', 'lead'],
  ['field2', 'Выездной инженер', 'field'],
  ['field3', 'Выездной инженер', 'field'],
  ['dispatcher', 'Старший диспетчер', 'lead'],
  ['dispatcher2', 'Диспетчер, кадры', 'dispatcher'],
  ['dispatcher3', 'Специалист по закупкам', 'dispatcher'],
  ['developer', 'Руководитель разработки', 'director'],
  ['developer2', 'Разработчик', 'developer'],
  ['developer3', 'Разработчик', 'developer'],
  ['expert', 'Ведущий эксперт', 'director'],
  ['expert2', 'Эксперт', 'expert'],
  ['finance', 'Финансовый директор', 'director'],
  ['economist', 'Экономист', 'finance'],
  ['accountant', 'Главный бухгалтер', 'finance'],
];
const HOLDERS: Record<string, string[]> = {
  economist: ['economist'],
  chief_accountant: ['accountant'],
  payment_accountant: ['accountant'],
  buyer: ['dispatcher3'],
  tender_commission: ['lead', 'developer', 'expert'],
  personnel: ['dispatcher2'],
  finance_director: ['finance'],
  general_director: ['director'],
};

type Said = [login: string, decision?: DecideApproval['decision'], comment?: string];
type Scene = Omit<StartApproval, 'documents'> & {
  kind: string;
  by: string;
  hoursAgo: number;
  papers?: string[];
  said: Said[];
};
const SCENES: Scene[] = [
  {
    kind: 'purchase',
    by: 'engineer',
    hoursAgo: 2,
    title: 'Запас термоголовок и роликов на квартал',
    text: 'Печатающие головки для чековых принтеров: 20 шт. Остаток на складе на две недели.',
    amount: '318000.00',
    papers: ['bill'],
    said: [],
  },
  {
    kind: 'purchase',
    by: 'engineer2',
    hoursAgo: 50,
    title: 'Ноутбук инженеру на замену',
    text: 'Старый не держит заряд, ремонт дороже половины нового.',
    amount: '389900.00',
    papers: ['bill'],
    said: [['lead'], ['economist', 'approve', 'В бюджете есть'], ['accountant'], ['finance']],
  },
  {
    kind: 'purchase',
    by: 'field',
    hoursAgo: 30,
    title: 'Набор для обжима и тестеры в выездные бригады',
    text: 'Три комплекта.',
    amount: '1240000.00',
    papers: ['bill'],
    said: [['lead'], ['director']],
  },
  {
    kind: 'single_source',
    by: 'developer2',
    hoursAgo: 20,
    title: 'Продление лицензии сервера отчётов',
    text: 'Поставщик один: правообладатель.',
    papers: ['contract'],
    said: [['developer'], ['director'], ['economist', 'return', 'Приложите обоснование: почему один поставщик']],
  },
  {
    kind: 'business_trip',
    by: 'field2',
    hoursAgo: 70,
    title: 'Командировка: запуск касс в филиале',
    text: 'Три дня, проезд и гостиница.',
    said: [['field'], ['lead'], ['dispatcher2'], ['finance', 'decline', 'Филиал обслуживает местный партнёр']],
  },
];

/** Demo: who reports to whom, who holds which role, and requests in every state. */
@Injectable()
export class ApprovalSeed {
  constructor(
    private readonly db: Db,
    private readonly employees: Employees,
    private readonly catalogue: ApprovalCatalogue,
    private readonly approvals: Approvals,
    private readonly schedules: ApprovalSchedules,
    private readonly sheets: ApprovalSheets,
    private readonly files: Files,
  ) {}

  /** Does nothing the second time. */
  async plant(ctx: Ctx): Promise<void> {
    const present = await this.db.query(ctx, `SELECT 1 FROM approval LIMIT 1`);
    if (present.length || !(await this.idOf(ctx, 'engineer'))) return;
    await this.plantPeople(ctx);
    const roles = await this.catalogue.list(ctx, 'role');
    for (const [code, logins] of Object.entries(HOLDERS)) {
      const role = roles.find((one) => one.code === code);
      const holderIds = await Promise.all(logins.map((login) => this.idOf(ctx, login)));
      if (role) await this.catalogue.update(ctx, 'role', role.id, { holderIds: holderIds.filter((id) => id !== '') });
    }
    const made: string[] = [];
    for (const scene of SCENES) made.push(await this.play(ctx, scene));
    await this.plantExtraWork(ctx);
    await this.plantSchedule(ctx, made[1]!);
    for (const approvalId of made) await this.sheets.make(ctx, { approvalId });
  }

  private async plantPeople(ctx: Ctx): Promise<void> {
    for (const [login, name, position] of OFFICE) {
      const email = `${login}@opora.demo`;
      if (await this.employees.findByEmail(ctx, email)) continue;
      const roleIds = [PRESET_ROLE_IDS.accountant];
      await this.employees.create(ctx, { name, email, position, roleIds, password: DEMO_PASSWORD });
    }
    for (const [login, position, manager] of STRUCTURE) {
      const managerId = manager && (await this.idOf(ctx, manager));
      const id = await this.idOf(ctx, login);
      if (id) await this.employees.update(ctx, id, { position, managerId });
    }
  }

  /** A request from its beginning through what was said, each word some hours later; answers its id. */
  private async play(ctx: Ctx, { kind, by, hoursAgo, papers = [], said, ...request }: Scene): Promise<string> {
    const begun = ctx.now().getTime() - hoursAgo * HOUR;
    const step = (hoursAgo * HOUR * 0.6) / (said.length + 1);
    const initiator = await this.actAs(ctx, by, begun);
    const documents: NonNullable<StartApproval['documents']> = [];
    for (const code of papers) {
      const content = Buffer.from(`${request.title}\n${request.amount ?? ''}\n`);
      const file = await this.files.store(initiator, { name: `${request.title}.txt`, mime: 'text/plain', content });
      documents.push({ fileId: file.id, kindId: await this.itemOf(ctx, 'document', code) });
    }
    const kindId = await this.itemOf(ctx, 'kind', kind);
    const id = await this.approvals.start(initiator, { ...request, kindId, documents });
    for (const [index, [login, decision = 'approve', comment = '']] of said.entries()) {
      const who = await this.actAs(ctx, login, begun + step * (index + 1));
      await this.approvals.decide(who, id, { decision, comment });
    }
    return id;
  }

  /** AP-09: the client of a ticket is asked about work outside the contract. */
  private async plantExtraWork(ctx: Ctx): Promise<void> {
    const [ticket] = await this.db.query<{ id: string; login: string; lead: string | null }>(
      ctx,
      `SELECT t.id, split_part(e.email, '@', 1) AS login, (SELECT split_part(l.email, '@', 1) FROM employee l WHERE l.id = g."leadId") AS lead
       FROM ticket t JOIN employee e ON e.id = t."assigneeId" LEFT JOIN team g ON g.id = t."teamId"
       WHERE t."statusCategory" = 'in_work' AND t."deletedAt" IS NULL AND g."leadId" IS NOT NULL AND t."companyId" IN (
         SELECT m."companyId" FROM membership m JOIN contact_email c ON c."contactId" = m."contactId" WHERE c.email = 'client@retail.demo' AND m."isAdmin")
       ORDER BY t."createdAt" DESC LIMIT 1`,
    );
    if (!ticket) return;
    await this.play(ctx, {
      kind: 'extra_work',
      by: ticket.login,
      hoursAgo: 3,
      title: 'Прокладка новой линии до кассы',
      text: 'В договор не входит: кабель 40 м, короб, две розетки, работа два часа.',
      amount: '18500.00',
      currency: 'RUB',
      ticketId: ticket.id,
      said: ticket.lead ? [[ticket.lead]] : [],
    });
  }

  private async plantSchedule(ctx: Ctx, basedOnId: string): Promise<void> {
    await this.schedules.create(ctx, {
      name: 'Аренда офиса',
      rrule: 'FREQ=MONTHLY;BYMONTHDAY=5',
      startsOn: ctx.now().toISOString().slice(0, 10),
      time: '09:00',
      initiatorId: await this.idOf(ctx, 'dispatcher'),
      request: {
        kindId: await this.itemOf(ctx, 'kind', 'monthly_bill'),
        title: 'Аренда офиса за {month} {year}',
        amount: '250000.00',
        basedOnId,
      },
    });
  }

  private async actAs(ctx: Ctx, login: string, at: number): Promise<Ctx> {
    const actor = await this.employees.loadActor(ctx, await this.idOf(ctx, login));
    return { ...contextOf(actor!), now: () => new Date(at) };
  }

  private async idOf(ctx: Ctx, login: string): Promise<string> {
    return (await this.employees.findByEmail(ctx, `${login}@opora.demo`))?.id ?? '';
  }

  private async itemOf(ctx: Ctx, catalogue: 'kind' | 'document', code: string): Promise<string> {
    return (await this.catalogue.list(ctx, catalogue)).find((item) => item.code === code)?.id ?? '';
  }
}
