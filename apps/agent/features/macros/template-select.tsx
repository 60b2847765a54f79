import { api } from '@/api';
import { teamsQuery } from '@/pickers/directory.queries';
import { referenceQuery } from '@/pickers/reference.queries';
import type { TicketDraft } from '@/slots/ticket-slots';
import { Select } from '@mantine/core';
import { unwrap } from '@opora/client';
import { notifyProblem } from '@opora/ui/theme';
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { templateChoiceQuery, type Template } from './templates.queries';

/** Fills in the form of a new ticket. */
export function TemplateSelect({ onApply }: { onApply: (draft: TicketDraft) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: templates = [] } = useQuery(templateChoiceQuery());
  const [chosen, choose] = useState<string | null>(null);
  const last = useRef<string | null>(null);
  if (templates.length === 0) return null;
  const apply = async (id: string | null) => {
    choose(id);
    last.current = id;
    const template = templates.find((each) => each.id === id);
    if (!template) return;
    const draft = await draftOf(queries, template);
    // Another one was chosen while this one was looked up.
    if (last.current !== id) return;
    const lists = template.checklistTemplateIds;
    onApply({
      ...draft,
      ...(lists.length > 0
        ? {
            after: (ticket) =>
              putLists(ticket.id, lists).catch((error: unknown) =>
                notifyProblem(t('macros.templates.noChecklist'), error),
              ),
          }
        : {}),
    });
  };
  return (
    <Select
      label={t('macros.templates.one')}
      placeholder={t('macros.templates.choose')}
      searchable
      clearable
      description={templates.find(({ id }) => id === chosen)?.description || undefined}
      error={templates.find(({ id }) => id === chosen)?.problems.length ? t('macros.templates.broken') : undefined}
      data={templates.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen}
      onChange={(id) => void apply(id)}
    />
  );
}

async function putLists(id: string, templateIds: readonly string[]): Promise<void> {
  for (const templateId of templateIds)
    await unwrap(api.http.POST('/tickets/{id}/checklists', { params: { path: { id } }, body: { templateId } }));
}

type Values = {
  subject?: string;
  description?: string;
  typeId?: string;
  priorityId?: string;
  impact?: string;
  urgency?: string;
  plannedSeconds?: number;
  companyId?: string;
  contactId?: string;
  objectId?: string;
  assigneeId?: string;
  teamId?: string;
  coExecutorIds?: string[];
  customFields?: Record<string, unknown>;
};
const REFERENCES = { company: 'companyId', contact: 'contactId', object: 'objectId', assignee: 'assigneeId' } as const;

/** The values as the form holds them: what is picked by name comes with its name. */
async function draftOf(queries: QueryClient, { values, problems }: Template): Promise<TicketDraft> {
  // What is out of use is left for the person to choose.
  const gone = new Set(problems.map(({ pointer }) => pointer.replace('/values/', '')));
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !gone.has(name))) as Values;
  const { subject, description, typeId, priorityId, impact, urgency, plannedSeconds, customFields = {}, teamId } = kept;
  const named = async (reference: string, id: string) => await queries.fetchQuery(referenceQuery(reference, id));
  const picked: TicketDraft['picked'] = {};
  for (const [name, field] of Object.entries(REFERENCES) as [keyof typeof REFERENCES, keyof Values][]) {
    const id = kept[field];
    const entry = typeof id === 'string' ? await named(name === 'assignee' ? 'employee' : name, id) : null;
    if (entry) picked[name] = { id: entry.id, name: entry.name };
  }
  const team = teamId ? (await queries.fetchQuery(teamsQuery())).find(({ id }) => id === teamId) : undefined;
  if (team) picked.team = team;
  const helpers = await Promise.all((kept.coExecutorIds ?? []).map((id) => named('employee', id)));
  const known = helpers.filter((entry) => entry !== null).map(({ id, name }) => ({ id, name }));
  if (known.length > 0) picked.coExecutors = known;
  const fields = { subject, description, typeId, priorityId, impact, urgency };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return {
    fields: { ...given, ...(plannedSeconds === undefined ? {} : { plannedMinutes: Math.round(plannedSeconds / 60) }) },
    picked,
    customFields,
  };
}
