import type { Locale } from '@opora/platform/context';
import { text } from '@opora/platform/i18n';
import pdfmake from 'pdfmake';
import roboto from 'pdfmake/fonts/Roboto.js';
import { type SheetContent, type SheetStage, type SheetStep, zoned } from './approval-sheet';

const FONT_FILES = Object.values(roboto).flatMap((faces) => Object.values(faces));
pdfmake.setFonts(roboto);
// What people wrote is text, never an address: nothing is fetched, nothing but the fonts is read.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => FONT_FILES.includes(path));

type Cell = { text: string; bold?: boolean; color?: string; margin?: number[] };
const GREY = '#6b7280';
const LINES = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  hLineColor: () => '#d1d5db',
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

/** The sheet on A4: a table of facts, the stages with every decision, documents with their hashes, the hash of all that at the foot. */
export function sheetPdf(content: SheetContent, hash: string, locale: Locale): Promise<Buffer> {
  const say = (key: string, facts?: Record<string, unknown>): string => text(locale, `approvals.sheet.${key}`, facts);
  const definition = {
    pageSize: 'A4',
    pageMargins: [36, 36, 36, 54],
    defaultStyle: { font: 'Roboto', fontSize: 9 },
    info: { title: say('title', { number: content.number }), author: content.organisation },
    footer: (page: number, pages: number) => ({
      margin: [36, 12, 36, 0],
      fontSize: 7,
      color: GREY,
      columns: [
        { text: `SHA-256 ${hash}`, width: '*' },
        { text: say('page', { page, pages }), width: 60, alignment: 'right' },
      ],
    }),
    content: [
      { text: content.organisation, color: GREY },
      { text: say('title', { number: content.number }), fontSize: 16, bold: true, margin: [0, 2, 0, 2] },
      { text: content.title, fontSize: 12, margin: [0, 0, 0, 8] },
      facts(content, locale, say),
      ...content.stages.flatMap((stage, index) => stageTable(stage, index, content, locale, say)),
      ...documents(content, locale, say),
      ...people(content, say),
    ],
  };
  return pdfmake.createPdf(definition).getBuffer();
}

type Say = (key: string, facts?: Record<string, unknown>) => string;
const heading = (words: string) => ({ text: words, bold: true, fontSize: 11, margin: [0, 12, 0, 4] });
const named = ({ name, position }: { name: string; position: string }): string =>
  position ? `${name}, ${position}` : name;

function facts(content: SheetContent, locale: Locale, say: Say): object {
  const moment = (at: string | null): string => (at ? zoned(at, content.timeZone, locale) : '—');
  const rows: [string, string | null][] = [
    [say('state'), text(locale, `approvals.state.${content.state}`)],
    [say('kind'), content.kind],
    [say('route'), say('routeVersion', content.route)],
    [say('amount'), content.amount && `${content.amount} ${content.currency}`],
    [say('initiator'), named(content.initiator)],
    [say('startedAt'), moment(content.startedAt)],
    [say('finishedAt'), moment(content.finishedAt)],
    [say('basedOn'), content.basedOn && `№ ${content.basedOn.number} ${content.basedOn.title}`],
    [say('ticket'), content.ticket && `№ ${content.ticket.number} ${content.ticket.subject}`],
    [say('text'), content.text || null],
  ];
  const body = rows
    .filter((row): row is [string, string] => !!row[1])
    .map(([label, value]): Cell[] => [{ text: label, color: GREY }, { text: value }]);
  return { layout: LINES, table: { widths: [110, '*'], body } };
}

function stageTable(stage: SheetStage, index: number, content: SheetContent, locale: Locale, say: Say): object[] {
  const rule = say('rule', { needed: stage.needed, of: stage.of });
  const state = text(locale, `approvals.stageState.${stage.state}`);
  const title = heading(`${index + 1}. ${stage.name} · ${state}${stage.of > 1 ? ` · ${rule}` : ''}`);
  if (!stage.steps.length) return [title];
  const head = ['who', 'decision', 'asked', 'decided', 'comment'].map((key): Cell => ({ text: say(key), color: GREY }));
  const body = [head, ...stage.steps.map((step) => stepRow(step, content, locale, say))];
  return [title, { layout: LINES, fontSize: 8, table: { headerRows: 1, widths: [120, 75, 80, 80, '*'], body } }];
}

function stepRow(step: SheetStep, { timeZone }: SheetContent, locale: Locale, say: Say): Cell[] {
  const moment = (at: string | null): string => (at ? zoned(at, timeZone, locale) : '—');
  const who = [named(step), step.insteadOf && say('insteadOf', { name: step.insteadOf })].filter(Boolean).join('\n');
  const via = step.via && step.via !== 'app' ? `\n${text(locale, `approvals.via.${step.via}`)}` : '';
  const hasDecided = ['approved', 'declined', 'returned', 'merged'].includes(step.state);
  return [
    { text: step.round > 1 ? `${who}\n${say('round', { round: step.round })}` : who },
    { text: `${text(locale, `approvals.stepState.${step.state}`)}${via}`, bold: hasDecided },
    { text: moment(step.askedAt) },
    { text: hasDecided ? `${moment(step.endedAt)}${step.isLate ? `\n${say('late')}` : ''}` : '—' },
    { text: step.comment },
  ];
}

function documents({ documents, timeZone }: SheetContent, locale: Locale, say: Say): object[] {
  if (!documents.length) return [];
  const rows = documents.map(({ kind, name, sha256, addedBy, addedAt }): Cell[] => [
    { text: kind ?? '—' },
    { text: `${name}\nSHA-256 ${sha256}` },
    { text: [addedBy, zoned(addedAt, timeZone, locale)].filter(Boolean).join('\n') },
  ]);
  return [heading(say('documents')), { layout: LINES, fontSize: 8, table: { widths: [80, '*', 120], body: rows } }];
}

function people({ copies, executors }: SheetContent, say: Say): object[] {
  return [
    ...(executors.length
      ? [heading(say('executors')), ...executors.map(({ name, text }) => ({ text: `${name}: ${text}` }))]
      : []),
    ...(copies.length ? [heading(say('copies')), { text: copies.join(', ') }] : []),
  ];
}
