import { Module, type OnModuleInit } from '@nestjs/common';
import { ClientsModule } from '@opora/modules/clients';
import { FeedbackModule } from '@opora/modules/feedback';
import { TicketsModule } from '@opora/modules/tickets';
import { Workers } from '@opora/platform/events';
import { Settings } from '@opora/platform/settings';
import { ChannelsCommands } from './channels.command';
import { Intake } from './intake.service';
import { IntakeController } from './intake.controller';
import { IntakeDesk } from './intake-desk.service';
import { IntakeProcessor } from './intake-processor.service';
import { IntakeQueue } from './intake-queue.service';
import { IntakeRules } from './intake-rules.service';
import { ImapFetcher } from './mail/imap-fetcher';
import { MailParserPool } from './mail/mail-parser-pool';
import { SmtpListener } from './mail/smtp-listener';
import { MailEffects } from './mail-effects.service';
import { MailThreads } from './mail-threads.service';
import { MailboxState } from './mailbox-state.service';
import { MailboxesController } from './mailboxes.controller';
import { Mailboxes } from './mailboxes.service';
import { TicketMailListener } from './ticket-mail.listener';
import { TicketMail } from './ticket-mail.service';
import { TicketMailsController } from './ticket-mails.controller';

@Module({
  imports: [ClientsModule, TicketsModule, FeedbackModule],
  controllers: [IntakeController, MailboxesController, TicketMailsController],
  providers: [
    ChannelsCommands,
    Intake,
    IntakeDesk,
    IntakeProcessor,
    IntakeQueue,
    IntakeRules,
    MailEffects,
    MailThreads,
    MailParserPool,
    Mailboxes,
    MailboxState,
    SmtpListener,
    ImapFetcher,
    TicketMail,
    TicketMailListener,
  ],
  exports: [Intake, IntakeQueue, Mailboxes],
})
export class ChannelsModule implements OnModuleInit {
  constructor(
    private readonly workers: Workers,
    private readonly queue: IntakeQueue,
    private readonly smtp: SmtpListener,
    private readonly imap: ImapFetcher,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.workers.register({ name: 'intake', start: () => this.queue.start({ isAlone: !this.settings.REDIS_URL }) });
    this.workers.register({
      name: 'smtp',
      start: async () => (this.settings.OPORA_SMTP_PORT ? void (await this.smtp.start()) : undefined),
    });
    this.workers.register({ name: 'imap', start: async () => this.imap.start() });
  }
}
