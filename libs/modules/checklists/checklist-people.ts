import type { PersonKind } from '@opora/modules/tickets';

export type { PersonKind };
export const PERSON_KINDS = ['employee', 'contact', 'system'] as const satisfies readonly PersonKind[];
