/** How a field is compared. */
export type ConditionOp =
  'is' | 'is_not' | 'in' | 'not_in' | 'empty' | 'not_empty' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'starts_with';

export type ConditionClause = { field: string; op: ConditionOp; value?: unknown };
/** A condition as the API keeps it; `{ all: [] }` is always true. */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | ConditionClause;

/** A field that a condition may ask about, named in the reader's language. */
export type ConditionField = {
  name: string;
  label: string;
  type: 'text' | 'number' | 'money' | 'date' | 'datetime' | 'boolean' | 'choice' | 'choices' | 'reference';
  reference?: string | null;
  options?: { value: string; label: string }[] | null;
  ops: ConditionOp[];
};

/** A refusal of one place of a condition: the path is the pointer inside it, `/all/0/value`. */
export type ConditionProblem = { path: string; message: string };
