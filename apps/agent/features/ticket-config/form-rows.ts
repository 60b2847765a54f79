import type { FormField } from './ticket-config.queries';

const FIELDS: FormField['field'][] = [
  'description',
  'priorityId',
  'companyId',
  'contactId',
  'objectId',
  'assigneeId',
  'teamId',
  'observers',
  'coExecutorIds',
  'deadlineAt',
  'scheduledFor',
  'plannedSeconds',
  'files',
];
/** What a new type asks until somebody says otherwise. */
const USUAL: FormField['field'][] = ['description', 'companyId', 'contactId', 'objectId', 'files'];
/** What a client can answer on the portal. */
export const PORTAL_FIELDS: FormField['field'][] = ['description', 'companyId', 'objectId', 'files'];

const blank = (field: FormField['field'], isAsked: boolean): FormField => ({
  field,
  isAsked,
  isRequired: false,
  portal: { isAsked: isAsked && PORTAL_FIELDS.includes(field), isRequired: false },
});

/** Every field that a form can ask: those of the form first, in its order; own fields as `cf.<code>`. */
export function formRows(form: FormField[] | undefined, own: string[] = []): FormField[] {
  const all = [...FIELDS, ...own];
  if (!form)
    return [
      ...USUAL.map((field) => blank(field, true)),
      ...all.filter((field) => !USUAL.includes(field)).map((field) => blank(field, false)),
    ];
  const asked = new Set(form.map(({ field }) => field));
  return [...form, ...all.filter((field) => !asked.has(field)).map((field) => blank(field, false))];
}

/** What of the rows the type keeps: the asked ones. */
export const formOf = (rows: FormField[]): FormField[] =>
  rows.filter(({ isAsked, portal }) => isAsked || portal.isAsked);

/** A field that is required is asked, one that is not asked is not required. */
export function marked(mark: { isAsked: boolean; isRequired: boolean }, key: 'isAsked' | 'isRequired', isOn: boolean) {
  const next = { isAsked: mark.isAsked, isRequired: mark.isRequired, [key]: isOn };
  if (key === 'isRequired' && isOn) next.isAsked = true;
  if (key === 'isAsked' && !isOn) next.isRequired = false;
  return next;
}

/** The rows with one moved a place up or down. */
export function moved(rows: FormField[], at: number, by: -1 | 1): FormField[] {
  const next = [...rows];
  const [row] = next.splice(at, 1);
  if (row) next.splice(Math.max(0, at + by), 0, row);
  return next;
}
