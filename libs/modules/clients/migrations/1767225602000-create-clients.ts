import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateClients1767225602000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "company" (
        "id" uuid NOT NULL,
        "name" text NOT NULL,
        "additionalName" text,
        "site" text,
        "email" text,
        "phone" text,
        "address" text,
        "latitude" double precision,
        "longitude" double precision,
        "comment" text,
        "inn" text,
        "timeZone" text,
        "isClient" boolean NOT NULL,
        "isPartner" boolean NOT NULL,
        "isSupplier" boolean NOT NULL,
        "responsibleEmployeeId" uuid,
        "responsibleTeamId" uuid,
        "externalIds" jsonb NOT NULL,
        "emailDomains" text[] NOT NULL,
        "searchName" text NOT NULL,
        "searchText" text NOT NULL,
        "dedupeKeys" text[] NOT NULL,
        "fieldVersions" jsonb NOT NULL,
        "version" integer NOT NULL,
        "archivedAt" timestamptz(3),
        "createdAt" timestamptz(3) NOT NULL,
        PRIMARY KEY ("id"),
        CONSTRAINT "company_responsible_employee_fk" FOREIGN KEY ("responsibleEmployeeId") REFERENCES "employee" ("id"),
        CONSTRAINT "company_responsible_team_fk" FOREIGN KEY ("responsibleTeamId") REFERENCES "team" ("id")
      )`);
    await runner.query(`CREATE INDEX "company_name_idx" ON "company" (lower("name"), "id")`);
    await runner.query(`CREATE INDEX "company_search_name_idx" ON "company" USING gin ("searchName" gin_trgm_ops)`);
    await runner.query(`CREATE INDEX "company_search_text_idx" ON "company" USING gin ("searchText" gin_trgm_ops)`);
    await runner.query(`CREATE INDEX "company_dedupe_idx" ON "company" USING gin ("dedupeKeys")`);
    await runner.query(`CREATE INDEX "company_external_ids_idx" ON "company" USING gin ("externalIds" jsonb_path_ops)`);
    await runner.query(`CREATE INDEX "company_responsible_employee_idx" ON "company" ("responsibleEmployeeId")`);
    await runner.query(`CREATE INDEX "company_responsible_team_idx" ON "company" ("responsibleTeamId")`);

    await runner.query(`
      CREATE TABLE "company_category" (
        "id" uuid NOT NULL,
        "code" text NOT NULL,
        "name" text NOT NULL,
        "color" text NOT NULL,
        PRIMARY KEY ("id")
      )`);
    await runner.query(`CREATE UNIQUE INDEX "company_category_code_idx" ON "company_category" ("code")`);
    await runner.query(`
      CREATE TABLE "company_category_link" (
        "companyId" uuid NOT NULL,
        "categoryId" uuid NOT NULL,
        PRIMARY KEY ("companyId", "categoryId"),
        CONSTRAINT "company_category_link_company_fk" FOREIGN KEY ("companyId") REFERENCES "company" ("id") ON DELETE CASCADE,
        CONSTRAINT "company_category_link_category_fk" FOREIGN KEY ("categoryId") REFERENCES "company_category" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX "company_category_link_category_idx" ON "company_category_link" ("categoryId")`);

    await runner.query(`
      CREATE TABLE "contact" (
        "id" uuid NOT NULL,
        "name" text NOT NULL,
        "position" text,
        "telegram" text,
        "locale" text NOT NULL,
        "comment" text,
        "searchName" text NOT NULL,
        "searchText" text NOT NULL,
        "fieldVersions" jsonb NOT NULL,
        "version" integer NOT NULL,
        "archivedAt" timestamptz(3),
        "createdAt" timestamptz(3) NOT NULL,
        PRIMARY KEY ("id")
      )`);
    await runner.query(`CREATE INDEX "contact_name_idx" ON "contact" (lower("name"), "id")`);
    await runner.query(`CREATE INDEX "contact_search_name_idx" ON "contact" USING gin ("searchName" gin_trgm_ops)`);
    await runner.query(`CREATE INDEX "contact_search_text_idx" ON "contact" USING gin ("searchText" gin_trgm_ops)`);
    await runner.query(`
      CREATE TABLE "contact_email" (
        "id" uuid NOT NULL,
        "contactId" uuid NOT NULL,
        "email" text NOT NULL,
        "isPrimary" boolean NOT NULL,
        "isActive" boolean NOT NULL,
        PRIMARY KEY ("id"),
        CONSTRAINT "contact_email_contact_fk" FOREIGN KEY ("contactId") REFERENCES "contact" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE UNIQUE INDEX "contact_email_active_idx" ON "contact_email" ("email") WHERE "isActive"`);
    await runner.query(`CREATE INDEX "contact_email_contact_idx" ON "contact_email" ("contactId")`);
    await runner.query(`
      CREATE TABLE "contact_phone" (
        "id" uuid NOT NULL,
        "contactId" uuid NOT NULL,
        "e164" text NOT NULL,
        "raw" text NOT NULL,
        "isPrimary" boolean NOT NULL,
        PRIMARY KEY ("id"),
        CONSTRAINT "contact_phone_contact_fk" FOREIGN KEY ("contactId") REFERENCES "contact" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX "contact_phone_e164_idx" ON "contact_phone" ("e164")`);
    await runner.query(`CREATE INDEX "contact_phone_contact_idx" ON "contact_phone" ("contactId")`);

    await runner.query(`
      CREATE TABLE "membership" (
        "id" uuid NOT NULL,
        "contactId" uuid NOT NULL,
        "companyId" uuid NOT NULL,
        "seesCompany" boolean NOT NULL,
        "closesCompany" boolean NOT NULL,
        "isAdmin" boolean NOT NULL,
        "objectIds" uuid[] NOT NULL,
        "position" text,
        "invitedName" text,
        "invitedEmail" text,
        "createdAt" timestamptz(3) NOT NULL,
        PRIMARY KEY ("id"),
        CONSTRAINT "membership_contact_fk" FOREIGN KEY ("contactId") REFERENCES "contact" ("id") ON DELETE CASCADE,
        CONSTRAINT "membership_company_fk" FOREIGN KEY ("companyId") REFERENCES "company" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE UNIQUE INDEX "membership_pair_idx" ON "membership" ("contactId", "companyId")`);
    await runner.query(`CREATE INDEX "membership_company_idx" ON "membership" ("companyId")`);

    await runner.query(`
      CREATE TABLE "service_object" (
        "id" uuid NOT NULL,
        "companyId" uuid NOT NULL,
        "parentId" uuid,
        "path" uuid[] NOT NULL,
        "name" text NOT NULL,
        "kind" text NOT NULL,
        "address" text,
        "latitude" double precision,
        "longitude" double precision,
        "timeZone" text,
        "responsibleEmployeeId" uuid,
        "responsibleTeamId" uuid,
        "comment" text,
        "externalIds" jsonb NOT NULL,
        "searchText" text NOT NULL,
        "fieldVersions" jsonb NOT NULL,
        "version" integer NOT NULL,
        "archivedAt" timestamptz(3),
        "createdAt" timestamptz(3) NOT NULL,
        PRIMARY KEY ("id"),
        CONSTRAINT "service_object_company_fk" FOREIGN KEY ("companyId") REFERENCES "company" ("id"),
        CONSTRAINT "service_object_parent_fk" FOREIGN KEY ("parentId") REFERENCES "service_object" ("id"),
        CONSTRAINT "service_object_responsible_employee_fk" FOREIGN KEY ("responsibleEmployeeId") REFERENCES "employee" ("id"),
        CONSTRAINT "service_object_responsible_team_fk" FOREIGN KEY ("responsibleTeamId") REFERENCES "team" ("id")
      )`);
    await runner.query(
      `CREATE INDEX "service_object_company_idx" ON "service_object" ("companyId", lower("name"), "id")`,
    );
    await runner.query(`CREATE INDEX "service_object_name_idx" ON "service_object" (lower("name"), "id")`);
    await runner.query(`CREATE INDEX "service_object_path_idx" ON "service_object" USING gin ("path")`);
    await runner.query(
      `CREATE INDEX "service_object_search_idx" ON "service_object" USING gin ("searchText" gin_trgm_ops)`,
    );
    await runner.query(`CREATE INDEX "service_object_parent_idx" ON "service_object" ("parentId")`);
    await runner.query(
      `CREATE INDEX "service_object_responsible_employee_idx" ON "service_object" ("responsibleEmployeeId")`,
    );
    await runner.query(`CREATE INDEX "service_object_responsible_team_idx" ON "service_object" ("responsibleTeamId")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'service_object',
      'membership',
      'contact_phone',
      'contact_email',
      'contact',
      'company_category_link',
      'company_category',
      'company',
    ]) {
      await runner.query(`DROP TABLE "${table}"`);
    }
  }
}
