import { ActorSources } from '@opora/platform/auth';
import { type Actor, type Ctx, scopesOf, systemContext } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { AccessError, fieldProblem, raise } from '@opora/platform/errors';
import { decodeCursor, keyset, type Page, pageOfRows } from '@opora/platform/http';
import { declaredPermissions } from '@opora/platform/permissions';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ApiKey } from './api-key.entity';
import type { CreateApiKey, ListApiKeys } from './api-keys.dto';
import type { Subject } from './credential.entity';
import { canManage, holdsAll, PeoplePermission } from './people.access';
import { PeopleError } from './people.errors';
import { randomToken, readableToken, sameHash, tokenHash } from './secrets';
import { SignInSubjects } from './sign-in-subjects.service';

const KEY = /^opora_([a-z0-9]{8})_([\w-]{43})$/;

/** Keys for programs. A key can do a part of what its subject can do, at the time of use. */
@Injectable()
export class ApiKeys implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly actors: ActorSources,
    private readonly subjects: SignInSubjects,
  ) {}

  onModuleInit(): void {
    this.actors.registerKeys((secret) => this.loadActor(secret));
  }

  async list(ctx: Ctx, { cursor, limit }: ListApiKeys): Promise<Page<ApiKey>> {
    const after = decodeCursor(cursor, ['uuid']);
    const rows = await this.db.query<ApiKey>(
      ctx,
      `SELECT * FROM api_key WHERE ($1::boolean OR ("subjectKind" = 'employee' AND "subjectId" = $2::uuid))
         AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [...visible(ctx.actor), after?.[0] ?? null, limit + 1],
    );
    return pageOfRows(rows, limit, (row) => keyset(row.id));
  }

  /** Makes a key and returns its secret, once. */
  async create(ctx: Ctx, input: CreateApiKey): Promise<{ apiKey: ApiKey; secret: string }> {
    return this.db.tx(ctx, async (ctx) => {
      const subject = await this.subjectOf(ctx, input);
      const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null;
      if (expiresAt && expiresAt <= ctx.now()) throw fieldProblem('/expiresAt', 'people.expiryPast');
      const prefix = readableToken(1, 8);
      const token = randomToken();
      const apiKey = this.db.repo(ctx, ApiKey).create({
        id: newId(),
        name: input.name,
        prefix,
        hash: tokenHash(token),
        subjectKind: subject.kind,
        subjectId: subject.id,
        subjectName: subject.name,
        permissions: input.permissions,
        expiresAt,
        lastUsedAt: null,
        revokedAt: null,
        createdById: ctx.actor.kind === 'employee' ? ctx.actor.id : null,
        createdAt: ctx.now(),
      });
      await this.db.repo(ctx, ApiKey).insert(apiKey);
      return { apiKey, secret: `opora_${prefix}_${token}` };
    });
  }

  /** Revokes a key at once; a revoked one stays in the list. */
  async revoke(ctx: Ctx, id: string): Promise<ApiKey> {
    return this.db.tx(ctx, async (ctx) => {
      const [key] = await this.db.query<ApiKey>(
        ctx,
        `UPDATE api_key SET "revokedAt" = coalesce("revokedAt", $4)
         WHERE ($1::boolean OR ("subjectKind" = 'employee' AND "subjectId" = $2::uuid)) AND id = $3 RETURNING *`,
        [...visible(ctx.actor), id, ctx.now()],
      );
      if (!key) throw PeopleError.apiKeyNotFound();
      ctx.tx.afterCommit.push(() => this.actors.forget(key.subjectKind, key.subjectId));
      return key;
    });
  }

  /** The actor behind a secret: its subject with what the key leaves of the rights. Null for a wrong, revoked or expired key. */
  async loadActor(secret: string): Promise<Actor | null> {
    const [, prefix, token] = KEY.exec(secret) ?? [];
    if (!prefix || !token) return null;
    const ctx = systemContext('api key');
    const [key] = await this.db.query<ApiKey>(
      ctx,
      'SELECT * FROM api_key WHERE prefix = $1 AND "revokedAt" IS NULL AND ("expiresAt" IS NULL OR "expiresAt" > $2)',
      [prefix, ctx.now()],
    );
    if (!key || !sameHash(key.hash, tokenHash(token))) return null;
    const actor = await this.subjects.loadActor(ctx, { kind: key.subjectKind, id: key.subjectId });
    if (!actor) return null;
    await this.touch(ctx, key);
    return limited(actor, key);
  }

  /** At most once a minute, so that a busy key does not write on every request. */
  private async touch(ctx: Ctx, { id, lastUsedAt }: ApiKey): Promise<void> {
    if (lastUsedAt && ctx.now().getTime() - lastUsedAt.getTime() < 60_000) return;
    await this.db.query(ctx, `UPDATE api_key SET "lastUsedAt" = $2 WHERE id = $1`, [id, ctx.now()]);
  }

  /** Somebody who exists, over whom the actor has power, and who holds what the key asks for. */
  private async subjectOf(ctx: Ctx, input: CreateApiKey): Promise<Subject & { name: string }> {
    const kind = input.subjectKind ?? 'employee';
    const id = input.subjectId ?? (kind === 'employee' && ctx.actor.kind === 'employee' ? ctx.actor.id : undefined);
    const unknown = fieldProblem(
      '/subjectId',
      kind === 'employee' ? 'people.employeeUnknown' : 'people.contactUnknown',
    );
    const person = id ? await this.subjects.find(ctx, { kind, id }) : null;
    const actor = id && person ? await this.subjects.loadActor(ctx, { kind, id }) : null;
    if (!id || !person || !actor) throw unknown;
    this.checkPermissions(ctx, actor, input.permissions);
    return { kind, id, name: person.name };
  }

  private checkPermissions(ctx: Ctx, subject: Actor, permissions: readonly string[]): void {
    const known = declaredPermissions();
    permissions.forEach((permission, index) => {
      if (!known.has(permission)) throw fieldProblem(`/permissions/${index}`, 'people.permissionUnknown');
      if (!scopesOf(subject, permission).length)
        throw fieldProblem(`/permissions/${index}`, 'people.permissionExceeds');
    });
    if (subject.kind === 'contact') {
      if (!seesAll(ctx.actor)) throw AccessError.denied();
      return;
    }
    const grants = subject.kind === 'employee' ? subject.grants : raise(AccessError.denied());
    const asked = grants.filter((grant) => permissions.includes(grant.permission));
    const isOwn = ctx.actor.kind === 'employee' && ctx.actor.id === subject.id;
    if (!holdsAll(ctx.actor, asked) || !(isOwn || (seesAll(ctx.actor) && canManage(ctx.actor, grants))))
      throw PeopleError.cannotGrant();
  }
}

function limited(actor: Actor, key: ApiKey): Actor | null {
  if (actor.kind === 'contact')
    return { ...actor, apiKeyId: key.id, mustChangePassword: false, permissions: key.permissions };
  if (actor.kind !== 'employee') return null;
  const grants = actor.grants.filter((grant) => key.permissions.includes(grant.permission));
  return {
    ...actor,
    apiKeyId: key.id,
    grants,
    mayWriteToClients: actor.mayWriteToClients && key.permissions.includes('tickets.reply_client'),
    seesClientContacts: actor.seesClientContacts && key.permissions.includes('clients.read_contacts'),
    mustChangePassword: false,
  };
}

const seesAll = (actor: Actor): boolean =>
  scopesOf(actor, PeoplePermission.manage_api_keys).some(({ kind }) => kind === 'all');

/** All keys, or one's own. */
const visible = (actor: Actor): [all: boolean, self: string | null] => [
  seesAll(actor),
  actor.kind === 'employee' ? actor.id : null,
];
