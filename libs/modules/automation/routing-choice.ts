/** The routing table as rules: which row fits a ticket, and which rows never get their turn. Pure. */
import {
  type Condition,
  type ConditionField,
  explain,
  type Facts,
  implies,
  isContradiction,
  matches,
} from '@opora/modules/fields';
import type { RoutingRow } from './routing-row.entity';

export type RowInOrder = Pick<RoutingRow, 'id' | 'name' | 'isActive' | 'when' | 'hours' | 'calendarId'>;
export type JudgedRow<Row> = { row: Row; failed: string[] };

/** The fact that a calendar's hours run; in conditions a field like the others. */
export const hoursFact = (calendarId: string): string => `hours.${calendarId}`;

/** All that a row asks for; the places of its own condition stay what they are. */
export function conditionOf({ when, hours, calendarId }: Omit<RowInOrder, 'id' | 'name' | 'isActive'>): Condition {
  if (hours === 'any' || !calendarId) return when;
  const inHours: Condition = { field: hoursFact(calendarId), op: 'is', value: hours === 'inside' };
  return { all: [...('all' in when ? when.all : [when]), inHours] };
}

/** Each row with the places because of which it does not fit. */
export const judge = <Row extends RowInOrder>(rows: readonly Row[], facts: Facts): JudgedRow<Row>[] =>
  rows.map((row) => ({ row, failed: explain(conditionOf(row), facts) }));

/** The first row that is on and fits. */
export function choose<Row extends RowInOrder>(rows: readonly Row[], facts: Facts): Row | undefined {
  return rows.find((row) => row.isActive && matches(conditionOf(row), facts));
}

/** A row behind others that take everything it could. */
export type Unreachable = { row: RowInOrder; takers: RowInOrder[] };

/** More conditions are not put together: the ways to meet them all multiply. */
const MOST_TOGETHER = 6;

/** Certain only: what cannot be proved is not said. */
export function unreachable(rows: readonly RowInOrder[], catalogue: readonly ConditionField[]): Unreachable[] {
  const active = rows.filter(({ isActive }) => isActive);
  const fields = [...catalogue, ...hourFields(active)];
  return active.flatMap((row, index) => {
    const own = conditionOf(row);
    const touching = active
      .slice(0, index)
      .filter((earlier) => !isContradiction({ all: [conditionOf(earlier), own] }, fields));
    const taker = touching.find((earlier) => implies(own, conditionOf(earlier), fields));
    if (taker) return [{ row, takers: [taker] }];
    const isWorthTrying = touching.length > 1 && touching.length <= MOST_TOGETHER;
    return isWorthTrying && implies(own, { any: touching.map(conditionOf) }, fields) ? [{ row, takers: touching }] : [];
  });
}

/** Hours either run or do not: a choice of two that is always made. */
export const hourFields = (rows: readonly Pick<RowInOrder, 'calendarId'>[]): ConditionField[] =>
  [...new Set(rows.flatMap(({ calendarId }) => calendarId ?? []))].map((id) => ({
    name: hoursFact(id),
    label: '',
    type: 'boolean',
    ops: ['is'],
  }));
