import { Injectable } from '@nestjs/common';
import type { Ctx } from '@opora/platform/context';
import type { FieldProblem } from '@opora/platform/errors';
import { Files } from '@opora/platform/files';
import { readValue, type StoredValue, type StoredValues } from './custom-field-values';
import { type CustomField, type FieldSubject, type ReferenceKind } from './custom-field.entity';
import { displayText } from './custom-field-texts';
import { FieldReferences } from './field-ports.service';
import { FieldStore, type SubjectFields } from './field-store.service';
import { withComputed } from './formula-plan';

export type CheckedFields = {
  /** Everything the row holds after the change, canonical. */
  values: Record<string, StoredValue>;
  /** Codes whose value is another than before, computed ones among them. */
  changed: string[];
  problems: FieldProblem[];
};
/** A value as a person reads it; for files with a link that lives five minutes. */
export type FieldDisplay = { text: string; url?: string };

/** Whom values are shown to, and which of them. */
type Shown = { forClient?: boolean; codes?: readonly string[] };

const MAX_KEYS = 200;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const escaped = (key: string): string => key.replace(/~/g, '~0').replace(/\//g, '~1').slice(0, 80);
const isEqual = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Values of custom fields: checked on their way in, shown on their way out. */
@Injectable()
export class CustomFields {
  constructor(
    private readonly store: FieldStore,
    private readonly references: FieldReferences,
    private readonly files: Files,
  ) {}

  /** The fields in use, in their order. */
  async definitions(ctx: Ctx, subject: FieldSubject): Promise<readonly CustomField[]> {
    return (await this.store.of(ctx, subject)).list;
  }

  /**
   * Reads the values of a change and merges them into what the row holds; null clears. Every problem at once, with its pointer.
   * Inside a transaction, when nothing is wrong, the files are taken over.
   */
  async check(
    ctx: Ctx,
    subject: FieldSubject,
    given: unknown,
    { before = {} }: { before?: StoredValues } = {},
  ): Promise<CheckedFields> {
    const fields = await this.store.of(ctx, subject);
    const problems: FieldProblem[] = [];
    const merged: Record<string, StoredValue> = { ...before };
    const written = new Map<string, StoredValue>();
    if (given !== undefined && !isRecord(given)) problems.push(problem('', 'validation.isObject'));
    const entries = isRecord(given) ? Object.entries(given) : [];
    if (entries.length > MAX_KEYS) problems.push(problem('', 'fields.tooManyValues', MAX_KEYS));
    for (const [code, value] of entries.slice(0, MAX_KEYS)) {
      const field = fields.byCode.get(code);
      const refusal = this.refusalOf(ctx, field);
      if (!field || refusal) {
        problems.push(problem(code, refusal ?? 'fields.fieldUnknown', code));
        continue;
      }
      const old = Object.hasOwn(before, code) ? before[code] : undefined;
      const read = readValue(field, value, old);
      if ('code' in read) problems.push(problem(code, read.code, read.word));
      else if (read.value === null) delete merged[code];
      else {
        merged[code] = read.value;
        if (!isEqual(read.value, old)) written.set(code, read.value);
      }
    }
    problems.push(
      ...(await this.checkReferences(ctx, fields, written)),
      ...(await this.takeFiles(ctx, fields, written, problems)),
    );
    for (const code of written.keys()) {
      if (!problems.some(({ pointer }) => pointer === `/customFields/${code}`)) continue;
      if (Object.hasOwn(before, code)) merged[code] = before[code]!;
      else delete merged[code];
    }
    const values = withComputed(merged, fields.list, fields.plan);
    const codes = new Set([...Object.keys(before), ...Object.keys(values)]);
    return { values, changed: [...codes].filter((code) => !isEqual(before[code], values[code])), problems };
  }

  /** A client writes what is shown to him and meant for him; of other fields he does not even learn that they exist. */
  private refusalOf(ctx: Ctx, field: CustomField | undefined): string | undefined {
    if (!field || (ctx.actor.kind === 'contact' && !field.isClientVisible)) return 'fields.fieldUnknown';
    return ctx.actor.kind === 'contact' && !field.isClientEditable && field.type !== 'formula'
      ? 'fields.fieldReadOnly'
      : undefined;
  }

  private async checkReferences(
    ctx: Ctx,
    { byCode }: SubjectFields,
    written: ReadonlyMap<string, StoredValue>,
  ): Promise<FieldProblem[]> {
    const byKind = byReference([...written], ([code]) => {
      const field = byCode.get(code)!;
      return field.type === 'reference' ? field.config.reference : undefined;
    });
    const problems: FieldProblem[] = [];
    for (const [kind, pairs] of byKind) {
      const visible = await this.references.visible(
        ctx,
        kind,
        pairs.map(([, id]) => id as string),
      );
      for (const [code, id] of pairs)
        if (!visible.has(id as string)) problems.push(problem(code, 'fields.referenceUnknown'));
    }
    return problems;
  }

  /** Only one's own uploads that nothing has taken yet. */
  private async takeFiles(
    ctx: Ctx,
    { byCode }: SubjectFields,
    written: ReadonlyMap<string, StoredValue>,
    others: readonly FieldProblem[],
  ): Promise<FieldProblem[]> {
    const pairs = [...written].filter(([code]) => byCode.get(code)!.type === 'file') as [string, string][];
    if (!pairs.length) return [];
    const { kind, id: actorId } = ctx.actor;
    const found = await this.files.find(
      ctx,
      pairs.map(([, id]) => id),
    );
    const usable = new Set(
      found
        .filter(
          (file) => !file.claimedAt && (kind === 'system' || (file.ownerKind === kind && file.ownerId === actorId)),
        )
        .map(({ id }) => id),
    );
    const problems = pairs
      .filter(([, id], index) => !usable.has(id) || pairs.findIndex((pair) => pair[1] === id) < index)
      .map(([code]) => problem(code, 'fields.fileUnknown'));
    if (ctx.tx && !problems.length && !others.length)
      await this.files.claim(
        ctx,
        pairs.map(([, id]) => id),
      );
    return problems;
  }

  /** A function that shows stored values to staff or to a client: for lists, where the fields are asked for once. */
  async viewer(
    ctx: Ctx,
    subject: FieldSubject,
    { forClient = ctx.actor.kind === 'contact', codes }: Shown = {},
  ): Promise<(stored: StoredValues | null | undefined) => Record<string, StoredValue>> {
    const { list } = await this.store.of(ctx, subject);
    const isShown = ({ code, isClientVisible }: CustomField): boolean =>
      (isClientVisible || !forClient) && (!codes || codes.includes(code));
    const shown = list.filter(isShown).map(({ code }) => code);
    return (stored) => {
      const values: Record<string, StoredValue> = {};
      if (stored) for (const code of shown) if (Object.hasOwn(stored, code)) values[code] = stored[code]!;
      return values;
    };
  }

  /** The values of a row by code: fields in use only, to a client those that are shown to him. */
  async viewOf(
    ctx: Ctx,
    subject: FieldSubject,
    stored: StoredValues | null | undefined,
    options: { forClient?: boolean } = {},
  ): Promise<Record<string, StoredValue>> {
    return (await this.viewer(ctx, subject, options))(stored);
  }

  /** The values as a person reads them, in the language of the context; names of references and links of files included. */
  async displayOf(
    ctx: Ctx,
    subject: FieldSubject,
    stored: StoredValues,
    options: { forClient?: boolean } = {},
  ): Promise<Record<string, FieldDisplay>> {
    return (await this.displaysOf(ctx, subject, [stored], options))[0]!;
  }

  /** The same for a page of rows: one query for each kind of reference, one for the files. */
  async displaysOf(
    ctx: Ctx,
    subject: FieldSubject,
    rows: readonly (StoredValues | null | undefined)[],
    options: Shown = {},
  ): Promise<Record<string, FieldDisplay>[]> {
    const { byCode } = await this.store.of(ctx, subject);
    const view = await this.viewer(ctx, subject, options);
    const shown = rows.map((stored) => Object.entries(view(stored)));
    const all = shown.flat();
    const names = await this.namesOf(ctx, byCode, all);
    const files = await this.files.find(ctx, idsOf(all.filter(([code]) => byCode.get(code)!.type === 'file')));
    const fileById = new Map(files.map((file) => [file.id, file]));
    const display = ([code, value]: [string, StoredValue]): [string, FieldDisplay] => {
      const field = byCode.get(code)!;
      const file = field.type === 'file' ? fileById.get(value as string) : undefined;
      if (file) return [code, { text: file.name, url: this.files.urlOf(ctx, file.id) }];
      const name = field.type === 'reference' ? names.get(value as string) : undefined;
      return [code, { text: name ?? displayText(ctx, field, value) }];
    };
    return shown.map((entries) => Object.fromEntries(entries.map(display)));
  }

  private async namesOf(
    ctx: Ctx,
    byCode: SubjectFields['byCode'],
    shown: readonly Pair[],
  ): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const [kind, pairs] of byReference(shown, ([code]) => byCode.get(code)!.config.reference)) {
      for (const [id, name] of await this.references.names(ctx, kind, idsOf(pairs))) names.set(id, name);
    }
    return names;
  }
}

const idsOf = (pairs: readonly Pair[]): string[] => pairs.map(([, id]) => id as string);

type Pair = readonly [string, StoredValue];

function byReference(
  pairs: readonly Pair[],
  kindOf: (pair: Pair) => ReferenceKind | undefined,
): Map<ReferenceKind, Pair[]> {
  const groups = new Map<ReferenceKind, Pair[]>();
  for (const pair of pairs) {
    const kind = kindOf(pair);
    if (kind) groups.set(kind, [...(groups.get(kind) ?? []), pair]);
  }
  return groups;
}

const problem = (code: string, error: string, word: string | number = ''): FieldProblem => ({
  pointer: code ? `/customFields/${escaped(code)}` : '/customFields',
  code: error,
  message: word === '' ? '' : `: ${String(word).slice(0, 80)}`,
});
