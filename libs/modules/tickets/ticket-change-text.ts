import { convert } from 'html-to-text';

const MAX_SHOWN = 300;

/** A value of the history in words where no name stands behind it; moments stay RFC 3339, screens show them in the reader's zone. */
export function textOfValue(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? '✓' : '—';
  if (Array.isArray(value)) return value.map((each) => nameOf(each)).join(', ') || null;
  if (typeof value === 'object') return shortened(JSON.stringify(value));
  const text = String(value as string | number);
  return shortened(text.startsWith('<') ? convert(text, { wordwrap: false }) : text);
}

const nameOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'name' in value
    ? String((value as { name: unknown }).name)
    : (textOfValue(value) ?? '');
const shortened = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text);
