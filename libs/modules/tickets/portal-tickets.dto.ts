import { ApiProperty } from '@nestjs/swagger';
import type { Ctx } from '@opora/platform/context';
import { Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { t } from '@opora/platform/i18n';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
} from 'class-validator';
import { MAX_TEXT } from './portal-form.dto';
import type { PortalCommentRow, PortalFileRow, PortalTicketRow } from './portal-tickets.query';
import { withFileLinks } from './rich-text';
import type { FormFieldName } from './ticket-type.entity';

export const PORTAL_STATES = ['open', 'closed'] as const;
export const PORTAL_SCOPES = ['mine', 'company'] as const;
/** What a client is told of a status: whose move it is inside the house is not his business. */
export const PORTAL_CATEGORIES = ['new', 'in_work', 'waiting_client', 'done', 'closed'] as const;
export type PortalCategory = (typeof PORTAL_CATEGORIES)[number];

export class ListPortalTickets extends PageQuery {
  /** Words of the subject, the description or the conversation. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  q?: string;
  /** `closed` are those done or closed. */
  @IsOptional()
  @IsIn(PORTAL_STATES)
  state?: (typeof PORTAL_STATES)[number];
  /** `mine`: filed by you or for you; `company`: all you may see. */
  @IsOptional()
  @IsIn(PORTAL_SCOPES)
  scope?: (typeof PORTAL_SCOPES)[number];
  @IsOptional()
  @IsUUID()
  companyId?: string;
}

export class CreatePortalComment {
  /** Plain text; or `html`. */
  @Optional()
  @IsString()
  @MaxLength(MAX_TEXT)
  text?: string;
  @Optional()
  @IsString()
  @MaxLength(MAX_TEXT)
  html?: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  fileIds?: string[];
}

export class ClosePortalTicket {
  /** Plain text. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @Length(0, MAX_TEXT)
  comment?: string;
}

export class PortalStatusView {
  name: string;
  category: PortalCategory;
  color: string;
}

export class PortalTypeRef {
  name: string;
}

export class PortalNamed {
  id: string;
  name: string;
}

export class PortalAuthorView {
  name: string;
  kind: 'contact' | 'employee' | 'system';
  isMe: boolean;
}

export class PortalResponsibleView {
  name: string;
}

export class PortalFileView {
  id: string;
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
  /** Link that lives five minutes. */
  url: string;
}

export class PortalTicketRowView {
  id: string;
  number: number;
  subject: string;
  status: PortalStatusView;
  type: PortalTypeRef;
  company: PortalNamed | null;
  object: PortalNamed | null;
  author: PortalAuthorView;
  createdAt: string;
  /** The last change you could see. */
  updatedAt: string;
  /** Nobody works on it until then. */
  putAsideUntil: string | null;
  /** What to expect, in words, where the status does not say it. */
  statusNote: string | null;
}

export class PortalCan {
  comment: boolean;
  close: boolean;
  reopen: boolean;
  rate: boolean;
}

/** A custom field as a client reads it. */
export class PortalDetailView {
  code: string;
  label: string;
  /** Type of the field. */
  type: string;
  text: string;
  /** Link of a file that lives five minutes. */
  url: string | null;
}

/** What a client sees of a ticket's custom fields. */
export class PortalCustom {
  /** Values by the fields' codes. */
  customFields: Record<string, unknown>;
  /** The same in words, in the order of the fields. */
  details: PortalDetailView[];
}

/** A request that was merged into this one. */
export class PortalMergedView {
  id: string;
  number: number;
  subject: string;
  /** Safe HTML. */
  description: string;
  author: PortalAuthorView;
  createdAt: string;
}

export class PortalTicketView extends PortalTicketRowView {
  /** Safe HTML. */
  description: string;
  responsible: PortalResponsibleView | null;
  files: PortalFileView[];
  /** Values of the custom fields you are shown, by their codes. */
  customFields: Record<string, unknown>;
  /** The same in words, in the order of the fields. */
  details: PortalDetailView[];
  /** Your other requests about the same. */
  merged: PortalMergedView[];
  can: PortalCan;
}

