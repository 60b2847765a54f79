import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { CannedAnswers } from './canned-answers.service';
import type { CreateCannedAnswer } from './canned-answers.dto';
import type { CreateMacro } from './macros.dto';
import { Macros } from './macros.service';
import type { CreateTicketTemplate } from './ticket-templates.dto';
import { TicketTemplates } from './ticket-templates.service';

const HELLO = '<p>Здравствуйте, {{contact.firstName}}{{^contact.firstName}}коллеги{{/contact.firstName}}!</p>';
const BYE = '<p>С уважением,<br>{{me.name}}, {{organisation.name}}</p>';

const ANSWERS: Omit<CreateCannedAnswer, 'scope'>[] = [
  {
    title: 'Приняли в работу',
    shortcut: 'принято',
    html: `${HELLO}<p>Заявка № {{ticket.number}} принята в работу.{{#ticket.deadline}} Срок: {{ticket.deadline}}.{{/ticket.deadline}}</p>${BYE}`,
    locale: 'ru',
  },
  {
    title: 'Перезагрузите кассу',
    shortcut: 'касса',
    html: `${HELLO}<p>Выключите кассу, подождите минуту и включите снова. Если чек не напечатается, пришлите, пожалуйста, фотографию экрана.</p>${BYE}`,
    locale: 'ru',
  },
  {
    title: 'Нужны подробности',
    shortcut: 'подробности',
    html: `${HELLO}<p>Чтобы продолжить по заявке № {{ticket.number}}, напишите, пожалуйста{{#object.name}}, что происходит на объекте «{{object.name}}»{{/object.name}}: что видно на экране и когда это началось.</p>${BYE}`,
    locale: 'ru',
  },
  {
    title: 'Выезд инженера',
    shortcut: 'выезд',
    html: `${HELLO}<p>К вам приедет инженер{{#assignee.name}} {{assignee.name}}{{/assignee.name}}{{#object.address}} по адресу {{object.address}}{{/object.address}}. Пожалуйста, обеспечьте доступ к оборудованию.</p>${BYE}`,
    locale: 'ru',
  },
  {
    title: 'We are on it',
    shortcut: 'onit',
    html: '<p>Hello {{contact.name}},</p><p>we are working on ticket {{ticket.number}} and will write as soon as there is news.</p><p>{{me.name}}</p>',
    locale: 'en',
  },
];

const MACROS: Omit<CreateMacro, 'scope'>[] = [
  {
    name: 'Взять в работу',
    description: 'Назначает вас, переводит в работу и сообщает клиенту',
    actions: [
      { action: 'assign', params: { assigneeId: 'me' } },
      { action: 'transition', params: { status: 'in_work' } },
      { action: 'comment', params: { html: `${HELLO}<p>Ваша заявка уже в работе.</p>${BYE}`, audience: 'client' } },
    ],
  },
  {
    name: 'Отложить до завтра',
    description: 'Ждём сутки, запись для своих',
    actions: [
      { action: 'put_aside', params: { seconds: 86_400, reason: 'Ждём' } },
      { action: 'comment', params: { html: '<p>Вернуться к заявке завтра.</p>', audience: 'internal' } },
    ],
  },
  {
    name: 'Ждём ответа клиента',
    description: 'Просит подробности и переводит в ожидание',
    actions: [
      {
        action: 'transition',
        params: {
          status: 'waiting_client',
          comment: `${HELLO}<p>Пришлите, пожалуйста, фотографию экрана и номер кассы.</p>${BYE}`,
          audience: 'client',
        },
      },
    ],
  },
];

/** Answers, macros and templates of the demo company. */
@Injectable()
export class MacroSeed {
  constructor(
    private readonly db: Db,
    private readonly macros: Macros,
    private readonly answers: CannedAnswers,
    private readonly templates: TicketTemplates,
  ) {}

  async plant(ctx: Ctx): Promise<void> {
    if ((await this.db.query(ctx, 'SELECT 1 FROM canned_answer LIMIT 1')).length) return;
    for (const answer of ANSWERS) await this.answers.create(ctx, { ...answer, scope: 'shared' });
    for (const macro of MACROS) await this.macros.create(ctx, { ...macro, scope: 'shared' });
    for (const template of await this.templatesOf(ctx))
      await this.templates.create(ctx, { ...template, scope: 'shared' });
  }

  private async templatesOf(ctx: Ctx): Promise<Omit<CreateTicketTemplate, 'scope'>[]> {
    const [known] = await this.db.query<{ service: string | null; high: string | null; checklist: string | null }>(
      ctx,
      `SELECT (SELECT id FROM ticket_type WHERE code = 'service_request' AND "archivedAt" IS NULL) AS service,
         (SELECT id FROM priority WHERE code = 'high' AND "archivedAt" IS NULL) AS high,
         (SELECT id FROM checklist_template WHERE "archivedAt" IS NULL AND NOT "isAutomatic" AND axis IS NULL ORDER BY name LIMIT 1) AS checklist`,
    );
    const { service, high, checklist } = known!;
    return [
      {
        name: 'Ввод кассы в работу',
        description: 'Новая касса: подключить, проверить, обучить',
        values: {
          subject: 'Ввод кассы в работу',
          description: '<p>Подключить новую кассу и обучить кассира.</p>',
          ...(service ? { typeId: service } : {}),
          plannedSeconds: 7200,
        },
        checklistTemplateIds: checklist ? [checklist] : [],
      },
      {
        name: 'Касса не печатает чеки',
        description: 'Торговля стоит: высокий приоритет',
        values: {
          subject: 'Касса не печатает чеки',
          description: '<p>Номер кассы: <br>Что на экране: </p>',
          ...(high ? { priorityId: high } : {}),
        },
      },
    ];
  }
}
