import Mustache from 'mustache';

/** What a text may say of a ticket and of the person who writes; `cf.<code>` are custom fields that clients see. */
export const TEXT_VARIABLES = [
  'ticket.number',
  'ticket.subject',
  'ticket.type',
  'ticket.priority',
  'ticket.status',
  'ticket.deadline',
  'ticket.portalUrl',
  'company.name',
  'contact.name',
  'contact.firstName',
  'contact.email',
  'contact.phone',
  'object.name',
  'object.address',
  'assignee.name',
  'team.name',
  'me.name',
  'me.email',
  'me.phone',
  'organisation.name',
  'today',
] as const;

export type VariableValues = Record<string, Record<string, string> | string>;

/** A fault of a text with variables: an unknown name, a sign Mustache has and these texts do not, or brackets that do not match. */
export type TextFault = { kind: 'unknown'; name: string } | { kind: 'unsupported'; name: string } | { kind: 'broken' };

type Token = [type: string, name: string, start: number, end: number, children?: Token[]];

/** Every fault of a text. Names are those of the list and the codes of custom fields given. */
export function textFaults(html: string, customCodes: ReadonlySet<string>): TextFault[] {
  let tokens: Token[];
  try {
    tokens = Mustache.parse(html) as unknown as Token[];
  } catch {
    return [{ kind: 'broken' }];
  }
  const faults: TextFault[] = [];
  const seen = new Set<string>();
  const visit = (list: readonly Token[]): void => {
    for (const [type, name, , , children] of list) {
      if (type === 'text') continue;
      const isKnown = isVariable(name, customCodes);
      // Unescaped values, partials and other brackets have no place in a text somebody will read.
      const isSupported = type === 'name' || type === '#' || type === '^' || type === '!';
      if (!isSupported) add({ kind: 'unsupported', name });
      else if (type !== '!' && !isKnown) add({ kind: 'unknown', name });
      if ((type === '#' || type === '^') && Array.isArray(children)) visit(children);
    }
  };
  const add = (fault: Exclude<TextFault, { kind: 'broken' }>): void => {
    const key = `${fault.kind} ${fault.name}`;
    if (!seen.has(key)) faults.push(fault);
    seen.add(key);
  };
  visit(tokens);
  return faults;
}

const isVariable = (name: string, customCodes: ReadonlySet<string>): boolean =>
  (TEXT_VARIABLES as readonly string[]).includes(name) || (name.startsWith('cf.') && customCodes.has(name.slice(3)));

/** Fills a text: values are escaped; `{{#name}}…{{/name}}` stays where there is a value, `{{^name}}…{{/name}}` where there is none. */
export const fillText = (html: string, values: VariableValues): string => Mustache.render(html, values);
