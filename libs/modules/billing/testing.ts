import type { TestApi, TestPerson } from '@opora/platform/testing';
import { TimeEntries } from './time-entries.service';
import type { CreateTimeEntry } from './time-entries.dto';

/** An entry of worked time that the person wrote: half an hour of today, unless told otherwise. */
export async function aTimeEntry(
  api: TestApi,
  by: TestPerson,
  ticketId: string,
  facts: Partial<CreateTimeEntry> = {},
): Promise<{ id: string; seconds: number; workedOn: string; version: number }> {
  const { row } = await api.get(TimeEntries).create(await api.ctx(by), ticketId, { spent: '30м', ...facts });
  return row;
}
