/** What every text about a ticket may say. */
const OF_TICKET = [
  'ticket.number',
  'ticket.subject',
  'ticket.status',
  'ticket.clientStatus',
  'ticket.type',
  'ticket.priority',
  'ticket.deadline',
  'ticket.url',
  'ticket.portalUrl',
  'company.name',
  'contact.name',
  'object.name',
  'assignee.name',
  'team.name',
  'organisation.name',
];
const TAG = /\{\{\{?\s*[#^/&]?\s*([\w.]+)\s*\}?\}\}/g;
/** Templates whose variables are a ticket's. */
const ABOUT_TICKETS = /^(channels|notifications|feedback|tickets)\./;

/** Variables a text may use: those of a ticket, and those it already uses. */
export function variablesFor(key: string, text: { subject: string; body: string }): string[] {
  const used = [...`${text.subject} ${text.body}`.matchAll(TAG)].map((match) => match[1] ?? '');
  return [...new Set([...(ABOUT_TICKETS.test(key) ? OF_TICKET : []), ...used])];
}

/** A variable as it is written; addresses and HTML are put in as they are. */
export const tagOf = (name: string): string => (/(url|html)$|^rating\./i.test(name) ? `{{{${name}}}}` : `{{${name}}}`);
