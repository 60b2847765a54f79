/**
 * The dependency table: the first file to read.
 * A module may import only the modules on its line's right, and the platform. eslint.config.mjs turns each line into a
 * constraint of @nx/enforce-module-boundaries; a test compares the table with the projects that exist.
 * Call down, publish up: whoever stands above listens to events, or fills a port the lower module owns.
 */
export const modules = {
  people: [], // employees, teams with a support line, roles, sign-in, API keys
  fields: ['people'], // custom fields, conditions over fields, form rules
  clients: ['people', 'fields'], // companies, contacts, service objects (a tree)
  tickets: ['people', 'fields', 'clients'], // tickets, processes, conversation, views, search; owns the TransitionGuard port
  checklists: ['people', 'fields', 'clients', 'tickets'], // templates, items, ticks, the matrix
  sla: ['people', 'fields', 'clients', 'tickets'], // working calendars, policies, clocks, what is due when and why
  billing: ['people', 'fields', 'clients', 'tickets'], // worklogs
  macros: ['people', 'fields', 'clients', 'tickets', 'checklists'], // ticket actions, macros, canned answers, ticket templates, bulk
  approvals: ['people', 'fields', 'clients', 'tickets', 'sla', 'macros', 'planning'], // routes, decisions, approval sheets
  planning: ['people', 'fields', 'clients', 'tickets', 'checklists', 'sla'], // planned and recurring tickets
  dispatch: ['people', 'fields', 'clients', 'tickets', 'sla', 'planning'], // zones, skills, load, the lead's board
  feedback: ['people', 'clients', 'tickets'], // ratings
  channels: ['people', 'clients', 'tickets', 'feedback'], // mail in and out; messengers later: a folder each
  notifications: ['people', 'clients', 'tickets', 'sla', 'macros', 'approvals', 'feedback'], // who is told what, templates
  automation: [
    'people',
    'fields',
    'clients',
    'tickets',
    'sla',
    'checklists',
    'macros',
    'approvals',
    'planning',
    'dispatch',
    'feedback',
    'notifications',
  ], // routing, rules
};

/** What each kind of project may import besides the table above. */
export const kinds = {
  'kind:app': ['kind:root', 'kind:platform'],
  'kind:root': ['kind:module', 'kind:platform'],
  'kind:module': ['kind:module', 'kind:platform'],
  'kind:platform': ['kind:platform'],
  'kind:spa': ['kind:client', 'kind:ui'],
  'kind:ui': ['kind:ui'],
  'kind:client': ['kind:client'],
};
