import { defineEvent } from '@opora/platform/events';

/** A company's data has changed. */
export const CompanyChanged = defineEvent<{ companyId: string; fields: string[] }>('clients.company-changed');

/** A contact's data, addresses or phones have changed. */
export const ContactChanged = defineEvent<{ contactId: string; fields: string[] }>('clients.contact-changed');
