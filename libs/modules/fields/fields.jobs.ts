import { defineJob } from '@opora/platform/events';
import type { FieldSubject } from './custom-field.entity';

/** Computed fields of a subject changed: the rows' values follow, a page at a time. */
export const ComputeFormulas = defineJob<{ subject: FieldSubject; after: string | null }>('fields.compute-formulas');
