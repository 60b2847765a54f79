import { defineEvent } from '@opora/platform/events';

/** An employee was archived or switched off: his work waits for somebody else. */
export const EmployeeLeft = defineEvent<{ employeeId: string }>('people.employeeLeft');
