import { registerDecorator } from 'class-validator';

const SYSTEM = /^[a-z0-9][a-z0-9_.-]{0,49}$/i;
const MAX_SYSTEMS = 20;

/** True for `{ "1c": "000123" }`: names of systems with the row's id there. */
export function areExternalIds(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= MAX_SYSTEMS &&
    entries.every(([system, id]) => SYSTEM.test(system) && typeof id === 'string' && /^\P{Cc}{1,200}$/u.test(id))
  );
}

export const IsExternalIds = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isExternalIds',
    target: target.constructor,
    propertyName,
    validator: { validate: areExternalIds },
  });
