import { createHash } from 'node:crypto';
import type { Locale } from '@opora/platform/context';
import { type FlowPerson, type FlowStep, neededOf, type StageState, type StepState } from './approval-flow';
import { flowNow } from './approval-story';
import { isLate } from './approval-terms';
import type { DecisionWay } from './approval.entity';
import type { CardParts } from './approvals.query';
import { moneyText } from './route-choice';

type SheetPerson = { name: string; position: string };
export type SheetStep = SheetPerson & {
  insteadOf: string | null;
  round: number;
  state: StepState;
  askedAt: string | null;
  dueAt: string | null;
  endedAt: string | null;
  isLate: boolean;
  comment: string;
  via: DecisionWay | null;
};
export type SheetStage = { name: string; state: StageState; needed: number; of: number; steps: SheetStep[] };

/** Everything an approval sheet says. Its canonical JSON is what the printed hash is of. */
export type SheetContent = {
  format: 1;
  organisation: string;
  timeZone: string;
  number: number;
  title: string;
  text: string;
  kind: string;
  route: { name: string; version: number };
  amount: string | null;
  currency: string;
  date: string;
  initiator: SheetPerson;
  basedOn: { number: number; title: string } | null;
  ticket: { number: number; subject: string } | null;
  state: string;
  startedAt: string;
  finishedAt: string | null;
  stages: SheetStage[];
  documents: { kind: string | null; name: string; size: number; sha256: string; addedBy: string; addedAt: string }[];
  copies: string[];
  executors: { name: string; text: string }[];
};

/** The content in the organisation's language, so that everybody gets the same hash. */
export function sheetOf(card: CardParts, house: { name: string; timeZone: string; locale: Locale }): SheetContent {
  const { approval, people } = card;
  const flow = flowNow(card);
  const { locale } = house;
  const person = ({ id }: Pick<FlowPerson, 'id'>): SheetPerson => {
    const known = people.get(id);
    return { name: known?.name ?? '—', position: known?.position ?? '' };
  };
  const stepOf = (step: FlowStep): SheetStep => {
    const row = card.steps.find(({ key }) => key === step.key);
    const end = row?.endedAt ?? null;
    return {
      ...person(step.person),
      insteadOf: step.insteadOf && person(step.insteadOf).name,
      round: step.round,
      state: step.state,
      askedAt: row?.askedAt?.toISOString() ?? null,
      dueAt: row?.dueAt?.toISOString() ?? null,
      endedAt: end?.toISOString() ?? null,
      isLate: end !== null && isLate(row?.dueAt?.getTime() ?? null, end.getTime()),
      comment: row?.comment ?? '',
      via: row?.via ?? null,
    };
  };
  return {
    format: 1,
    organisation: house.name,
    timeZone: house.timeZone,
    number: approval.number,
    title: approval.title,
    text: approval.text,
    kind: card.kind.name[locale],
    route: { name: card.route.name[locale], version: approval.routeVersion },
    amount: approval.amount === null ? null : moneyText(approval.amount),
    currency: approval.currency,
    date: approval.date,
    initiator: person({ id: approval.initiatorId }),
    basedOn: card.basedOn && { number: card.basedOn.number, title: card.basedOn.title },
    ticket: card.ticket && { number: card.ticket.number, subject: card.ticket.subject },
    state: approval.state,
    startedAt: approval.createdAt.toISOString(),
    finishedAt: approval.finishedAt?.toISOString() ?? null,
    stages: approval.route.stages.map((stage, index) => ({
      name: stage.name[locale],
      state: flow.stages[index]!,
      needed: neededOf(stage),
      of: stage.people.length,
      steps: flow.steps.filter((step) => step.stage === index).map(stepOf),
    })),
    documents: card.documents.map(({ kind, file, addedAt, addedById }) => ({
      kind: kind?.name[locale] ?? null,
      name: file.name,
      size: Number(file.size),
      sha256: file.sha256,
      addedBy: addedById ? person({ id: addedById }).name : '',
      addedAt: new Date(addedAt).toISOString(),
    })),
    copies: card.copies.map((one) => person(one).name),
    executors: approval.route.executors.map(({ person: who, text }) => ({
      name: person(who).name,
      text: text[locale],
    })),
  };
}

/** JSON with its keys in order and no spaces: the same content is the same bytes. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

export const sheetHash = (content: object): string => createHash('sha256').update(canonical(content)).digest('hex');

/** A moment of the sheet with its zone: «22.11.2026, 15:04:05 UTC+5». */
export function zoned(at: string, timeZone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
    timeZone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'shortOffset',
  })
    .format(new Date(at))
    .replace('GMT', 'UTC');
}
