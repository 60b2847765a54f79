import type { Texts } from '@opora/ui/i18n';
import { directoryTexts } from '../directory/texts';
import { accountTexts } from '../features/account/texts';
import { approvalsTexts } from '../features/approvals/texts';
import { automationTexts } from '../features/automation/texts';
import { channelsTexts } from '../features/channels/texts';
import { checklistTexts } from '../features/checklists/texts';
import { clientTexts } from '../features/clients/texts';
import { dispatchTexts } from '../features/dispatch/texts';
import { fieldTexts } from '../features/fields/texts';
import { macroTexts } from '../features/macros/texts';
import { notificationTexts } from '../features/notifications/texts';
import { peopleTexts } from '../features/people/texts';
import { planningTexts } from '../features/planning/texts';
import { routingTexts } from '../features/routing/texts';
import { slaConfigTexts } from '../features/sla-config/texts';
import { slaTexts } from '../features/sla/texts';
import { systemTexts } from '../features/system/texts';
import { ticketConfigTexts } from '../features/ticket-config/texts';
import { ticketActionTexts } from '../ticket-actions/texts';
import { ticketTexts } from '../features/tickets/texts';
import { timingTexts } from '../timing/texts';
import { worklogTexts } from '../features/worklogs/texts';
import appEn from './i18n/en.json';
import appRu from './i18n/ru.json';

/** The texts of every feature by the first word of their keys. */
export const texts: Record<string, Texts> = {
  app: { ru: appRu, en: appEn },
  account: accountTexts,
  approvals: approvalsTexts,
  clients: clientTexts,
  directory: directoryTexts,
  notifications: notificationTexts,
  people: peopleTexts,
  tickets: ticketTexts,
  ticketActions: ticketActionTexts,
  macros: macroTexts,
  ticketConfig: ticketConfigTexts,
  dispatch: dispatchTexts,
  fields: fieldTexts,
  channels: channelsTexts,
  planning: planningTexts,
  routing: routingTexts,
  automation: automationTexts,
  sla: slaTexts,
  slaConfig: slaConfigTexts,
  system: systemTexts,
  timing: timingTexts,
  worklogs: worklogTexts,
  checklists: checklistTexts,
};
