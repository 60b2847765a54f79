/** Promises for every ticket of a measured world, and their clocks as the product itself computes them. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { productEnv, root } from '../home.mjs';

/** SQL of one policy for all tickets. `metrics`: `{metric, seconds, warnings?}`; `calendar` is the code of a shipped one. */
export function policySql({ name, calendar, metrics }) {
  const whole = metrics.map((metric) => ({
    calendarId: null,
    pauseCategories: [],
    pauseStatusIds: [],
    pausesWhenPutAside: false,
    statusIds: [],
    reactionOn: 'either',
    warnings: [],
    escalateTo: [],
    ...metric,
  }));
  return `
INSERT INTO sla_policy (id, name, position, "isActive", "when", "calendarId", "objectCalendarMode", metrics, "onChange", version, "createdAt", "updatedAt")
  SELECT '019b0000-0000-7000-8000-000000000001', '${name}', 1, true, '{"all": []}', c.id, 'ignore', '${JSON.stringify(whole)}'::jsonb,
    '{"type": "keep", "priority": "keep", "client": "keep", "policy": "keep", "calendar": "from_now_on"}', 1, now(), now()
  FROM work_calendar c WHERE c.code = '${calendar}';
INSERT INTO sla_policy_version ("policyId", version, definition, "createdAt")
  SELECT id, version, jsonb_build_object('name', name, 'isActive', "isActive", 'when', "when", 'calendarId', "calendarId", 'objectCalendarMode', "objectCalendarMode",
    'metrics', metrics, 'onChange', "onChange"), now() FROM sla_policy;`;
}

/** `opora sla rebuild` over a database of its own; answers what it printed. */
export async function rebuildClocks(home, url) {
  const child = spawn(process.execPath, [join(root, 'dist/server/apps/cli/main.js'), 'sla', 'rebuild', '--json'], {
    cwd: root,
    env: { ...productEnv(home, url), OPORA_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let words = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (words += text));
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`sla rebuild failed (${code})`);
  return words;
}
