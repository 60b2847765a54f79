import { ActorSources } from '@opora/platform/auth';
import type { Ctx } from '@opora/platform/context';
import { Db, newId } from '@opora/platform/db';
import { raise } from '@opora/platform/errors';
import { Every } from '@opora/platform/events';
import { Injectable } from '@nestjs/common';
import type { Subject, SubjectKind } from './credential.entity';
import { AuthError } from './people.errors';
import { derivedToken, randomToken, sameHash, tokenHash } from './secrets';
import { Session, type SignInMethod } from './session.entity';

const LIFE_DAYS = 30;
/** Parallel tabs and lost answers: for so long the token before the newest still gets the newest. */
const GRACE_SECONDS = 10;

/** The device that asks. */
export type Device = { ip: string; userAgent: string };
export type OpenSession = { session: Session; refreshToken: string };

/** Signed-in devices: a family of refresh tokens each, of which only the newest works. */
@Injectable()
export class Sessions {
  constructor(
    private readonly db: Db,
    private readonly actors: ActorSources,
  ) {}

  async open(ctx: Ctx, { kind, id }: Subject, device: Device, method: SignInMethod): Promise<OpenSession> {
    const refreshToken = randomToken();
    const now = ctx.now();
    const session = this.db.repo(ctx, Session).create({
      id: newId(),
      subjectKind: kind,
      subjectId: id,
      method,
      refreshHash: tokenHash(refreshToken),
      previousHash: null,
      rotationKey: randomToken(),
      rotatedAt: now,
      userAgent: device.userAgent.slice(0, 300),
      ip: device.ip,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: lifeFrom(now),
      revokedAt: null,
    });
    await this.db.repo(ctx, Session).insert(session);
    return { session, refreshToken: `${session.id}.${refreshToken}` };
  }

  /** Exchanges a refresh token for the next one. A token used twice ends the whole family: one of the two was a thief. */
  async rotate(ctx: Ctx, kind: SubjectKind, token: string | undefined, device: Device): Promise<OpenSession> {
    const [id, secret] = partsOf(token) ?? raise(AuthError.sessionExpired());
    // In a transaction of its own: the end of a stolen family must outlive the refused request.
    const outcome = await this.db.tx(
      { ...ctx, tx: undefined },
      async (ctx): Promise<OpenSession | 'expired' | 'revoked'> => {
        const session = await this.db
          .repo(ctx, Session)
          .findOne({ where: { id, subjectKind: kind }, lock: { mode: 'pessimistic_write' } });
        const now = ctx.now();
        if (!session || session.expiresAt <= now) return 'expired';
        if (session.revokedAt) return 'revoked';
        const next = derivedToken(session.rotationKey, secret);
        const hash = tokenHash(secret);
        const seen = { lastUsedAt: now, ip: device.ip, userAgent: device.userAgent.slice(0, 300) };
        if (sameHash(hash, session.refreshHash)) {
          Object.assign(session, seen, {
            refreshHash: tokenHash(next),
            previousHash: hash,
            rotatedAt: now,
            expiresAt: lifeFrom(now),
          });
        } else if (
          session.previousHash &&
          sameHash(hash, session.previousHash) &&
          now.getTime() - session.rotatedAt.getTime() <= GRACE_SECONDS * 1000
        ) {
          Object.assign(session, seen);
        } else {
          await this.end(ctx, { kind, id: session.subjectId }, 'id = $4', [id]);
          return 'revoked';
        }
        await this.db.repo(ctx, Session).save(session);
        return { session, refreshToken: `${id}.${next}` };
      },
    );
    if (outcome === 'expired') throw AuthError.sessionExpired();
    if (outcome === 'revoked') throw AuthError.sessionRevoked();
    return outcome;
  }

  /** Devices on which the subject is signed in, newest first. */
  list(ctx: Ctx, { kind, id }: Subject): Promise<Session[]> {
    return this.db.query<Session>(
      ctx,
      `SELECT * FROM session WHERE "subjectKind" = $1 AND "subjectId" = $2 AND "revokedAt" IS NULL AND "expiresAt" > $3
       ORDER BY "lastUsedAt" DESC LIMIT 200`,
      [kind, id, ctx.now()],
    );
  }

  find(ctx: Ctx, id: string): Promise<Session | null> {
    return this.db.repo(ctx, Session).findOneBy({ id });
  }

  /** True while the session is neither revoked nor expired. */
  async isAlive(ctx: Ctx, { kind, id }: Subject, sessionId: string): Promise<boolean> {
    const rows = await this.db.query(
      ctx,
      'SELECT 1 FROM session WHERE id = $1 AND "subjectKind" = $2 AND "subjectId" = $3 AND "revokedAt" IS NULL AND "expiresAt" > $4',
      [sessionId, kind, id, ctx.now()],
    );
    return rows.length > 0;
  }

  /** Ends one session of the subject. */
  async revoke(ctx: Ctx, subject: Subject, sessionId: string): Promise<void> {
    const ended = await this.end(ctx, subject, 'id = $4', [sessionId]);
    if (!ended) throw AuthError.sessionNotFound();
  }

  /** Ends every session of the subject, or all but the one at hand. */
  async revokeAll(ctx: Ctx, subject: Subject, exceptId?: string): Promise<void> {
    await this.end(ctx, subject, 'id IS DISTINCT FROM $4', [exceptId ?? null]);
  }

  /** Ends the family a refresh token belongs to; an unknown token changes nothing. */
  async revokeByToken(ctx: Ctx, kind: SubjectKind, token: string | undefined): Promise<void> {
    const parts = partsOf(token);
    const session = parts && (await this.find(ctx, parts[0]));
    if (!session || session.subjectKind !== kind) return;
    const hash = tokenHash(parts[1]);
    if (!sameHash(hash, session.refreshHash) && hash !== session.previousHash) return;
    await this.end(ctx, { kind, id: session.subjectId }, 'id = $4', [session.id]);
  }

  @Every(3600)
  async purge(ctx: Ctx): Promise<void> {
    await this.db.query(ctx, `DELETE FROM session WHERE "expiresAt" < $1::timestamptz - interval '30 days'`, [
      ctx.now(),
    ]);
  }

  private async end(ctx: Ctx, { kind, id }: Subject, condition: string, parameters: unknown[]): Promise<number> {
    const ended = await this.db.query(
      ctx,
      `UPDATE session SET "revokedAt" = $3 WHERE "subjectKind" = $1 AND "subjectId" = $2 AND "revokedAt" IS NULL AND ${condition} RETURNING id`,
      [kind, id, ctx.now(), ...parameters],
    );
    const forget = () => this.actors.forget(kind, id);
    if (ctx.tx) ctx.tx.afterCommit.push(forget);
    else forget();
    return ended.length;
  }
}

const lifeFrom = (now: Date): Date => new Date(now.getTime() + LIFE_DAYS * 86_400_000);

const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

function partsOf(token: string | undefined): [id: string, secret: string] | undefined {
  const found = token ? TOKEN.exec(token) : null;
  return found ? [found[1]!, found[2]!] : undefined;
}
