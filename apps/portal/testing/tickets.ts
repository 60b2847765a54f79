import type { PortalComment, PortalTicket, PortalTicketType } from '@/features/tickets/tickets.queries';

export const aType = (type: Partial<PortalTicketType> = {}): PortalTicketType => ({
  id: 'incident',
  code: 'incident',
  name: 'Инцидент',
  isDefault: true,
  form: [
    { field: 'description', isAsked: true, isRequired: false },
    { field: 'objectId', isAsked: true, isRequired: false },
    { field: 'files', isAsked: true, isRequired: false },
  ],
  ...type,
});

export const aTicket = (ticket: Partial<PortalTicket> = {}): PortalTicket => ({
  id: 'ticket-7',
  number: 7,
  subject: 'Не печатает принтер',
  description: '<p>На кассе 3</p>',
  status: { name: 'В работе', category: 'in_work', color: 'blue' },
  type: { name: 'Инцидент' },
  company: { id: 'retail', name: 'Ромашка Ритейл' },
  object: null,
  author: { name: 'Анна Ветрова', kind: 'contact', isMe: true },
  responsible: { name: 'Пётр Инженеров' },
  putAsideUntil: null,
  statusNote: null,
  customFields: {},
  details: [],
  merged: [],
  files: [],
  createdAt: '2026-11-20T08:00:00Z',
  updatedAt: '2026-11-20T09:00:00Z',
  can: { comment: true, close: true, reopen: false, rate: false },
  ...ticket,
});

export const aComment = (comment: Partial<PortalComment> = {}): PortalComment => ({
  id: 'comment-1',
  author: { name: 'Пётр Инженеров', kind: 'employee', isMe: false },
  html: '<p>Выезжаем</p>',
  createdAt: '2026-11-20T09:00:00Z',
  files: [],
  ...comment,
});

export const pageOf = <T>(...data: T[]) => ({ data, page: { next: null, limit: 50 } });
