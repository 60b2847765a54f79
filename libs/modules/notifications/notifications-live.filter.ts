import { LiveStreams } from '@opora/platform/live';
import { Injectable, type OnModuleInit } from '@nestjs/common';

const PREFIX = 'notifications:';

/** A person hears only of his own notifications. */
@Injectable()
export class NotificationsLiveFilter implements OnModuleInit {
  constructor(private readonly streams: LiveStreams) {}

  onModuleInit(): void {
    this.streams.filter({
      prefix: PREFIX,
      allows: async (actor, topics) => topics.filter((topic) => topic === `${PREFIX}${actor.id}`),
    });
  }
}
