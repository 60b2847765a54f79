import { createHash, randomBytes } from 'node:crypto';
import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { Settings } from '@opora/platform/settings';
import { Injectable } from '@nestjs/common';
import { FeedbackError } from './feedback.errors';
import { RatingLink, type Score, SCORES } from './rating.entity';
import { FIRST_RATING_DAYS } from './rating-rules';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The three smiles of a mail. A link only opens a page; the mark is stored by the button there, so a scanner that opens links votes for nothing. */
@Injectable()
export class FeedbackLinks {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
  ) {}

  /** A new link for a ticket and a contact, as an address per score. The token is 256 bits, kept only as a hash, and lives thirty days. */
  async urlsFor(ctx: Ctx, ticketId: string, contactId: string): Promise<Record<Score, string>> {
    const token = randomBytes(32).toString('base64url');
    const createdAt = ctx.now();
    const expiresAt = new Date(createdAt.getTime() + FIRST_RATING_DAYS * 86_400_000);
    await this.db.repo(ctx, RatingLink).insert({ tokenHash: hashOf(token), ticketId, contactId, createdAt, expiresAt });
    const url = (score: Score): string => `${this.settings.publicUrl}/portal/rate#t=${token}&s=${score}`;
    return Object.fromEntries(SCORES.map((score) => [score, url(score)])) as Record<Score, string>;
  }

  /** Whom and what the token stands for; 404 for an unknown or expired one. */
  async redeem(ctx: Ctx, token: string): Promise<{ ticketId: string; contactId: string }> {
    const link = await this.db.repo(ctx, RatingLink).findOneBy({ tokenHash: hashOf(token) });
    if (!link || link.expiresAt < ctx.now()) throw FeedbackError.linkUnknown();
    return link;
  }
}
