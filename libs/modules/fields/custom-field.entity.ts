/** What may have fields of its own. */
export const FIELD_SUBJECTS = ['ticket', 'company', 'contact', 'object'] as const;
export type FieldSubject = (typeof FIELD_SUBJECTS)[number];
