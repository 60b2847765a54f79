import { Id, Timestamp } from '@opora/platform/db';
import { Column, Entity, Index } from 'typeorm';

/** An account on a mail server. The password is sealed by the installation's secret. */
export type MailAccount = {
  host: string;
  port: number;
  secure: boolean;
  user: string;
  sealedPassword: string;
  acceptsAnyCertificate: boolean;
};
export type ImapAccount = MailAccount & { folder: string };

/** An address to which clients write, how its mail is fetched and through which server we answer. */
@Entity('mailbox')
@Index('mailbox_address_key', { synchronize: false })
export class Mailbox {
  @Id() id: string;
  @Column('text') name: string;
  @Column('text') address: string;
  /** Null: mail to this address comes through the SMTP listener. */
  @Column('jsonb', { nullable: true }) imap: ImapAccount | null;
  /** Null: answers leave through the installation's relay. */
  @Column('jsonb', { nullable: true }) smtp: MailAccount | null;
  @Column('boolean', { default: true }) isActive: boolean;
  /** Mails about tickets that came by another way are sent from here. */
  @Column('boolean', { default: false }) isDefault: boolean;
  @Column('uuid', { nullable: true }) defaultTeamId: string | null;
  @Column('uuid', { nullable: true }) defaultTypeId: string | null;
  @Column('bigint', { nullable: true }) uidValidity: string | null;
  @Column('bigint', { nullable: true }) lastUid: string | null;
  /** The last time the server answered. */
  @Timestamp({ nullable: true }) lastSeenAt: Date | null;
  @Column('text', { nullable: true }) lastError: string | null;
  /** The process that fetches at this moment, and until when it may be taken for alive. */
  @Column('text', { nullable: true }) leasedBy: string | null;
  @Timestamp({ nullable: true }) leasedUntil: Date | null;
  @Timestamp() createdAt: Date;
  @Timestamp({ nullable: true }) archivedAt: Date | null;
}
