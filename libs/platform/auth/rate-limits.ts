import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import Redis from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { redisOptions } from '../live/redis';
import { Settings } from '../settings';

const WINDOW_SECONDS = 60;

/** Requests a minute for one person or key; shared between processes when Redis is there, kept in memory when it is not. */
@Injectable()
export class RateLimits implements OnModuleDestroy {
  private readonly limiter: RateLimiterMemory | RateLimiterRedis;
  private readonly redis?: Redis;

  constructor(private readonly settings: Settings) {
    const options = { points: settings.OPORA_RATE_LIMIT, duration: WINDOW_SECONDS };
    const memory = new RateLimiterMemory(options);
    if (!settings.REDIS_URL) {
      this.limiter = memory;
      return;
    }
    this.redis = new Redis({ ...redisOptions(settings.REDIS_URL), enableOfflineQueue: false, lazyConnect: false });
    this.redis.on('error', () => undefined);
    this.limiter = new RateLimiterRedis({
      ...options,
      storeClient: this.redis,
      insuranceLimiter: memory,
      keyPrefix: 'opora:rate',
    });
  }

  async take(who: string): Promise<{ limit: number; remaining: number; resetSeconds: number; isOver: boolean }> {
    const limit = this.settings.OPORA_RATE_LIMIT;
    try {
      const left = await this.limiter.consume(who);
      return {
        limit,
        remaining: left.remainingPoints,
        resetSeconds: Math.ceil(left.msBeforeNext / 1000),
        isOver: false,
      };
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return { limit, remaining: 0, resetSeconds: Math.ceil(refused.msBeforeNext / 1000), isOver: true };
    }
  }

  onModuleDestroy(): void {
    this.redis?.disconnect();
  }
}
