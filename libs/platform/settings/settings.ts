import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { resolve } from 'node:path';

/** Everything the environment may say, checked once at start, all errors at once. Nobody else reads process.env. */
export class Settings {
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT = 3000;

  /** Address to listen on. Loopback until somebody opens it on purpose: the demo accounts are known to everybody. */
  @IsString()
  OPORA_HOST = '127.0.0.1';

  /** Folder of the embedded default: database, files, mailbox. */
  @IsString()
  @MinLength(1)
  OPORA_HOME = resolve('.opora');

  @IsUrl({ protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true })
  DATABASE_URL: string;

  @IsOptional()
  @IsUrl({ protocols: ['redis', 'rediss'], require_tld: false, require_protocol: true })
  REDIS_URL?: string;

  @Type(() => Number)
  @IsInt()
  @Min(2)
  @Max(200)
  OPORA_DB_POOL = 16;

  /** Port of the SMTP listener; 0 switches it off. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  OPORA_SMTP_PORT = 2525;

  @IsString()
  OPORA_SMTP_HOST = '127.0.0.1';

  /** Where outgoing mail goes: smtp(s)://user:password@host:port. Unset: the local mailbox at /dev/mailbox. */
  @IsOptional()
  @IsUrl({ protocols: ['smtp', 'smtps'], require_tld: false, require_protocol: true })
  OPORA_SMTP_OUT?: string;

  /** Domain of our Message-IDs and of the support address. */
  @IsString()
  @MinLength(1)
  OPORA_MAIL_DOMAIN = 'opora.localhost';

  /** Address people open in the browser; links in mails start with it. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true })
  OPORA_PUBLIC_URL?: string;

  /** Demo data and the local mailbox. */
  @IsBoolean()
  OPORA_DEMO = false;

  /** This process also runs the worker. */
  @IsBoolean()
  OPORA_WITH_WORKER = false;

  /** Opens the endpoints that move the clock. Refused together with NODE_ENV=production. */
  @IsBoolean()
  OPORA_TEST_MODE = false;

  /** Name of the step at which the process dies, for fault tests. Only in test mode. */
  @IsOptional()
  @IsString()
  OPORA_FAIL_POINT?: string;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  OPORA_LOG = 'info';

  /** Requests a minute for one signed-in person or key. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  OPORA_RATE_LIMIT = 60000;

  /** Largest upload in megabytes. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2048)
  OPORA_UPLOAD_MB = 50;

  /** s3://bucket/prefix stores files in S3; unset: the files folder of OPORA_HOME. */
  @IsOptional()
  @IsString()
  OPORA_FILES?: string;
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true })
  OPORA_S3_ENDPOINT?: string;
  @IsOptional()
  @IsString()
  OPORA_S3_REGION?: string;
  @IsOptional()
  @IsString()
  OPORA_S3_ACCESS_KEY?: string;
  @IsOptional()
  @IsString()
  OPORA_S3_SECRET_KEY?: string;

  /** Inner hosts and networks that webhooks of rules may reach, comma separated: `erp.lan,10.1.0.0/16`. Others of our own are refused. */
  @IsOptional()
  @IsString()
  OPORA_WEBHOOK_ALLOW?: string;

  /** Proxies whose X-Forwarded-* headers are believed, comma separated. */
  @IsOptional()
  @IsString()
  OPORA_TRUSTED_PROXIES?: string;

  @IsOptional()
  @IsString()
  NODE_ENV?: string;

  get publicUrl(): string {
    return (this.OPORA_PUBLIC_URL ?? `http://localhost:${this.PORT}`).replace(/\/+$/, '');
  }
}

/** A wrong setting stops the start: the message lists every wrong one in words. */
export class SettingsError extends Error {}

const FLAGS = ['OPORA_DEMO', 'OPORA_WITH_WORKER', 'OPORA_TEST_MODE'];
const FLAG_WORDS: Record<string, boolean> = { '1': true, true: true, on: true, '0': false, false: false, off: false };

export function readSettings(env: Record<string, string | undefined>): Settings {
  const known = Object.keys(new Settings()).concat(OPTIONAL);
  const given: Record<string, unknown> = {};
  for (const name of known) {
    const value = env[name];
    if (value === undefined || value === '') continue;
    given[name] = FLAGS.includes(name) ? (FLAG_WORDS[value.toLowerCase()] ?? value) : value;
  }
  const settings = plainToInstance(Settings, given, { exposeDefaultValues: true });
  const problems = validateSync(settings, { skipMissingProperties: false }).map(
    (error) => `${error.property}: ${Object.values(error.constraints ?? {}).join('; ')}`,
  );
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith('OPORA_') && !known.includes(name) && !OF_TOOLS.test(name),
  );
  problems.push(
    ...unknown.map(
      (name) => `${name}: no such setting; known ones: ${known.filter((k) => k.startsWith('OPORA_')).join(', ')}`,
    ),
  );
  if (settings.OPORA_TEST_MODE && settings.NODE_ENV === 'production')
    problems.push('OPORA_TEST_MODE: not in production');
  if (settings.OPORA_FAIL_POINT && !settings.OPORA_TEST_MODE)
    problems.push('OPORA_FAIL_POINT: only together with OPORA_TEST_MODE=1');
  if (problems.length)
    throw new SettingsError(`Opora cannot start, these settings are wrong:\n  - ${problems.join('\n  - ')}`);
  return settings;
}

const OPTIONAL = [
  'DATABASE_URL',
  'REDIS_URL',
  'OPORA_SMTP_OUT',
  'OPORA_PUBLIC_URL',
  'OPORA_FAIL_POINT',
  'OPORA_FILES',
  'OPORA_S3_ENDPOINT',
  'OPORA_WEBHOOK_ALLOW',
  'OPORA_S3_REGION',
  'OPORA_S3_ACCESS_KEY',
  'OPORA_S3_SECRET_KEY',
  'OPORA_TRUSTED_PROXIES',
  'NODE_ENV',
];
/** Variables that only the tools around the server read. */
const OF_TOOLS = /^OPORA_(TEST_PG|TEST_PG_KEEP|TEST_REDIS|E2E|BENCH|PG|DEV)/;
