import { definePermissions } from '@opora/platform/permissions';

/** Defining custom fields and the rules of forms. Their values belong to the rows that hold them. */
export const FieldsPermission = definePermissions('fields', ['manage']);
