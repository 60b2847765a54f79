import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import type { FlowPerson } from './approval-flow';
import type { ApprovalHistoryView } from './approval-views.dto';
import type { ApprovalFact } from './approval.entity';
import type { CardParts, NamedPerson } from './approvals.query';

export type Names = ReadonlyMap<string, NamedPerson>;

/** What has happened, line by line, in words. */
export const historyOf = (
  ctx: Ctx,
  card: Pick<CardParts, 'facts' | 'people' | 'steps' | 'approval'>,
): ApprovalHistoryView[] =>
  card.facts.map((fact) => {
    const { actorKind, actorId, at, kind, data } = fact;
    const who = actorKind === 'system' ? null : named(card.people, { kind: actorKind, id: actorId! });
    return {
      at: at.toISOString(),
      kind,
      who,
      text: wordsOf(ctx, card, fact, who?.name ?? ''),
      comment: data.comment ?? '',
    };
  });

function wordsOf(
  ctx: Ctx,
  { people, steps, approval }: Pick<CardParts, 'people' | 'steps' | 'approval'>,
  { kind, data }: ApprovalFact,
  who: string,
): string {
  const step = steps.find(({ key }) => key === data.step);
  const asked = step ? named(people, { kind: step.personKind, id: step.personId }).name : '';
  const next = data.person ? named(people, data.person).name : '';
  const stage = step ? (approval.route.stages[step.stage]?.name[ctx.locale] ?? '') : '';
  const to = (data.to ?? []).map((one) => named(people, one).name).join(', ');
  const facts = { who, asked, next, stage, to };
  if (kind === 'decided') return t(ctx, `approvals.history.${data.decision ?? 'approve'}`, facts);
  if (kind === 'replaced') return t(ctx, `approvals.history.replaced_${data.why ?? 'by_hand'}`, facts);
  if (kind === 'resubmitted')
    return t(ctx, data.fromStart ? 'approvals.history.resubmittedAnew' : 'approvals.history.resubmitted', facts);
  return t(ctx, `approvals.history.${kind}`, facts);
}

const named = (people: Names, { kind, id }: FlowPerson): NamedPerson =>
  people.get(id) ?? { kind, id, name: '—', position: null };
