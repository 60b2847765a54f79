import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import type { CreateRule } from './rules.dto';
import { Rules } from './rules.service';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Rules every desk begins with; only some of them are on in the demo company. */
@Injectable()
export class RuleSeed {
  constructor(
    private readonly db: Db,
    private readonly rules: Rules,
  ) {}

  async plant(ctx: Ctx): Promise<void> {
    if ((await this.rules.list(ctx)).length) return;
    const ids = await this.ids(ctx);
    for (const rule of rulesOf(ids)) await this.rules.create(ctx, rule);
  }

  private async ids(ctx: Ctx): Promise<Known> {
    const [row] = await this.db.query<Known>(
      ctx,
      `SELECT (SELECT id FROM priority WHERE code = 'high') AS high, (SELECT id FROM priority WHERE code = 'critical') AS critical,
        (SELECT id FROM company_category WHERE code = 'vip') AS vip,
        (SELECT id FROM work_calendar WHERE code = 'office' AND "archivedAt" IS NULL) AS office,
        (SELECT code FROM ticket_status WHERE category = 'closed' AND "archivedAt" IS NULL AND "processIds" <> '{}' ORDER BY position LIMIT 1) AS closed,
        (SELECT array_agg(DISTINCT category) @> ARRAY['waiting_client'] FROM ticket_status) AS waits`,
    );
    return row!;
  }
}

type Known = {
  high: string;
  critical: string;
  vip: string | null;
  office: string | null;
  closed: string;
  waits: boolean;
};

function rulesOf({ high, critical, vip, office, closed }: Known): CreateRule[] {
  const open = ['new', 'in_work'];
  return [
    {
      name: 'Касса не работает — срочно',
      description: 'Клиент пишет, что магазин не может торговать: такие заявки не ждут очереди.',
      trigger: { kind: 'event', event: 'ticket.created' },
      when: {
        all: [
          { field: 'priorityId', op: 'not_in', value: [high, critical] },
          {
            any: ['касса не работает', 'не пробивает', 'торговля стоит'].map((value) => ({
              field: 'subject',
              op: 'contains' as const,
              value,
            })),
          },
        ],
      },
      actions: [{ action: 'set_priority', params: { priorityId: high } }],
    },
    {
      name: 'Заявка два часа без ответственного',
      description: 'Руководитель группы узнаёт о заявке, которую никто не взял за два рабочих часа.',
      trigger: { kind: 'after', moment: 'created', seconds: 2 * HOUR, calendarId: office },
      when: {
        all: [
          { field: 'assigneeId', op: 'empty' },
          { field: 'statusCategory', op: 'in', value: open },
        ],
      },
      actions: [{ action: 'notify', params: { to: 'team_lead', text: 'Заявку никто не взял за два рабочих часа.' } }],
    },
    {
      name: 'VIP недоволен',
      description: 'Плохая оценка от важного клиента не остаётся без ответа.',
      isActive: vip !== null,
      trigger: { kind: 'event', event: 'ticket.rated' },
      when: {
        all: [
          { field: 'event.score', op: 'is', value: 'bad' },
          ...(vip ? [{ field: 'companyCategoryIds', op: 'in' as const, value: [vip] }] : []),
        ],
      },
      actions: [
        { action: 'notify', params: { to: 'team_lead', text: 'Важный клиент поставил плохую оценку. Позвоните ему.' } },
      ],
    },
    {
      name: 'Закрыть выполненную после трёх дней тишины',
      description:
        'Клиент не ответил на решение: заявка закрывается. Чтобы задать клиенту свой срок, сделайте копию с условием по компании или категории и поставьте её выше.',
      isActive: false,
      trigger: { kind: 'after', moment: 'status_entered', seconds: 3 * DAY },
      when: { field: 'statusCategory', op: 'is', value: 'done' },
      actions: [{ action: 'transition', params: { status: closed } }],
      stopsOthers: true,
    },
    {
      name: 'Оценка за молчащего клиента',
      description: 'Через сутки после закрытия без оценки ставится «хорошо» с пометкой, что её поставила автоматика.',
      isActive: false,
      trigger: { kind: 'after', moment: 'closed', seconds: DAY },
      when: { field: 'companyId', op: 'not_empty' },
      actions: [{ action: 'auto_rate', params: { score: 'good' } }],
    },
  ];
}
