import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { type LocalText, Process } from './process.entity';
import { isCustomKey } from './ticket-filter-keys';

/** Built-in fields a type's form may ask for. The subject is always asked. */
export const FORM_FIELDS = [
  'description',
  'priorityId',
  'impact',
  'urgency',
  'companyId',
  'contactId',
  'objectId',
  'assigneeId',
  'teamId',
  'observers',
  'coExecutorIds',
  'deadlineAt',
  'scheduledFor',
  'plannedSeconds',
  'files',
] as const;
/** What only staff may say: a date promised by hand (T-27). The portal neither asks nor takes it. */
export const STAFF_FIELDS: readonly string[] = ['deadlineAt'];
/** A built-in field, or a custom one as `cf.<code>`. */
export type FormFieldName = (typeof FORM_FIELDS)[number] | `cf.${string}`;
/** More fields than any form has. */
export const MAX_FORM_FIELDS = 200;

export const isFormField = (name: unknown): name is FormFieldName =>
  (FORM_FIELDS as readonly unknown[]).includes(name) || (typeof name === 'string' && isCustomKey(name));

/** How a form treats one field: for staff, and for the client on the portal. */
export type FormField = {
  field: FormFieldName;
  isAsked: boolean;
  isRequired: boolean;
  portal: { isAsked: boolean; isRequired: boolean };
};

/** What the end of a ticket means for the tickets below and above it. */
export type CloseRules = {
  blockCloseWhileChildrenOpen?: boolean;
  closeWhenAllChildrenClosed?: boolean;
  closeChildrenWithParent?: boolean;
};

/** «Тип заявки»: what kind of work it is, with its own form and process. */
@Entity('ticket_type')
@Index('ticket_type_code_key', ['code'], { unique: true })
@Index('ticket_type_process_idx', ['processId'])
export class TicketType {
  @Id() id: string;
  @Column('text') code: string;
  @Column('jsonb') name: LocalText;
  /** Work of the house itself: no client ever sees such a ticket. */
  @Column('boolean', { default: false }) isInner: boolean;
  /** Clients may file such tickets. */
  @Column('boolean', { default: true }) availableForClient: boolean;
  @Column('boolean', { default: false }) isDefault: boolean;
  @ManyToOne(() => Process)
  @JoinColumn({ name: 'processId', foreignKeyConstraintName: 'ticket_type_process_fk' })
  process?: Relation<Process>;
  @Column('uuid') processId: string;
  @Column('jsonb', { default: [] }) form: FormField[];
  @Column('jsonb', { default: {} }) closeRules: CloseRules;
  @Column('int') position: number;
  @Timestamp({ nullable: true }) archivedAt: Date | null;
}
