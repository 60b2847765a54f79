/** What a plan's subject and description may speak of. */
export type PlanVariables = Record<
  'object.name' | 'object.address' | 'company.name' | 'date' | 'month' | 'year' | 'plan.name',
  string
>;

const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const asHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => HTML[sign]!);

/** Fills `{{object.name}}` and the like; a name nobody knows stays as it is written. */
export function filled(text: string, variables: PlanVariables, { isHtml = false } = {}): string {
  return text.replace(/\{\{\s*([a-z.]{1,40})\s*\}\}/g, (written, name: string) => {
    if (!Object.hasOwn(variables, name)) return written;
    const value = variables[name as keyof PlanVariables];
    return isHtml ? asHtml(value) : value;
  });
}

/** A subject: one line of at most 300 signs, without the loose ends an empty variable leaves. */
export const subjectOf = (text: string, variables: PlanVariables): string =>
  filled(text, variables)
    .replace(/\s+/g, ' ')
    .replace(/[\s:,;–—-]+$/u, '')
    .trim()
    .slice(0, 300) || variables['plan.name'];
