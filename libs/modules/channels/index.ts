export { ChannelPermission } from './channels.access';
export { ChannelsModule } from './channels.module';
export { Intake } from './intake.service';
export { IntakeQueue } from './intake-queue.service';
export { INTAKE_STATES, IntakeMessage, type IntakeState } from './intake-message.entity';
export { CreateMailbox } from './mailboxes.dto';
export { Mailboxes } from './mailboxes.service';
