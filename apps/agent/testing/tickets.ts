import type { Schemas } from '@opora/client';

const NEW = { id: 's-new', code: 'new', name: 'Новая', color: 'blue', category: 'new' } as const;
const IN_WORK = { id: 's-work', code: 'in_work', name: 'В работе', color: 'yellow', category: 'in_work' } as const;
const AT = '2026-11-20T09:00:00.000Z';

/** A row of a list. */
export const aRow = (number: number, row: Partial<Schemas['TicketRowView']> = {}): Schemas['TicketRowView'] => ({
  id: `id-${number}`,
  number,
  version: 1,
  subject: `Заявка номер ${number}`,
  type: { id: 'incident', name: 'Инцидент' },
  status: NEW,
  priority: { id: 'normal', code: 'normal', name: 'Обычный', color: 'blue' },
  company: { id: 'c1', name: 'Кафе «Берёзка»' },
  contact: null,
  object: null,
  assignee: null,
  team: null,
  source: 'email',
  createdAt: AT,
  updatedAt: AT,
  deadlineAt: null,
  scheduledFor: null,
  awaiting: null,
  hasUnread: false,
  commentCount: 0,
  fileCount: 0,
  isDeleted: false,
  color: null,
  ...row,
});

/** Ticket 7 as its page shows it. */
export const aTicket = (ticket: Partial<Schemas['TicketView']> = {}): Schemas['TicketView'] => ({
  ...{
    id: 'id-7',
    number: 7,
    version: 3,
    subject: 'Не печатает принтер',
    description: '<p>Помогите</p>',
    sourceRef: null,
    source: 'email',
  },
  type: { id: 'incident', code: 'incident', name: 'Инцидент', isInner: false },
  status: NEW,
  priority: { id: 'normal', code: 'normal', name: 'Обычный', color: 'blue' },
  company: null,
  contact: { id: 'k1', name: 'Анна Соколова', position: null, emails: ['anna@lukoshko.test'] },
  object: null,
  assignee: null,
  team: null,
  author: { kind: 'contact', id: 'k1', name: 'Анна Соколова' },
  observers: [{ kind: 'contact', id: 'k2', name: 'Пётр Сидоров' }],
  coExecutors: [],
  parent: null,
  children: [],
  deadlineAt: null,
  scheduledFor: null,
  plannedSeconds: null,
  customFields: {},
  externalIds: {},
  createdAt: AT,
  updatedAt: AT,
  lastClientMessageAt: AT,
  lastStaffReplyAt: null,
  lastCommentId: 'm1',
  lastSeenCommentId: 'm1',
  awaiting: 'us',
  solvedAt: null,
  closedAt: null,
  mergedIntoId: null,
  deletedAt: null,
  deleteReason: null,
  commentCount: 1,
  fileCount: 0,
  handoverCount: 0,
  transitions: [{ id: 'tr-work', name: 'Взять в работу', to: IN_WORK, requiresComment: false, blockedBy: [] }],
  can: {
    update: true,
    assign: true,
    take: true,
    transition: true,
    commentInternal: true,
    replyClient: true,
    delete: false,
    restore: false,
    grant: false,
  },
  ...ticket,
});

export const aComment = (id: string, comment: Partial<Schemas['CommentView']> = {}): Schemas['CommentView'] => ({
  id,
  audience: ['client'],
  author: { kind: 'contact', id: 'k1', name: 'Анна Соколова' },
  html: `<p>Сообщение ${id}</p>`,
  kind: 'comment',
  source: 'email',
  createdAt: AT,
  visibleAt: AT,
  undoUntil: null,
  cc: [],
  files: [],
  ...comment,
});

export const asTimeline = (comments: Schemas['CommentView'][]) => ({
  data: comments.map((comment) => ({
    kind: 'comment',
    id: comment.id,
    at: comment.createdAt,
    comment,
    change: null,
    file: null,
    author: null,
  })),
  page: { next: null, limit: 200 },
});

const NO_DRAFT = { html: '', audience: ['internal'], files: [], cc: [], baseVersion: null, updatedAt: null };
const VIEW = {
  id: 'v-open',
  name: 'Все открытые',
  isShared: true,
  canEdit: false,
  query: 'is:open',
  columns: [],
  sort: '-updatedAt',
  colorRules: [],
  icon: 'inbox',
  position: 1,
  roleCodes: null,
  teamIds: null,
};

/** What every ticket screen asks for. */
export const ticketAnswers = (rows: Schemas['TicketRowView'][], ticket = aTicket()) => ({
  'GET /ticket-views': { data: [{ ...VIEW, count: rows.length }] },
  'GET /tickets': { data: rows, page: { next: null, limit: 100 } },
  'GET /tickets/count': { count: rows.length },
  'GET /tickets/7': ticket,
  'GET /tickets/7/timeline': asTimeline([aComment('m1')]),
  'GET /tickets/7/draft': NO_DRAFT,
  'PUT /tickets/7/draft': undefined,
  'DELETE /tickets/7/draft': undefined,
  'GET /tickets/7/presence': { data: [] },
  'POST /tickets/7/presence': undefined,
  'POST /tickets/7/read': undefined,
  'GET /notifications/count': { unread: 0 },
  'GET /ticket-types': { data: [] },
  'GET /priorities': { data: [] },
});
