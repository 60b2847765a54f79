export type Named = { id: string; name: string };
export type Audience = 'internal' | 'client' | 'partner';
export type StatusRef = { id: string; code: string; name: string; color: string; category: string };
export type PriorityRef = { id: string; code: string; name: string; color: string };
export type RowColor = { tint: string; icon: string | null; label: string };

export type TicketRow = {
  id: string;
  number: number;
  subject: string;
  type: Named;
  status: StatusRef;
  priority: PriorityRef;
  company: Named | null;
  contact: Named | null;
  object: Named | null;
  assignee: Named | null;
  team: (Named & { line?: number }) | null;
  createdAt: string;
  updatedAt: string;
  deadlineAt: string | null;
  scheduledFor: string | null;
  awaiting: 'us' | 'client' | null;
  hasUnread: boolean;
  commentCount: number;
  fileCount: number;
  color?: RowColor | null;
  version: number;
};
export type TicketPage = { data: TicketRow[]; page: { next: string | null; limit: number } };

export type Transition = { id: string; name: string; to: StatusRef; requiresComment: boolean; blockedBy: string[] };
export type TicketLink = { id: string; number: number; subject: string; status: StatusRef };
export type Observer = { kind: 'employee' | 'team' | 'contact'; id: string; name: string };

export type TicketView = {
  id: string;
  number: number;
  version: number;
  subject: string;
  description: string;
  type: Named & { code: string; isInner: boolean };
  status: StatusRef;
  priority: PriorityRef;
  company: Named | null;
  contact: (Named & { position: string | null; emails?: string[]; phones?: string[] }) | null;
  object: (Named & { address: string | null; path: string[] }) | null;
  assignee: Named | null;
  team: (Named & { line: number }) | null;
  author: { kind: string; id: string | null; name: string };
  source: string;
  sourceRef: string | null;
  observers: Observer[];
  coExecutors: Named[];
  parent: TicketLink | null;
  children: TicketLink[];
  deadlineAt: string | null;
  scheduledFor: string | null;
  plannedSeconds: number | null;
  externalIds: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  lastCommentId: string | null;
  lastSeenCommentId: string | null;
  awaiting: 'us' | 'client' | null;
  solvedAt: string | null;
  closedAt: string | null;
  deletedAt: string | null;
  deleteReason: string | null;
  commentCount: number;
  fileCount: number;
  transitions: Transition[];
  can: {
    update: boolean; assign: boolean; take: boolean; transition: boolean; commentInternal: boolean; replyClient: boolean; delete: boolean; restore: boolean; grant: boolean;
  };
};

export type TicketListView = {
  id: string;
  name: string;
  isShared: boolean;
  query: string;
  columns: string[];
  sort: string | null;
  icon: string | null;
  count: number;
  canEdit: boolean;
};

export type SearchAnswer = {
  tickets: { data: TicketRow[]; hasMore: boolean; isApproximate: boolean };
  companies: Named[];
  contacts: (Named & { companies: Named[] })[];
};
