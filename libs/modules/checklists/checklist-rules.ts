import { isPhoto } from '@opora/platform/files';
import { type ItemFacts, MAX_FILES, type MarkState, type ResultLimits, USUAL_CATEGORIES } from './checklist-item';

export type GivenResult = { state: MarkState; result: unknown; files: readonly { mime: string }[]; reason: string };
/** What is wrong with a mark: the field, the code under `checklists`, facts for its words. */
export type ResultProblem = {
  field: 'result' | 'fileIds' | `fileIds/${number}` | 'reason';
  code: string;
  facts?: Record<string, string | number>;
};
type Item = Pick<ItemFacts, 'kind' | 'isRequired' | 'resultKind' | 'resultLimits'>;

const LONGEST_RESULT = 2000;

/** Whether the item takes this mark; the first thing that is wrong. */
export function resultProblem(item: Item, { state, result, files, reason }: GivenResult): ResultProblem | null {
  if (state === 'not_applicable') {
    if (result !== null || files.length) return { field: 'result', code: 'resultWithoutDeed' };
    return item.isRequired && !reason ? { field: 'reason', code: 'reasonRequired' } : null;
  }
  const wantsFiles = item.resultKind === 'photo' || item.resultKind === 'signature';
  if (files.length && !wantsFiles) return { field: 'fileIds', code: 'filesUnwanted' };
  if (wantsFiles) return result === null ? filesProblem(item, files) : { field: 'result', code: 'resultUnwanted' };
  if (item.resultKind === 'none') return result === null ? null : { field: 'result', code: 'resultUnwanted' };
  if (result === null) return item.resultLimits.isOptional ? null : { field: 'result', code: 'resultRequired' };
  return valueProblem(item, result);
}

function filesProblem({ resultKind, resultLimits }: Item, files: GivenResult['files']): ResultProblem | null {
  const at = (code: string, facts: Record<string, number> = {}): ResultProblem => ({ field: 'fileIds', code, facts });
  const stranger = files.findIndex(({ mime }) => !isPhoto(mime));
  if (stranger >= 0) return { field: `fileIds/${stranger}`, code: 'notAPicture' };
  if (files.length > (resultKind === 'signature' ? 1 : MAX_FILES)) return at('tooManyFiles');
  const fewest = resultLimits.isOptional ? 0 : (resultLimits.minFiles ?? 1);
  if (files.length >= fewest) return null;
  return resultKind === 'signature'
    ? at('signatureRequired')
    : at('photosRequired', { min: fewest, present: files.length });
}

function valueProblem({ resultKind, resultLimits }: Item, result: unknown): ResultProblem | null {
  const at = (code: string, facts: Record<string, string | number> = {}): ResultProblem => ({
    field: 'result',
    code,
    facts,
  });
  if (resultKind === 'number') return numberProblem(result, resultLimits);
  if (typeof result !== 'string') return at('textExpected');
  if (result.trim() === '') return at('resultRequired');
  if (result.length > LONGEST_RESULT) return at('resultTooLong');
  if (resultKind === 'choice' && !resultLimits.options?.includes(result))
    return at('notAnOption', { options: (resultLimits.options ?? []).join(', ') });
  if (resultKind === 'code' && resultLimits.expected && result !== resultLimits.expected) return at('otherCode');
  return null;
}

function numberProblem(result: unknown, { min, max, decimals }: ResultLimits): ResultProblem | null {
  const at = (code: string, facts: Record<string, number> = {}): ResultProblem => ({ field: 'result', code, facts });
  if (typeof result !== 'number' || !Number.isFinite(result)) return at('numberExpected');
  if (min !== undefined && result < min) return at('belowMin', { min });
  if (max !== undefined && result > max) return at('aboveMax', { max });
  if (decimals !== undefined && Number(result.toFixed(decimals)) !== result) return at('tooExact', { decimals });
  return null;
}

/** What a heading cannot have though it was given: it is never ticked. */
export function headingProblems(given: Partial<ItemFacts>): string[] {
  if (!given.kind || given.kind === 'item') return [];
  const { resultKind = 'none', requiredTo, requiredFrom, resultLimits } = given;
  const has: Partial<Record<keyof ItemFacts, boolean>> = {
    isRequired: given.isRequired,
    requiredTo: !!requiredTo?.length,
    requiredFrom: !!requiredFrom?.length,
    isClientVisible: given.isClientVisible,
    resultKind: resultKind !== 'none',
    resultLimits: Object.values(resultLimits ?? {}).some((limit) => limit !== undefined),
    assigneeId: !!given.assigneeId,
    plannedSeconds: !!given.plannedSeconds,
  };
  return Object.entries(has).flatMap(([field, isThere]) => (isThere ? field : []));
}

type Limited = Pick<ItemFacts, 'resultKind' | 'resultLimits'>;

/** Which limits of an item make no sense; pointers are inside `resultLimits`. */
export function limitProblems({ resultKind, resultLimits: limits }: Limited): { field: string; code: string }[] {
  const problems: { field: string; code: string }[] = [];
  const belongs: Record<keyof ResultLimits, string[]> = {
    min: ['number'],
    max: ['number'],
    decimals: ['number'],
    unit: ['number'],
    options: ['choice'],
    minFiles: ['photo'],
    expected: ['code'],
    isOptional: ['text', 'number', 'choice', 'photo', 'code', 'signature'],
  };
  for (const [field, kinds] of Object.entries(belongs))
    if (limits[field as keyof ResultLimits] !== undefined && !kinds.includes(resultKind))
      problems.push({ field, code: 'limitUnwanted' });
  if (limits.min !== undefined && limits.max !== undefined && limits.min > limits.max)
    problems.push({ field: 'max', code: 'limitsCrossed' });
  if (resultKind === 'choice' && (limits.options?.length ?? 0) < 2)
    problems.push({ field: 'options', code: 'optionsRequired' });
  if (new Set(limits.options).size !== (limits.options?.length ?? 0))
    problems.push({ field: 'options', code: 'optionsTwice' });
  return problems;
}

type Move = { fromId: string; fromCategory: string; toId: string; toCategory: string };

/** Whether a required item must be done before this move of the ticket. */
export function standsBefore(
  { isRequired, requiredTo, requiredFrom }: Pick<ItemFacts, 'isRequired' | 'requiredTo' | 'requiredFrom'>,
  { fromId, fromCategory, toId, toCategory }: Move,
): boolean {
  if (!isRequired) return false;
  if (!requiredTo.length && !requiredFrom.length) return (USUAL_CATEGORIES as readonly string[]).includes(toCategory);
  return (
    requiredTo.some((each) => each === toId || each === toCategory) ||
    requiredFrom.some((each) => each === fromId || each === fromCategory)
  );
}

/** What a client sees: the items shown to him and the headings over them. */
export function clientPart<Item extends Pick<ItemFacts, 'kind' | 'isClientVisible'>>(items: readonly Item[]): Item[] {
  const shown: Item[] = [];
  let open: Item[] = [];
  for (const item of items) {
    if (item.kind === 'heading') open = [item];
    else if (item.kind === 'subheading') open = [...open.filter(({ kind }) => kind === 'heading'), item];
    else if (item.isClientVisible) {
      shown.push(...open, item);
      open = [];
    }
  }
  return shown;
}
