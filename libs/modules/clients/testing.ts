import { aCredential, aSession } from '@opora/testing/people';
import { newId } from '@opora/platform/db';
import type { TestApi, TestPerson } from '@opora/platform/testing';
import type { CreateCompany } from './companies.dto';
import { Companies } from './companies.service';
import { CompanyCategories } from './company-categories.service';
import type { CreateContact, MembershipFields } from './contacts.dto';
import { Contacts } from './contacts.service';
import type { CreateServiceObject } from './service-objects.dto';
import { ServiceObjects } from './service-objects.service';

const suffix = () => newId().slice(-6);

/** A client company. */
export async function aCompany(
  api: TestApi,
  facts: Partial<CreateCompany> = {},
): Promise<{ id: string; name: string; version: number }> {
  const { id, name, version } = await api
    .get(Companies)
    .create(api.system, { name: `Компания ${suffix()}`, confirmDuplicate: true, ...facts });
  return { id, name, version };
}

/** A company category. */
export async function aCategory(
  api: TestApi,
  facts: { code?: string; name?: string } = {},
): Promise<{ id: string; code: string }> {
  const { id, code } = await api
    .get(CompanyCategories)
    .create(api.system, { code: `c-${newId()}`, name: 'Группа', color: '#336699', ...facts });
  return { id, code };
}

export type TestContact = TestPerson & { kind: 'contact'; name: string; email: string };

export type ContactFacts = Omit<Partial<CreateContact>, 'memberships'> & {
  companyId?: string;
  email?: string;
  /** Rights in the company: none, unless told otherwise. */
  rights?: Pick<MembershipFields, 'seesCompany' | 'closesCompany' | 'isAdmin' | 'objectIds'>;
  memberships?: CreateContact['memberships'];
};

/** A contact with an address, who is signed in to the portal and whose password is TEST_PASSWORD. */
export async function aContact(api: TestApi, facts: ContactFacts = {}): Promise<TestContact> {
  const { companyId, rights, email = `c-${newId()}@client.test`, memberships = [], ...fields } = facts;
  const { id, name } = await api.get(Contacts).create(api.system, {
    name: `Контакт ${suffix()}`,
    emails: [email],
    memberships: companyId ? [{ companyId, ...rights }, ...memberships] : memberships,
    ...fields,
  });
  const subject = { kind: 'contact' as const, id };
  await aCredential(api, subject, email);
  return { ...subject, sessionId: await aSession(api, subject), name, email };
}

/** A service object of a company. */
export async function anObject(
  api: TestApi,
  facts: Partial<CreateServiceObject> & { companyId: string },
): Promise<{ id: string; name: string; version: number }> {
  const { id, name, version } = await api
    .get(ServiceObjects)
    .create(api.system, { name: `Объект ${suffix()}`, ...facts });
  return { id, name, version };
}
