export { ActorSources } from './actor-sources';
export { AuthModule } from './auth.module';
export { Installation } from './installation.entity';
export { RateLimits } from './rate-limits';
export { Secrets } from './secrets';
export { ACCESS_SECONDS, type AccessClaims, type SubjectKind, Tokens } from './tokens';
