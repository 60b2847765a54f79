import { visibleTo } from '@opora/modules/tickets';
import type { Ctx } from '@opora/platform/context';
import { Db, SqlParams, type TxCtx } from '@opora/platform/db';
import { RequestError } from '@opora/platform/errors';
import { Live } from '@opora/platform/live';
import { Injectable } from '@nestjs/common';
import { DEFAULT_TIMES, type Delivery, deliveryOf, quietUntil, type Times } from './notification-delivery';
import {
  type Notification,
  NOTIFICATION_KINDS,
  NotificationDefault,
  NotificationMute,
  NotificationPolicy,
  NotificationPreference,
  NotificationSetting,
} from './notification.entity';
import { NotificationLog } from './notification-log.service';
import { defaultOf, hasOwnMail, isUrgent, settingsOf } from './notification-rules';
import type {
  NotificationDefaultsView,
  NotificationPreviewView,
  NotificationSettingsView,
  SaveNotificationDefaults,
  SaveNotificationSettings,
} from './notification-settings.dto';

/** What people want to be told and when, within what the organisation has decided. */
@Injectable()
export class NotificationSettings {
  constructor(
    private readonly db: Db,
    private readonly log: NotificationLog,
    private readonly live: Live,
  ) {}

  async get(ctx: Ctx): Promise<NotificationSettingsView> {
    const wishes = await this.db.repo(ctx, NotificationSetting).findBy({ employeeId: ctx.actor.id });
    const { quietHours, ...times } = await this.times(ctx);
    return {
      settings: settingsOf(wishes, await this.decided(ctx)),
      ...times,
      quietHours: [...quietHours],
      timeZone: await this.zone(ctx),
    };
  }

