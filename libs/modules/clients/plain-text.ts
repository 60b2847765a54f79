import { Transform } from 'class-transformer';

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const CONTROL_BUT_LINES = /[^\P{Cc}\n\t]+/gu;
/** Marks that turn the direction of text or take no room: they only serve to make one name look like another. */
const INVISIBLE = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

export const toOneLine = (text: string): string => text.replace(INVISIBLE, '').replace(CONTROL, ' ').trim();

export const toLines = (text: string): string =>
  text.replace(INVISIBLE, '').replace(/\r\n?/g, '\n').replace(CONTROL_BUT_LINES, ' ').trim();

// U+0000 is left for the validation to refuse.
const onText = (change: (text: string) => string) =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && !value.includes('\0') ? change(value) : value,
  );

/** A name: trimmed, without line breaks, control and direction marks. */
export const OneLine = () => onText(toOneLine);

/** A remark: trimmed, line breaks kept, control and direction marks removed. */
export const Lines = () => onText(toLines);

/** An address of mail or a domain: compared in lower case. */
export const Lowercase = () => onText((text) => toOneLine(text).toLowerCase());

/** An empty text means there is none. */
export const EmptyIsNull = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.trim() === '' ? null : value));

/** How texts are compared in search: lower case, `ё` as `е`. */
export const searchable = (...texts: (string | null | undefined)[]): string =>
  texts.filter(Boolean).join(' ').toLowerCase().replaceAll('ё', 'е').slice(0, 4000);
