import { type ConditionField, FieldCatalogue } from '@opora/modules/fields';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { t } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { MAX_PER_HOUR, MAX_PER_TICKET, MAX_RULE_DEPTH } from './rule-limits';
import { COMING, eventFields, MOMENT_NAMES, RULE_EVENTS, type RuleTrigger } from './rule-trigger';
import type { Known } from './rule-trigger-check';
import type { RuleTriggersView } from './rule-views.dto';

/** Fields whose changes the history keeps under the name conditions give them. */
const WATCHED = [
  'subject',
  'description',
  'typeId',
  'statusId',
  'priorityId',
  'impact',
  'urgency',
  'companyId',
  'contactId',
  'objectId',
  'assigneeId',
  'teamId',
  'parentId',
  'deadlineAt',
  'scheduledFor',
  'plannedSeconds',
];

/** What may start a rule, and what its condition may ask. */
@Injectable()
export class RuleTriggers {
  constructor(
    private readonly db: Db,
    private readonly catalogue: FieldCatalogue,
  ) {}

  async offered(ctx: Ctx): Promise<RuleTriggersView> {
    const fields = await this.catalogue.of(ctx, 'ticket');
    const word = (key: string) => t(ctx, `rules.${key}`);
    return {
      events: RULE_EVENTS.map((name) => ({
        name,
        label: t(ctx, `rules.event.${name.replace('.', '_')}`),
        fields: eventFields(name, word, fields).map((field) => ({ ...field, ops: [...field.ops] })),
      })),
      moments: MOMENT_NAMES.map((value) => ({ value, label: t(ctx, `rules.moment.${value}`) })),
      coming: [...COMING],
      fields: fields.filter(isWatched).map(({ name, label }) => ({ value: name, label })),
      calendars: await this.calendars(ctx),
      maxDepth: MAX_RULE_DEPTH,
      maxPerHour: MAX_PER_HOUR,
      maxPerTicketPerHour: MAX_PER_TICKET,
    };
  }

  /** What the check of a trigger must know of this installation. */
  async known(ctx: Ctx): Promise<Known> {
    const fields = await this.catalogue.of(ctx, 'ticket');
    const calendars = await this.calendars(ctx);
    return {
      fields: new Set(fields.filter(isWatched).map(({ name }) => name)),
      calendarIds: new Set(calendars.map(({ id }) => id)),
      now: ctx.now(),
    };
  }

  /** Everything a condition under this trigger may ask. */
  async fieldsFor(ctx: Ctx, trigger: RuleTrigger | undefined): Promise<ConditionField[]> {
    const fields = await this.catalogue.of(ctx, 'ticket');
    if (trigger?.kind !== 'event') return fields;
    return [...fields, ...eventFields(trigger.event, (key) => t(ctx, `rules.${key}`), fields)];
  }

  private calendars(ctx: Ctx): Promise<{ id: string; name: string }[]> {
    return this.db.query(ctx, `SELECT id, name FROM work_calendar WHERE "archivedAt" IS NULL ORDER BY name, id`);
  }
}

const isWatched = ({ name }: ConditionField): boolean => WATCHED.includes(name) || name.startsWith('cf.');
