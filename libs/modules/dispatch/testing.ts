import type { TestApi } from '@opora/platform/testing';
import { newId } from '@opora/platform/db';
import { Engineers } from './engineers.service';
import type { UpdateEngineer } from './engineers.dto';
import { Skills } from './skills.service';
import type { CreateZone } from './zones.dto';
import { Zones } from './zones.service';

/** A square of two degrees around Tula, unless told otherwise. */
export async function aZone(api: TestApi, facts: Partial<CreateZone> = {}): Promise<{ id: string; name: string }> {
  const square: [number, number][] = [
    [36.6, 53.2],
    [38.6, 53.2],
    [38.6, 55.2],
    [36.6, 55.2],
  ];
  const drawn = facts.districts ? {} : { polygon: square };
  const { id, name } = await api
    .get(Zones)
    .create(api.system, { name: `Зона ${newId().slice(-6)}`, ...drawn, ...facts });
  return { id, name };
}

/** A skill of the catalogue. */
export async function aSkill(api: TestApi, name = `Навык ${newId().slice(-6)}`): Promise<{ id: string; name: string }> {
  const skill = await api.get(Skills).create(api.system, name);
  return { id: skill.id, name };
}

/** What the board knows of a person. */
export const anEngineerProfile = (api: TestApi, employeeId: string, facts: UpdateEngineer): Promise<unknown> =>
  api.get(Engineers).update(api.system, employeeId, facts);
