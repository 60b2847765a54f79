import type { Ctx, Locale } from '@opora/platform/context';
import type { Db } from '@opora/platform/db';
import { settings } from '@opora/platform/settings';

/** What a mail template may say of a ticket: `{{ticket.number}}`, `{{contact.name}}`, `{{assignee.name}}`, … */
export type TicketTemplateVariables = {
  ticket: {
    number: number;
    subject: string;
    url: string;
    portalUrl: string;
    status: string;
    clientStatus: string;
    type: string;
    priority: string;
    deadline: string;
  };
  company: { name: string };
  contact: { name: string };
  object: { name: string };
  assignee: { name: string };
  team: { name: string };
  organisation: { name: string };
};

type Row = Record<
  | 'number'
  | 'subject'
  | 'status'
  | 'clientStatus'
  | 'type'
  | 'priority'
  | 'company'
  | 'contact'
  | 'object'
  | 'assignee'
  | 'team'
  | 'organisation'
  | 'timeZone',
  string
> & {
  deadlineAt: Date | null;
};

/** Reads the variables of a ticket in one query; who asks has already proved his right. Undefined when there is no such ticket. */
export async function ticketTemplateVariables(
  db: Db,
  ctx: Ctx,
  ticketId: string,
  locale: Locale,
): Promise<TicketTemplateVariables | undefined> {
  const [row] = await db.prepared<Row>(
    ctx,
    `SELECT t.number, t.subject, t."deadlineAt", s.name->>$2::text AS status, COALESCE(s."clientName"->>$2, s.name->>$2) AS "clientStatus", y.name->>$2 AS type,
            p.name->>$2 AS priority, COALESCE(c.name, '') AS company, COALESCE(k.name, '') AS contact, COALESCE(o.name, '') AS object,
            COALESCE(e.name, '') AS assignee, COALESCE(m.name, '') AS team, i.name AS organisation, i."timeZone"
     FROM ticket t JOIN ticket_status s ON s.id = t."statusId" JOIN ticket_type y ON y.id = t."typeId" JOIN priority p ON p.id = t."priorityId"
     CROSS JOIN installation i
     LEFT JOIN company c ON c.id = t."companyId" LEFT JOIN contact k ON k.id = t."contactId" LEFT JOIN service_object o ON o.id = t."objectId"
     LEFT JOIN employee e ON e.id = t."assigneeId" LEFT JOIN team m ON m.id = t."teamId"
     WHERE t.id = $1`,
    [ticketId, locale],
  );
  if (!row) return undefined;
  const { publicUrl } = settings();
  const number = Number(row.number);
  return {
    ticket: {
      number,
      subject: row.subject,
      url: `${publicUrl}/tickets/${number}`,
      portalUrl: `${publicUrl}/portal/tickets/${number}`,
      status: row.status,
      clientStatus: row.clientStatus,
      type: row.type,
      priority: row.priority,
      deadline: row.deadlineAt ? momentIn(row.deadlineAt, row.timeZone, locale) : '',
    },
    company: { name: row.company },
    contact: { name: row.contact },
    object: { name: row.object },
    assignee: { name: row.assignee },
    team: { name: row.team },
    organisation: { name: row.organisation },
  };
}

const momentIn = (date: Date, timeZone: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(date);
