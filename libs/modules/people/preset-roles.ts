/** The roles every installation starts with. Their rows are made by the migration; what they allow is here, so that it grows with the house. */
const ticketWork = ['read', 'create', 'update', 'assign', 'take', 'transition', 'comment_internal'].map(
  (name) => `tickets.${name}`,
);
/** Own worked time, checklists, macros, a word about a missed deadline: whoever works on tickets. */
const ownWork = ['approvals.start', 'billing.log_time', 'billing.read', 'checklists.tick', 'macros.use', 'sla.excuse'];
const clientWork = ['tickets.reply_client', 'clients.read', 'clients.read_contacts', 'people.read'];

export const PRESET_ROLE_CODES = [
  'admin',
  'dispatcher',
  'engineer',
  'line_lead',
  'field_engineer',
  'developer',
  'accountant',
] as const;
export type PresetRoleCode = (typeof PRESET_ROLE_CODES)[number];

/** Permissions by preset; the administrator holds every permission there is. */
export const PRESET_PERMISSIONS: Record<string, readonly string[]> = {
  dispatcher: [
    ...ticketWork,
    ...clientWork,
    ...ownWork,
    'billing.log_for_others',
    'tickets.delete',
    'tickets.restore',
    'tickets.manage_views',
    'tickets.grant',
    'clients.manage',
    'clients.manage_portal',
    'channels.read_intake',
    'channels.manage_intake',
    'feedback.read',
    'sla.read',
    'sla.set_deadline',
    'macros.bulk',
    'macros.manage',
    'dispatch.read',
    'dispatch.manage',
    'people.manage_absences',
    'automation.read',
    'planning.read',
    'planning.manage',
  ],
  engineer: [...ticketWork, ...clientWork, ...ownWork, 'macros.bulk', 'planning.read'],
  line_lead: [
    ...ticketWork,
    ...clientWork,
    ...ownWork,
    'billing.log_for_others',
    'billing.edit_any',
    'checklists.manage',
    'tickets.delete',
    'tickets.restore',
    'tickets.manage_views',
    'tickets.grant',
    'channels.read_intake',
    'feedback.read',
    'sla.read',
    'sla.approve_excuse',
    'sla.set_deadline',
    'macros.bulk',
    'macros.manage',
    'dispatch.read',
    'dispatch.manage',
    'people.manage_absences',
    'automation.read',
    'planning.read',
    'planning.manage',
  ],
  field_engineer: [
    'tickets.read',
    'tickets.create',
    'tickets.update',
    'tickets.take',
    'tickets.transition',
    'tickets.comment_internal',
    ...clientWork,
    ...ownWork,
    'planning.read',
  ],
  developer: [...ticketWork, ...ownWork, 'clients.read', 'people.read'],
  accountant: [
    'approvals.start',
    'approvals.read_all',
    'tickets.read',
    'tickets.comment_internal',
    'clients.read',
    'clients.read_contacts',
    'people.read',
    'feedback.read',
    'billing.read',
    'billing.edit_any',
    'billing.lock_periods',
    'sla.read',
  ],
};

const presetId = (index: number) => `019b7500-0000-7000-8000-00000000000${index + 1}`;

/** Ids of the preset roles, the same in every installation. */
export const PRESET_ROLE_IDS = Object.fromEntries(
  PRESET_ROLE_CODES.map((code, index) => [code, presetId(index)]),
) as Record<PresetRoleCode, string>;
