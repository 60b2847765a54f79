import {
  IconArrowsSplit2,
  IconBolt,
  IconBuildings,
  IconUsers,
  IconRoute,
  IconMail,
  IconMessage2Bolt,
  IconForms,
  IconSettings,
  IconChecklist,
  IconStopwatch,
  IconClockExclamation,
  IconCalendarRepeat,
  IconCalendarTime,
  IconMapPins,
  IconRubberStamp,
  type Icon,
} from '@tabler/icons-react';

/** One line of the sidebar below the views: where it leads, what one must hold to see it. */
export type NavigationItem = { to: string; label: string; Icon: Icon; permission?: string };

/** Screens besides tickets, in the sidebar's order. */
export const navigation: NavigationItem[] = [
  { to: '/worklogs', label: 'worklogs.title', Icon: IconStopwatch, permission: 'billing.log_time' },
  { to: '/approvals', label: 'approvals.title', Icon: IconRubberStamp },
  { to: '/dispatch', label: 'dispatch.section', Icon: IconMapPins, permission: 'dispatch.read' },
  { to: '/sla', label: 'sla.section', Icon: IconClockExclamation, permission: 'sla.read' },
  { to: '/planning', label: 'planning.section', Icon: IconCalendarRepeat, permission: 'planning.read' },
  { to: '/clients', label: 'clients.section', Icon: IconBuildings, permission: 'clients.read' },
  { to: '/macros', label: 'macros.section', Icon: IconMessage2Bolt, permission: 'macros.use' },
  { to: '/people', label: 'people.employees.title', Icon: IconUsers, permission: 'people.read' },
  { to: '/routing', label: 'routing.title', Icon: IconArrowsSplit2, permission: 'automation.read' },
  { to: '/rules', label: 'automation.title', Icon: IconBolt, permission: 'automation.read' },
  { to: '/ticket-config', label: 'ticketConfig.section', Icon: IconRoute, permission: 'tickets.configure' },
  { to: '/checklists', label: 'checklists.templates.title', Icon: IconChecklist, permission: 'checklists.manage' },
  { to: '/fields', label: 'fields.section', Icon: IconForms, permission: 'fields.manage' },
  { to: '/sla-config', label: 'slaConfig.nav', Icon: IconCalendarTime, permission: 'sla.manage' },
  { to: '/channels', label: 'channels.section', Icon: IconMail, permission: 'channels.read_intake' },
  { to: '/system', label: 'system.section', Icon: IconSettings, permission: 'platform.organisation' },
];
