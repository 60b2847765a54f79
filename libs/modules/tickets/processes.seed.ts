import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { ProcessBindings } from './process-bindings.service';
import type { OwnDefinition } from './process-definition';
import { ProcessDrafts } from './process-drafts.service';
import { ProcessPublishing } from './process-publishing.service';
import { Process, ProcessBinding } from './process.entity';
import { Processes } from './processes.service';

const CODE = 'retail';
const NAME = { ru: 'Розничная сеть', en: 'Retail chain' };

/** The demo's retail chain has a stage of its own and does without waiting for partners. */
@Injectable()
export class ProcessSeed {
  constructor(
    private readonly db: Db,
    private readonly processes: Processes,
    private readonly drafts: ProcessDrafts,
    private readonly publishing: ProcessPublishing,
    private readonly bindings: ProcessBindings,
  ) {}

  async plant(ctx: Ctx): Promise<void> {
    const [company] = await this.db.query<{ id: string }>(
      ctx,
      `SELECT id FROM company WHERE site = 'https://retail.demo' ORDER BY id LIMIT 1`,
    );
    if (!company) return;
    const known = await this.db.repo(ctx, Process).findOneBy({ code: CODE });
    const processId = known?.id ?? (await this.draw(ctx));
    const rows = await this.db.repo(ctx, ProcessBinding).find({ order: { position: 'ASC' } });
    const others = rows.filter((row) => row.processId !== processId);
    await this.bindings.replace(ctx, [{ companyId: company.id, processId }, ...others]);
  }

  private async draw(ctx: Ctx): Promise<string> {
    const base = await this.db.repo(ctx, Process).findOneByOrFail({ isDefault: true });
    const { process, whole } = await this.processes.create(ctx, { code: CODE, name: NAME, baseId: base.id });
    const idOf = (code: string): string => whole.statuses.find((status) => status.code === code)!.id;
    const check = newId();
    const way = (fromId: string, toId: string, position: number, name: { ru: string; en: string } | null = null) => ({
      id: newId(),
      fromId,
      toId,
      name,
      typeIds: null,
      roleCodes: null,
      requiresComment: false,
      availableForClient: false,
      position,
      guards: [],
    });
    const own: OwnDefinition = {
      name: NAME,
      initialStatusId: null,
      statuses: [
        {
          id: check,
          code: 'site_check',
          name: { ru: 'Проверка в магазине', en: 'Checked in the shop' },
          clientName: { ru: 'Проверьте, пожалуйста', en: 'Please check' },
          color: 'teal',
          category: 'in_work',
          position: 3,
          isFinal: false,
          x: null,
          y: null,
        },
      ],
      transitions: [
        way(idOf('in_work'), check, 6, { ru: 'Отдать на проверку', en: 'Hand over for a check' }),
        way(check, idOf('done'), 30, { ru: 'Магазин подтвердил', en: 'The shop confirms' }),
        way(check, idOf('in_work'), 31, { ru: 'Не помогло', en: 'It did not help' }),
      ],
      hiddenStatusIds: [idOf('waiting_partner')],
      hiddenTransitionIds: [],
    };
    await this.drafts.put(ctx, process.id, process.revision, own);
    await this.publishing.publish(ctx, process.id, { note: 'Проверка в магазине до закрытия' });
    return process.id;
  }
}
