import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AccessGuard } from './access.guard';
import { ActorSources } from './actor-sources';
import { JwtStrategy } from './jwt.strategy';
import { RateLimits } from './rate-limits';
import { Secrets } from './secrets';
import { Tokens } from './tokens';

@Global()
@Module({
  imports: [JwtModule.register({})],
  providers: [Secrets, Tokens, JwtStrategy, ActorSources, RateLimits, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [Secrets, Tokens, ActorSources, RateLimits],
})
export class AuthModule {}
