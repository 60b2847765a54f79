import type { MigrationInterface, QueryRunner } from 'typeorm';

const ROLES = [
  ['admin', 'Администратор', 'Administrator', 'all'],
  ['dispatcher', 'Диспетчер', 'Dispatcher', 'all'],
  ['engineer', 'Инженер', 'Engineer', 'teams'],
  ['line_lead', 'Куратор линии', 'Line lead', 'teams'],
  ['field_engineer', 'Выездной инженер', 'Field engineer', 'own'],
  ['developer', 'Разработчик', 'Developer', 'teams'],
  ['accountant', 'Бухгалтер', 'Accountant', 'all'],
] as const;

export class CreatePeople1767225601000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE employee (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        email text NOT NULL,
        phone text,
        "phoneExtension" text,
        locale text NOT NULL,
        "timeZone" text,
        "isActive" boolean NOT NULL,
        "roleIds" uuid[] NOT NULL,
        "createdAt" timestamp(3) with time zone NOT NULL,
        "archivedAt" timestamp(3) with time zone
      );
      CREATE UNIQUE INDEX employee_email_key ON employee (email);
      CREATE INDEX employee_name_idx ON employee (lower(name), id);
      CREATE INDEX employee_roles_idx ON employee USING gin ("roleIds");

      CREATE TABLE team (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        line integer NOT NULL,
        "forbidsClientReplies" boolean NOT NULL,
        "hidesClientContacts" boolean NOT NULL,
        "leadId" uuid CONSTRAINT team_lead_fk REFERENCES employee (id),
        "createdAt" timestamp(3) with time zone NOT NULL,
        "archivedAt" timestamp(3) with time zone
      );
      CREATE INDEX team_lead_idx ON team ("leadId");
      CREATE INDEX team_line_idx ON team (line, lower(name), id);

      CREATE TABLE team_member (
        "teamId" uuid NOT NULL CONSTRAINT team_member_team_fk REFERENCES team (id),
        "employeeId" uuid NOT NULL CONSTRAINT team_member_employee_fk REFERENCES employee (id),
        PRIMARY KEY ("teamId", "employeeId")
      );
      CREATE INDEX team_member_employee_idx ON team_member ("employeeId");

      CREATE TABLE role (
        id uuid PRIMARY KEY,
        code text,
        name jsonb NOT NULL,
        permissions text[] NOT NULL,
        scope text NOT NULL,
        "categoryIds" uuid[] NOT NULL,
        "isPreset" boolean NOT NULL,
        "createdAt" timestamp(3) with time zone NOT NULL
      );
      CREATE UNIQUE INDEX role_code_key ON role (code);
    `);
    await this.createSignIn(runner);
    for (const [index, [code, ru, en, scope]] of ROLES.entries()) {
      await runner.query(
        `INSERT INTO role (id, code, name, permissions, scope, "categoryIds", "isPreset", "createdAt")
         VALUES ($1, $2, $3, '{}', $4, '{}', true, '2026-01-01T00:00:00Z')`,
        [`019b7500-0000-7000-8000-00000000000${index + 1}`, code, JSON.stringify({ ru, en }), scope],
      );
    }
  }

  private async createSignIn(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE credential (
        id uuid PRIMARY KEY,
        "subjectKind" text NOT NULL,
        "subjectId" uuid NOT NULL,
        login text NOT NULL,
        "passwordHash" text NOT NULL,
        "mustChange" boolean NOT NULL,
        "passwordChangedAt" timestamp(3) with time zone NOT NULL,
        "totpSecret" text,
        "totpConfirmedAt" timestamp(3) with time zone,
        "totpLastStep" integer,
        "recoveryCodes" text[] NOT NULL,
        "createdAt" timestamp(3) with time zone NOT NULL
      );
      CREATE UNIQUE INDEX credential_login_key ON credential ("subjectKind", login);
      CREATE UNIQUE INDEX credential_subject_key ON credential ("subjectKind", "subjectId");

      CREATE TABLE sign_in_attempt (
        key text PRIMARY KEY,
        count integer NOT NULL,
        "lastAt" timestamp(3) with time zone NOT NULL,
        "blockedUntil" timestamp(3) with time zone NOT NULL
      );
      CREATE INDEX sign_in_attempt_last_idx ON sign_in_attempt ("lastAt");

      CREATE TABLE known_device (
        "tokenHash" text NOT NULL,
        "subjectKind" text NOT NULL,
        "subjectId" uuid NOT NULL,
        "lastUsedAt" timestamp(3) with time zone NOT NULL,
        PRIMARY KEY ("tokenHash", "subjectKind", "subjectId")
      );
      CREATE INDEX known_device_last_idx ON known_device ("lastUsedAt");

      CREATE TABLE session (
        id uuid PRIMARY KEY,
        "subjectKind" text NOT NULL,
        "subjectId" uuid NOT NULL,
        method text NOT NULL,
        "refreshHash" text NOT NULL,
        "previousHash" text,
        "rotationKey" text NOT NULL,
        "rotatedAt" timestamp(3) with time zone NOT NULL,
        "userAgent" text NOT NULL,
        ip text NOT NULL,
        "createdAt" timestamp(3) with time zone NOT NULL,
        "lastUsedAt" timestamp(3) with time zone NOT NULL,
        "expiresAt" timestamp(3) with time zone NOT NULL,
        "revokedAt" timestamp(3) with time zone
      );
      CREATE INDEX session_subject_idx ON session ("subjectKind", "subjectId", "lastUsedAt");
      CREATE INDEX session_expires_idx ON session ("expiresAt");

      CREATE TABLE sign_in_link (
        "tokenHash" text PRIMARY KEY,
        "subjectKind" text NOT NULL,
        "subjectId" uuid NOT NULL,
        purpose text NOT NULL,
        "createdAt" timestamp(3) with time zone NOT NULL,
        "expiresAt" timestamp(3) with time zone NOT NULL,
        "usedAt" timestamp(3) with time zone
      );
      CREATE INDEX sign_in_link_subject_idx ON sign_in_link ("subjectKind", "subjectId", "createdAt");
      CREATE INDEX sign_in_link_expires_idx ON sign_in_link ("expiresAt");

      CREATE TABLE api_key (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        prefix text NOT NULL,
        hash text NOT NULL,
        "subjectKind" text NOT NULL,
        "subjectId" uuid NOT NULL,
        "subjectName" text NOT NULL,
        permissions text[] NOT NULL,
        "expiresAt" timestamp(3) with time zone,
        "lastUsedAt" timestamp(3) with time zone,
        "revokedAt" timestamp(3) with time zone,
        "createdById" uuid,
        "createdAt" timestamp(3) with time zone NOT NULL
      );
      CREATE UNIQUE INDEX api_key_prefix_key ON api_key (prefix);
      CREATE INDEX api_key_subject_idx ON api_key ("subjectKind", "subjectId");
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE api_key, sign_in_link, session, known_device, sign_in_attempt, credential, role, team_member, team, employee',
    );
  }
}
