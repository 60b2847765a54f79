import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { Employee } from '@opora/modules/people';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import type { LocalText } from './process.entity';
import { isCustomKey } from './ticket-filter-keys';

export const ROW_TINTS = ['red', 'orange', 'yellow', 'green', 'blue', 'violet', 'gray'] as const;
export type RowTint = (typeof ROW_TINTS)[number];

/** Colours a row that satisfies the filter `if`; the first rule that fits wins. Icon and label say the same without colour. */
export type ColorRule = { if: string; tint: RowTint; icon: string; label: LocalText };

export const VIEW_COLUMNS = [
  'number',
  'subject',
  'status',
  'priority',
  'type',
  'company',
  'contact',
  'object',
  'assignee',
  'team',
  'createdAt',
  'updatedAt',
  'deadlineAt',
  'scheduledFor',
  'awaiting',
  'source',
  'commentCount',
  'fileCount',
] as const;
/** How a view is shown: rows, columns of statuses, or days. */
export const VIEW_LAYOUTS = ['list', 'board', 'calendar'] as const;
export type ViewLayout = (typeof VIEW_LAYOUTS)[number];

/** The moment that puts a ticket on a day. */
export const CALENDAR_FIELDS = ['deadlineAt', 'scheduledFor', 'putAsideUntil'] as const;
export type CalendarField = (typeof CALENDAR_FIELDS)[number];

/** A built-in column, or a custom field as `cf.<code>`. */
export type ViewColumn = (typeof VIEW_COLUMNS)[number] | `cf.${string}`;
export const MAX_VIEW_COLUMNS = 100;

export const IsViewColumn = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isIn',
      validator: {
        validate: (value) =>
          (VIEW_COLUMNS as readonly unknown[]).includes(value) || (typeof value === 'string' && isCustomKey(value)),
        defaultMessage: () => `must be one of: ${VIEW_COLUMNS.join(', ')}, cf.<code>`,
      },
    },
    options,
  );

/** «Представление»: a saved filter with columns, order and row colours; a personal one has an owner. */
@Entity('ticket_view')
@Index('ticket_view_owner_idx', ['ownerId'])
export class SavedView {
  @Id() id: string;
  @Column('jsonb') name: LocalText;
  /** Null: shared. */
  @Column('uuid', { nullable: true }) ownerId: string | null;
  @ManyToOne(() => Employee, { nullable: true })
  @JoinColumn({ name: 'ownerId', foreignKeyConstraintName: 'ticket_view_owner_fk' })
  owner?: Employee | null;
  /** A shared view only for holders of these roles; null means everybody. */
  @Column('text', { array: true, nullable: true }) roleCodes: string[] | null;
  /** A shared view only for members of these teams; null means everybody. */
  @Column('uuid', { array: true, nullable: true }) teamIds: string[] | null;
  /** In the filter grammar. */
  @Column('text') query: string;
  @Column('text', { array: true }) columns: ViewColumn[];
  @Column('text', { nullable: true }) sort: string | null;
  @Column('jsonb', { default: [] }) colorRules: ColorRule[];
  @Column('text', { default: 'list' }) layout: ViewLayout;
  /** By what a calendar puts tickets on days. */
  @Column('text', { default: 'deadlineAt' }) calendarField: CalendarField;
  @Column('int') position: number;
  @Column('text') icon: string;
  @Timestamp() createdAt: Date;
  @Timestamp() updatedAt: Date;
}
