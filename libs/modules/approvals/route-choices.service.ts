import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { ApprovalIndex, ApprovalItem, ApprovalRoute } from './approval-route.entity';
import type { FrozenChoice } from './approval.entity';
import { type Asked, chooseRoute } from './route-choice';

export type Chosen = { isKnownKind: boolean; route: ApprovalRoute | null; routes: FrozenChoice['routes'] };

/** Which route a kind and an amount lead to on a day. */
@Injectable()
export class RouteChoices {
  constructor(private readonly db: Db) {}

  async choose(ctx: Ctx, asked: Asked): Promise<Chosen> {
    const kind = await this.db
      .repo(ctx, ApprovalItem)
      .findOneBy({ id: asked.kindId, catalogue: 'kind', isActive: true });
    const routes = await this.db.repo(ctx, ApprovalRoute).find({
      where: { kindId: asked.kindId, isActive: true, archivedAt: IsNull() },
      order: { position: 'ASC', id: 'ASC' },
    });
    const { routeId, judged } = chooseRoute(routes, asked, await this.db.repo(ctx, ApprovalIndex).find());
    return {
      isKnownKind: kind !== null,
      route: (kind && routes.find(({ id }) => id === routeId)) ?? null,
      routes: judged.map((one) => ({ ...one, name: routes.find(({ id }) => id === one.id)!.name })),
    };
  }
}
