import type { Ctx } from '@opora/platform/context';
import { Db, newId, type TxCtx } from '@opora/platform/db';
import { AccessError, fieldProblem, ProblemError, raise } from '@opora/platform/errors';
import { Files, type PlaceOf } from '@opora/platform/files';
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { samePerson } from './approval-flow';
import { ApprovalItem } from './approval-route.entity';
import { actorOf, type Held } from './approval-story';
import { type Approval, ApprovalDocument } from './approval.entity';
import { type ApprovalDocumentInput, MAX_DOCUMENTS } from './approvals.dto';
import { ApprovalError } from './approvals.errors';
import type { DemandedDocument, Stage } from './route-definition';

/** Files of requests, and whether they meet what a stage demands. */
@Injectable()
export class ApprovalDocuments {
  constructor(
    private readonly db: Db,
    private readonly files: Files,
  ) {}

  /** Takes uploads of the actor; a kind must be one that is in use. */
  async add(
    ctx: TxCtx,
    approval: Approval,
    given: readonly ApprovalDocumentInput[],
    placeOf: PlaceOf = (index) => `/documents/${index}`,
  ): Promise<void> {
    if (!given.length) return;
    const repo = this.db.repo(ctx, ApprovalDocument);
    const count = await repo.countBy({ approvalId: approval.id, removedAt: IsNull() });
    if (count + given.length > MAX_DOCUMENTS) throw fieldProblem('/documents', 'approvals.tooManyDocuments');
    const kinds = await this.kinds(
      ctx,
      given.flatMap(({ kindId }) => kindId ?? []),
    );
    for (const [index, { kindId }] of given.entries())
      if (kindId && !kinds.has(kindId)) throw fieldProblem(`${placeOf(index)}/kindId`, 'approvals.documentKindUnknown');
    await this.files.claim(
      ctx,
      given.map(({ fileId }) => fileId),
      (index) => `${placeOf(index)}/fileId`,
    );
    const who = actorOf(ctx);
    await repo.insert(
      given.map(({ fileId, kindId = null }) => ({
        id: newId(),
        approvalId: approval.id,
        kindId,
        fileId,
        addedByKind: who?.kind ?? ('system' as const),
        addedById: who?.id ?? null,
        addedAt: ctx.now(),
        removedAt: null,
      })),
    );
  }

  /** Takes a document off: by whoever added it, while nobody is done. */
  async remove(ctx: TxCtx, { approval }: Held, documentId: string): Promise<void> {
    const repo = this.db.repo(ctx, ApprovalDocument);
    const document = await repo.findOneBy({ id: documentId, approvalId: approval.id, removedAt: IsNull() });
    if (!document) throw ApprovalError.documentNotFound();
    const who = actorOf(ctx);
    if (!who || document.addedById !== who.id || document.addedByKind !== who.kind) throw AccessError.denied();
    if (approval.finishedAt) throw ApprovalError.isOver({}, { state: approval.state });
    await repo.update({ id: documentId }, { removedAt: ctx.now() });
  }

  /** AP-04: refuses where a document that the stage demands is not there. */
  async demand(ctx: Ctx, approval: Approval, stage: Stage): Promise<void> {
    const missing = await this.missing(ctx, approval, stage.documents);
    if (!missing.length) return;
    const kinds = await this.names(ctx, missing);
    const words = kinds.map(({ name }) => name[ctx.locale]).join(', ');
    const fields = [{ pointer: '/documents', code: 'approvals.documentMissing', message: '' }];
    throw new ProblemError('request.invalid', 422, { kinds: words }, { missing: kinds.map(({ id }) => id) }, fields);
  }

  /** The kinds that are demanded and not given by the right person. */
  async missing(ctx: Ctx, approval: Approval, demanded: readonly DemandedDocument[]): Promise<string[]> {
    if (!demanded.length) return [];
    const there = await this.db
      .repo(ctx, ApprovalDocument)
      .findBy({ approvalId: approval.id, removedAt: IsNull(), kindId: In(demanded.map(({ kindId }) => kindId)) });
    return missingOf(approval, demanded, there);
  }

  private async names(ctx: Ctx, ids: readonly string[]): Promise<ApprovalItem[]> {
    return this.db.repo(ctx, ApprovalItem).findBy({ id: In([...ids]) });
  }

  private async kinds(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
    if (!ids.length) return new Set();
    const rows = await this.db
      .repo(ctx, ApprovalItem)
      .findBy({ id: In([...ids]), catalogue: 'document', isActive: true });
    return new Set(rows.map(({ id }) => id));
  }

  /** Who may add documents: the initiator and whoever is asked now, until it is over. */
  demandMayAdd(ctx: Ctx, { approval, steps }: Held): void {
    if (approval.finishedAt) throw ApprovalError.isOver({}, { state: approval.state });
    const who = actorOf(ctx) ?? raise(AccessError.denied());
    const isInitiator = samePerson(who, { kind: approval.initiatorKind, id: approval.initiatorId });
    const isAsked = steps.some(
      ({ state, personId, personKind }) => state === 'asked' && personId === who.id && personKind === who.kind,
    );
    if (!isInitiator && !isAsked) throw AccessError.denied();
  }
}

type Given = Pick<ApprovalDocument, 'kindId' | 'addedById' | 'addedByKind'>;

/** What is demanded and not there from the right hand. Pure. */
export function missingOf(
  { initiatorId, initiatorKind }: Pick<Approval, 'initiatorId' | 'initiatorKind'>,
  demanded: readonly DemandedDocument[],
  there: readonly Given[],
): string[] {
  return demanded
    .filter(({ kindId, by }) => {
      const isGiven = there.some((one) => {
        const isInitiators = one.addedById === initiatorId && one.addedByKind === initiatorKind;
        return one.kindId === kindId && (by === 'anyone' || isInitiators === (by === 'initiator'));
      });
      return !isGiven;
    })
    .map(({ kindId }) => kindId);
}
