import { Global, Module } from '@nestjs/common';
import { LiveController } from './live.controller';
import { Live } from './live.service';
import { LiveStreams } from './live-streams';

@Global()
@Module({ controllers: [LiveController], providers: [Live, LiveStreams], exports: [Live, LiveStreams] })
export class LiveModule {}
