import type { Ctx } from '@opora/platform/context';
import type { FlowPerson } from './approval-flow';
import type { Names } from './approval-history';
import type { ApprovalPersonView, ApprovalRef, ApprovalWaitView } from './approval-refs.dto';
import { isLate } from './approval-terms';
import type { NamedPerson, Waiting } from './approvals.query';
import { moneyText } from './route-choice';
import type { LocalText } from './route-definition';

export const toRef = ({ locale }: Ctx, { id, name }: { id: string; name: LocalText }): ApprovalRef => ({
  id,
  label: name[locale],
});

/** Money out of the database, where it is a text of hundredths. */
export const toMoney = (hundredths: string | number | null): string | null =>
  hundredths === null ? null : moneyText(Number(hundredths));

export const isOverdue = (ctx: Ctx, dueAt: string | Date | null): boolean =>
  isLate(dueAt === null ? null : new Date(dueAt).getTime(), ctx.now().getTime());

export const toWaitView = (ctx: Ctx, { person, askedAt, dueAt }: Waiting): ApprovalWaitView => ({
  person: toPersonView(person),
  askedAt,
  dueAt,
  isOverdue: isOverdue(ctx, dueAt),
});

export const toPersonView = ({ kind, id, name, position }: NamedPerson): ApprovalPersonView => ({
  kind,
  id,
  name,
  position,
});

/** The name of a person, also where his row is gone. */
export const nameOf = (people: Names, { kind, id }: FlowPerson): ApprovalPersonView =>
  people.get(id) ?? { kind, id, name: '—', position: null };
