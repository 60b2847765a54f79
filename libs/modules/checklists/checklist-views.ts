import { type ItemFacts, NO_SUBJECT, type Subject } from './checklist-item';
import { clientPart } from './checklist-rules';
import type { ChecklistFileView, ChecklistMarkView, ChecklistView, PortalChecklistView } from './checklist-views.dto';
import type { Checklist } from './checklist.entity';
import type { PersonKind } from './checklist-people';

export type ItemRow = ItemFacts & { id: string; version: number; assigneeName: string | null };
/** A mark as the query packs it: 10,000 of them travel in one answer. */
export type MarkRow = [
  itemId: string,
  subjectId: string,
  state: ChecklistMarkView['state'],
  result: string | number | null,
  reason: string,
  files: Omit<ChecklistFileView, 'url'>[] | null,
  byKind: PersonKind,
  byId: string | null,
  byName: string,
  at: string,
];
export type ChecklistRow = Omit<Checklist, 'createdById' | 'position' | 'updatedAt'> & {
  items: ItemRow[];
  marks: MarkRow[];
};
export type ProgressRow = ChecklistView['progress'];
type UrlOf = (fileId: string) => string;

/** SQL of a mark of the alias `m`. */
export const PACKED_MARK = `jsonb_build_array(m."itemId", m."subjectId", m.state, m.result, m.reason,
      CASE WHEN m."fileIds" = '{}' THEN NULL ELSE (SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size)
        ORDER BY array_position(m."fileIds", f.id)) FROM stored_file f WHERE f.id = ANY(m."fileIds")) END,
      m."byKind", m."byId", m."byName", to_char(m.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`;

/** SQL of checklists with everything in them; conditions over the alias `c` follow. */
export const SELECT_CHECKLISTS = `SELECT c.id, c."ticketId", c."templateId", c.name, c.axis, c.subjects, c."isAutomatic", c.version, c."createdAt",
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'title', i.title, 'hint', i.hint, 'isRequired', i."isRequired",
      'requiredTo', i."requiredTo", 'requiredFrom', i."requiredFrom", 'isClientVisible', i."isClientVisible", 'resultKind', i."resultKind",
      'resultLimits', i."resultLimits", 'assigneeId', i."assigneeId", 'assigneeName', (SELECT e.name FROM employee e WHERE e.id = i."assigneeId"),
      'plannedSeconds', i."plannedSeconds", 'version', i.version) ORDER BY i.position)
    FROM checklist_item i WHERE i."checklistId" = c.id), '[]') AS items,
  COALESCE((SELECT jsonb_agg(${PACKED_MARK})
    FROM checklist_mark m WHERE m."checklistId" = c.id), '[]') AS marks
  FROM checklist c`;

export const toChecklistView = (row: ChecklistRow, urlOf: UrlOf): ChecklistView => ({
  id: row.id,
  ticketId: row.ticketId,
  templateId: row.templateId,
  name: row.name,
  axis: row.axis,
  subjects: row.subjects.map(({ id, kind, refId, name }: Subject) => ({ id, kind, refId, name })),
  items: row.items.map((item) => ({
    id: item.id,
    kind: item.kind,
    title: item.title,
    hint: item.hint,
    isRequired: item.isRequired,
    requiredTo: item.requiredTo,
    requiredFrom: item.requiredFrom,
    isClientVisible: item.isClientVisible,
    resultKind: item.resultKind,
    resultLimits: item.resultLimits,
    assignee: item.assigneeId ? { id: item.assigneeId, name: item.assigneeName ?? '' } : null,
    plannedSeconds: item.plannedSeconds,
    version: item.version,
  })),
  marks: row.marks.map((mark) => toMarkView(mark, urlOf)),
  progress: progressOf(row),
  isAutomatic: row.isAutomatic,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
});

/** Only what is for the client: no hints, reasons, planned times or names of employees. */
export function toPortalChecklistView(row: ChecklistRow, urlOf: UrlOf): PortalChecklistView {
  const items = clientPart(row.items);
  const shown = new Set(items.map(({ id }) => id));
  const marks = row.marks.filter(([itemId]) => shown.has(itemId)).map((mark) => toMarkView(mark, urlOf));
  return {
    id: row.id,
    name: row.name,
    subjects: row.subjects.map(({ id, name }: Subject) => ({ id, name })),
    items: items.map(({ id, kind, title }) => ({ id, kind, title })),
    marks: marks.map(({ itemId, subjectId, state, result, files, at }) => ({
      itemId,
      subjectId,
      state,
      result,
      files,
      at,
    })),
    done: marks.length,
    total: items.filter(({ kind }) => kind === 'item').length * Math.max(1, row.subjects.length),
  };
}

export function toMarkView(mark: MarkRow, urlOf: UrlOf): ChecklistMarkView {
  const [itemId, subjectId, state, result, reason, files, kind, id, name, at] = mark;
  return {
    itemId,
    subjectId: subjectId === NO_SUBJECT ? null : subjectId,
    state,
    result,
    files: (files ?? []).map((file) => ({ ...file, url: urlOf(file.id) })),
    reason,
    by: { kind, id, name },
    at,
  };
}

function progressOf({ items, marks, subjects }: ChecklistRow): ChecklistView['progress'] {
  const columns = Math.max(1, subjects.length);
  const own = items.filter(({ kind }) => kind === 'item');
  const required = new Set(own.filter(({ isRequired }) => isRequired).map(({ id }) => id));
  return {
    done: marks.length,
    total: own.length * columns,
    requiredDone: marks.filter(([itemId]) => required.has(itemId)).length,
    required: required.size * columns,
  };
}
