import { Global, Module } from '@nestjs/common';
import { DevMailboxController } from './dev-mailbox.controller';
import { MailSender } from './mail-sender';
import { Mailer } from './mailer';
import { OutgoingMailsController } from './outgoing-mails.controller';
import { OutgoingMails } from './outgoing-mails.service';
import { MailTransports } from './transports';

@Global()
@Module({
  controllers: [OutgoingMailsController, DevMailboxController],
  providers: [Mailer, MailSender, MailTransports, OutgoingMails],
  exports: [Mailer, MailTransports, OutgoingMails],
})
export class MailModule {}
