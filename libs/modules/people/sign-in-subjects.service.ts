import { ActorSources } from '@opora/platform/auth';
import { type Actor, type Ctx, type Locale, systemContext } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { Subject, SubjectKind } from './credential.entity';

/** Somebody who may sign in now. */
export type SignInSubject = { id: string; name: string; email: string; locale: Locale };

/** What the module that owns a kind of people tells about them. Each answers null for the unknown and for those who may not sign in. */
export type SubjectSource = {
  find(ctx: Ctx, id: string): Promise<SignInSubject | null>;
  findByEmail(ctx: Ctx, email: string): Promise<SignInSubject | null>;
  /** The actor with all his rights; `mustChangePassword` is filled in here. */
  loadActor(ctx: Ctx, id: string): Promise<Actor | null>;
};

/** The port through which employees (here) and contacts (in clients) become people who can sign in. */
@Injectable()
export class SignInSubjects {
  private readonly sources = new Map<SubjectKind, SubjectSource>();

  constructor(
    private readonly db: Db,
    private readonly actors: ActorSources,
  ) {}

  /** Also teaches the guard to load the actor of a session, as long as the session is alive. */
  register(kind: SubjectKind, source: SubjectSource): void {
    this.sources.set(kind, source);
    this.actors.register(kind, (id, sessionId) => this.actorOfSession({ kind, id }, sessionId));
  }

  find(ctx: Ctx, { kind, id }: Subject): Promise<SignInSubject | null> {
    return this.sources.get(kind)?.find(ctx, id) ?? Promise.resolve(null);
  }

  findByEmail(ctx: Ctx, kind: SubjectKind, email: string): Promise<SignInSubject | null> {
    return this.sources.get(kind)?.findByEmail(ctx, email.trim().toLowerCase()) ?? Promise.resolve(null);
  }

  /** The subject as an actor, without a session: for API keys. */
  async loadActor(ctx: Ctx, { kind, id }: Subject): Promise<Actor | null> {
    return (await this.sources.get(kind)?.loadActor(ctx, id)) ?? null;
  }

  private async actorOfSession(subject: Subject, sessionId: string): Promise<Actor | null> {
    // The token is signed, its ids are ours; anything else is nobody.
    if (!isUUID(subject.id) || !isUUID(sessionId)) return null;
    const ctx = systemContext('sign-in');
    const [session] = await this.db.query<{ mustChange: boolean }>(
      ctx,
      `SELECT coalesce(c."mustChange", false) AS "mustChange"
       FROM session s LEFT JOIN credential c ON c."subjectKind" = s."subjectKind" AND c."subjectId" = s."subjectId"
       WHERE s.id = $1 AND s."subjectKind" = $2 AND s."subjectId" = $3 AND s."revokedAt" IS NULL AND s."expiresAt" > $4`,
      [sessionId, subject.kind, subject.id, ctx.now()],
    );
    const actor = session ? await this.loadActor(ctx, subject) : null;
    if (!actor || !session) return null;
    return actor.kind === 'employee' || actor.kind === 'contact'
      ? { ...actor, sessionId, mustChangePassword: session.mustChange }
      : actor;
  }
}
