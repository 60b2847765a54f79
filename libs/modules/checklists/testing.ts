import { newId } from '@opora/platform/db';
import type { TestApi } from '@opora/platform/testing';
import { ChecklistTemplates } from './checklist-templates.service';
import type { CreateChecklistTemplate } from './checklist-templates.dto';
import type { ChecklistRow } from './checklist-views';
import type { CreateChecklist } from './checklists.dto';
import { Checklists } from './checklists.service';

/** A checklist on a ticket with one plain item, unless told otherwise. */
export function aChecklist(
  api: TestApi,
  ticketId: string,
  facts: Partial<CreateChecklist> = {},
): Promise<ChecklistRow> {
  const plain = facts.templateId ? {} : { name: 'Проверка', items: [{ title: 'Проверить питание' }] };
  return api.get(Checklists).create(api.system, ticketId, { ...plain, ...facts });
}

/** A template with one plain item, unless told otherwise. */
export async function aChecklistTemplate(
  api: TestApi,
  facts: Partial<CreateChecklistTemplate> = {},
): Promise<{ id: string; name: string; version: number }> {
  const { id, name, version } = await api
    .get(ChecklistTemplates)
    .create(api.system, { name: `Шаблон ${newId().slice(-6)}`, items: [{ title: 'Проверить питание' }], ...facts });
  return { id, name, version };
}