  async save(ctx: Ctx, { settings, ...times }: SaveNotificationSettings): Promise<NotificationSettingsView> {
    const employeeId = ctx.actor.id;
    const given = Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined));
    return this.db.tx(ctx, async (ctx) => {
      if (settings?.length)
        await this.db.repo(ctx, NotificationSetting).upsert(
          settings.map(({ kind, app, mail }) => ({ employeeId, kind, app, mail })),
          ['employeeId', 'kind'],
        );
      if (Object.keys(given).length)
        await this.db
          .repo(ctx, NotificationPreference)
          .upsert({ employeeId, ...(await this.times(ctx)), ...given } as NotificationPreference, ['employeeId']);
      const view = await this.get(ctx);
      await this.reschedule(ctx, view);
      this.live.touch(ctx, [`notifications:${employeeId}`], 'staff');
      return view;
    });
  }

  /** What waits for a digest or the end of quiet hours goes when the new settings say; what is unwanted by now does not go. */
  private async reschedule(ctx: TxCtx, view: NotificationSettingsView): Promise<void> {
    const [now, me] = [ctx.now(), ctx.actor.id];
    const waiting = await this.db.query<Pick<Notification, 'id' | 'kind' | 'channel' | 'recipientId'>>(
      ctx,
      `SELECT id, kind, channel, "recipientId" FROM notification WHERE "recipientId" = $1 AND "isSummary" AND "dueAt" > $2 FOR UPDATE`,
      [me, now],
    );
    const moved = waiting.map((row) => {
      const wish = view.settings.find(({ kind }) => kind === row.kind)![row.channel];
      const delivery = deliveryOf(view, view.timeZone, { channel: row.channel, wish }, now.getTime());
      return {
        ...row,
        isOff: delivery.way === 'off',
        dueAt: 'at' in delivery ? new Date(delivery.at) : new Date(now.getTime() + 1000),
      };
    });
    await this.db.query(
      ctx,
      `UPDATE notification n SET "dueAt" = r."dueAt", "isWaiting" = n."isWaiting" AND NOT r."isOff", "lastAt" = CASE WHEN channel = 'app' THEN r."dueAt" ELSE "lastAt" END
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, "dueAt" timestamptz, "isOff" boolean) WHERE n.id = r.id`,
      [JSON.stringify(moved)],
    );
    await this.log.schedule(ctx, moved);
  }

  async preview(ctx: Ctx): Promise<NotificationPreviewView> {
    const view = await this.get(ctx);
    const at = ctx.now().getTime();
    const end = quietUntil(view.quietHours, view.timeZone, at);
    const moment = (delivery: Delivery) => ('at' in delivery ? new Date(delivery.at).toISOString() : null);
    return {
      at: new Date(at).toISOString(),
      isQuiet: end > at,
      quietUntil: end > at ? new Date(end).toISOString() : null,
      rows: view.settings.map(({ kind, isUrgent, ...wishes }) => {
        const [app, mail] = (['app', 'mail'] as const).map((channel) =>
          // Mails that others write do not wait.
          channel === 'mail' && hasOwnMail(kind)
            ? ({ way: 'now' } as const)
            : deliveryOf(view, view.timeZone, { channel, wish: wishes[channel], isUrgent }, at),
        ) as [Delivery, Delivery];
        return { kind, app: app.way, appAt: moment(app), mail: mail.way, mailAt: moment(mail) };
      }),
    };
  }

  async defaults(ctx: Ctx): Promise<NotificationDefaultsView> {
    const decided = await this.decided(ctx);
    const policy = await this.db.repo(ctx, NotificationPolicy).findOneBy({ id: 1 });
    return {
      defaults: NOTIFICATION_KINDS.map((kind) => ({
        kind,
        ...defaultOf(kind, decided),
        isUrgent: isUrgent(kind, 'critical'),
        hasOwnMail: hasOwnMail(kind),
      })),
      tellsSubstitutes: policy?.tellsSubstitutes ?? true,
    };
  }

  async saveDefaults(
    ctx: Ctx,
    { defaults, tellsSubstitutes }: SaveNotificationDefaults,
  ): Promise<NotificationDefaultsView> {
    return this.db.tx(ctx, async (ctx) => {
      const rows = (defaults ?? []).map(({ kind, app, mail, appLocked, mailLocked }) => ({
        kind,
        app,
        mail,
        appLocked,
        mailLocked,
      }));
      if (rows.length) await this.db.repo(ctx, NotificationDefault).upsert(rows, ['kind']);
      if (tellsSubstitutes !== undefined)
        await this.db.repo(ctx, NotificationPolicy).upsert({ id: 1, tellsSubstitutes }, ['id']);
      return this.defaults(ctx);
    });
  }

  async isMuted(ctx: Ctx, ticketId: string): Promise<boolean> {
    await this.mustSee(ctx, ticketId);
    return this.db.repo(ctx, NotificationMute).existsBy({ employeeId: ctx.actor.id, ticketId });
  }

  async mute(ctx: Ctx, ticketId: string, isMuted: boolean): Promise<void> {
    await this.mustSee(ctx, ticketId);
    const row = { employeeId: ctx.actor.id, ticketId };
    const mutes = this.db.repo(ctx, NotificationMute);
    if (!isMuted) await mutes.delete(row);
    else
      await mutes
        .createQueryBuilder()
        .insert()
        .values({ ...row, createdAt: ctx.now() })
        .orIgnore()
        .execute();
  }

  private async mustSee(ctx: Ctx, ticketId: string): Promise<void> {
    const params = new SqlParams();
    const rows = await this.db.query(
      ctx,
      `SELECT 1 FROM ticket t WHERE t.id = ${params.add(ticketId)}::uuid AND t."deletedAt" IS NULL AND ${visibleTo(ctx.actor, params)}`,
      params.values,
    );
    if (!rows.length) throw RequestError.notFound();
  }

  private decided(ctx: Ctx): Promise<NotificationDefault[]> {
    return this.db.repo(ctx, NotificationDefault).find();
  }

  private async times(ctx: Ctx): Promise<Times> {
    const row = await this.db.repo(ctx, NotificationPreference).findOneBy({ employeeId: ctx.actor.id });
    if (!row) return DEFAULT_TIMES;
    const { digest, digestAt, quietHours, urgentBreaksThrough } = row;
    return { digest, digestAt, quietHours, urgentBreaksThrough };
  }

  private async zone(ctx: Ctx): Promise<string> {
    const [row] = await this.db.query<{ zone: string }>(
      ctx,
      `SELECT COALESCE((SELECT "timeZone" FROM employee WHERE id = $1), i."timeZone") AS zone FROM installation i WHERE i.id = 1`,
      [ctx.actor.id],
    );
    return row?.zone ?? 'UTC';
  }
}
