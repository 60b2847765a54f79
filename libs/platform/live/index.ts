export { Live, type LiveMessage } from './live.service';
export { type LiveFilter, LiveStreams } from './live-streams';
export { LiveModule } from './live.module';
export { redisOptions } from './redis';