export class PortalCommentView {
  id: string;
  author: PortalAuthorView;
  /** Safe HTML. */
  html: string;
  createdAt: string;
  files: PortalFileView[];
}

export class PortalFormFieldView {
  /** A built-in field, or `cf.<code>`. */
  @ApiProperty({ type: String })
  field: FormFieldName;
  isAsked: boolean;
  isRequired: boolean;
}

export class PortalTicketTypeView {
  id: string;
  code: string;
  name: string;
  isDefault: boolean;
  form: PortalFormFieldView[];
}

type UrlOf = (fileId: string) => string;
type AuthorRow = Pick<PortalTicketRow, 'authorKind' | 'authorId' | 'authorName'>;

function toAuthorView(ctx: Ctx, { authorKind, authorId, authorName }: AuthorRow): PortalAuthorView {
  const kind = authorKind === 'contact' || authorKind === 'employee' ? authorKind : 'system';
  return { name: authorName ?? t(ctx, 'tickets.system'), kind, isMe: kind === 'contact' && authorId === ctx.actor.id };
}

const toFileView = ({ fileId, name, mime, size }: PortalFileRow, urlOf: UrlOf): PortalFileView => ({
  id: fileId,
  name,
  mime,
  size: Number(size),
  url: urlOf(fileId),
});

const withLinks = (html: string, files: readonly PortalFileRow[], urlOf: UrlOf): string => {
  const own = new Set(files.map(({ fileId }) => fileId));
  return withFileLinks(html, (id) => (own.has(id) ? urlOf(id) : undefined));
};

export const toPortalTicketRowView = (ctx: Ctx, row: PortalTicketRow): PortalTicketRowView => ({
  id: row.id,
  number: row.number,
  subject: row.subject,
  status: { name: row.status.name, category: row.status.category, color: row.status.color },
  type: { name: row.typeName },
  company: row.company,
  object: row.object,
  author: toAuthorView(ctx, row),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.publicUpdatedAt.toISOString(),
  putAsideUntil: row.putAsideUntil?.toISOString() ?? null,
  statusNote: row.putAsideUntil && t(ctx, 'tickets.aside.portal', { moment: momentText(ctx, row) }),
});

/** A moment as the people of the house would say it. */
const momentText = ({ locale }: Ctx, { putAsideUntil, timeZone }: PortalTicketRow): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: timeZone ?? 'UTC' }).format(
    putAsideUntil!,
  );

export const toPortalTicketView = (ctx: Ctx, row: PortalTicketRow, urlOf: UrlOf): PortalTicketView => ({
  ...toPortalTicketRowView(ctx, row),
  description: withLinks(row.description, row.files, urlOf),
  responsible: row.responsible === null ? null : { name: row.responsible },
  files: row.files.filter(({ isInline }) => !isInline).map((file) => toFileView(file, urlOf)),
  customFields: row.shown?.customFields ?? {},
  details: row.shown?.details ?? [],
  merged: (row.merged ?? []).map((merged) => ({
    id: merged.id,
    number: merged.number,
    subject: merged.subject,
    description: withLinks(merged.description, merged.files, urlOf),
    author: toAuthorView(ctx, merged),
    createdAt: new Date(merged.createdAt).toISOString(),
  })),
  can: row.can,
});

export const toPortalCommentView = (ctx: Ctx, row: PortalCommentRow, urlOf: UrlOf): PortalCommentView => ({
  id: row.id,
  author: toAuthorView(ctx, row),
  html: withLinks(row.html, row.files, urlOf),
  createdAt: row.createdAt.toISOString(),
  files: row.files.filter(({ isInline }) => !isInline).map((file) => toFileView(file, urlOf)),
});
