import { IsMoment, Optional, PageQuery } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { ApiKey } from './api-key.entity';
import { SUBJECT_KINDS, type SubjectKind } from './credential.entity';
import { Line } from './people-text';

export class ListApiKeys extends PageQuery {}

export class CreateApiKey {
  @ApiProperty({ example: 'Обмен с 1С' })
  @Line(1, 100)
  name: string;

  /** For whom the key acts; an employee unless told otherwise. A contact's key reaches the portal only. */
  @Optional()
  @IsIn(SUBJECT_KINDS)
  subjectKind?: SubjectKind;

  /** Yourself unless told otherwise. */
  @Optional()
  @IsUUID()
  subjectId?: string;

  /** A part of the subject's permissions; none for a contact. */
  @ApiProperty({ example: ['tickets.read', 'tickets.create'] })
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  permissions: string[];

  /** When the key stops working; never, if left out. */
  @IsOptional()
  @IsMoment()
  expiresAt?: string | null;
}

/** Somebody who acts through the key. */
export class ApiKeySubject {
  kind: SubjectKind;
  id: string;
  name: string;
}

export class ApiKeyView {
  id: string;
  name: string;
  /** The beginning of the key, by which it can be told from others. */
  prefix: string;
  subject: ApiKeySubject;
  permissions: string[];
  expiresAt: string | null;
  /** To the minute. */
  lastUsedAt: string | null;
  revokedAt: string | null;
  createdAt: string;
}

export class CreatedApiKeyView {
  apiKey: ApiKeyView;
  /** Shown once. Send it as `Authorization: Bearer …`. */
  secret: string;
}

export const toApiKeyView = (key: ApiKey): ApiKeyView => ({
  id: key.id,
  name: key.name,
  prefix: `opora_${key.prefix}`,
  subject: { kind: key.subjectKind, id: key.subjectId, name: key.subjectName },
  permissions: key.permissions,
  expiresAt: key.expiresAt?.toISOString() ?? null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
  createdAt: key.createdAt.toISOString(),
});
